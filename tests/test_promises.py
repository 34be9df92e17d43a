"""Every promise names a proof, and every proof that is named exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROMISES = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|bench|pyproject)[\w/.]*(?:::\w+)?)`", PROMISES)))


@pytest.mark.parametrize("proof", NAMED)
def test_a_proof_exists(proof: str) -> None:
    """The file is there, and so is the test in it."""
    path, _, name = proof.partition("::")
    assert (ROOT / path).exists()
    if name:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_a_proof() -> None:
    """No line without one."""
    lines = [line for line in PROMISES.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert lines and all(line.count("`") >= 2 for line in lines)
