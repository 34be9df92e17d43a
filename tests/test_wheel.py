"""The wheel holds the package with its templates, static files and migrations, and finds them once installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import house


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    built = subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as an installer lays it out."""
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def kept() -> list[str]:
    """The files of package and assets that the repository keeps."""
    folders = ["facilitate", "templates", "static", "migrations"]
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=house.ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (house.ROOT / name).is_file()]


def test_every_kept_file_is_in_the_wheel(wheel: Path) -> None:
    """Nothing that the server reads stays behind."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in kept() if (name if name.startswith("facilitate/") else f"facilitate/_assets/{name}") not in inside]
    assert not missing


def test_the_licence_is_in_the_wheel(wheel: Path) -> None:
    """Who gets the wheel gets the licence."""
    assert any(name.endswith("licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_an_installed_wheel_finds_its_assets(installed: Path) -> None:
    """The code of the wheel reads the wheel's own files, not those of a checkout."""
    lines = "import sys; sys.path.insert(0, sys.argv[1]); from facilitate.core import paths, strings; print(paths.root(), len(strings.catalogue('en')))"
    run = subprocess.run([sys.executable, "-c", lines, str(installed)], cwd=installed, capture_output=True, text=True, check=True)
    root, count = run.stdout.split()
    assert Path(root) == installed / "facilitate" / "_assets"
    assert int(count) > 0


def test_an_installed_wheel_has_the_command(installed: Path, tmp_path: Path) -> None:
    """`facilitate --help` runs from the wheel alone and lists the commands."""
    lines = "import sys; sys.path.insert(0, sys.argv.pop(1)); from facilitate.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", lines, str(installed), "--help"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "run" in run.stdout and "demo" in run.stdout
