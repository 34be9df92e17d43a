"""Where the templates, static files and migrations lie, in a checkout and in an installed wheel."""

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds templates/, static/ and migrations/.

    In a wheel they lie inside the package (facilitate/_assets); in a checkout, and so in an editable install too, at
    the top of the tree.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "_assets"
    return inside if inside.is_dir() else package.parent


def templates() -> Path:
    """The folder of the Jinja templates."""
    return root() / "templates"


def static() -> Path:
    """The folder of style sheets, scripts, fonts and catalogues."""
    return root() / "static"


def migrations() -> Path:
    """The folder of the database migrations (alembic's env.py and versions/)."""
    return root() / "migrations"
