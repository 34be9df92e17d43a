"""The documents: links lead to files that exist, and every decision is in the index."""

import re
from pathlib import Path

import pytest

from tests.support import house

PAGES = sorted([*house.ROOT.glob("*.md"), *(house.ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(house.ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Each relative link of a document points to a file or folder of the repository."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    dead = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link) and not (page.parent / link.split("#")[0]).exists()]
    assert not dead


def test_every_decision_is_in_the_index() -> None:
    """The index names each record once, and no record that is not there; numbers are unique."""
    folder = house.ROOT / "docs" / "decisions"
    records = {path.name for path in folder.glob("*.md")} - {"0000-template-and-index.md"}
    listed = LINK.findall((folder / "0000-template-and-index.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(records)
    assert len({name[:4] for name in records}) == len(records)
