"""Writes the pages of docs/ that come from the registry: commands, permissions, settings, and one page per folder of variants.

`python docs/generate.py` rewrites them; a test compares them with what it would write.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

from facilitate.app import register
from facilitate.config import SETTINGS
from facilitate.core import registry
from facilitate.core.commands import COMMANDS, MEMBERS, Command
from facilitate.core.fields import Words
from facilitate.events import templates
from facilitate.events.types import TYPES
from facilitate.practices import formats, repositories
from facilitate.voting import methods
from facilitate.voting.words import explained

HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py from the code; change it there. -->\n"
ROLES = ("organiser", "facilitator", "participant", "mentor", "juror", "observer", "account", "system")


AFTER = " Also after the end of the event."


def words_of(known: Command) -> str:
    """The words of a command in a line: name and type, optional ones in brackets."""
    parts = []
    for field in known.form(Words({})):
        schema = field.schema()
        kind = " or ".join(schema["type"]) if isinstance(schema["type"], list) else schema["type"]
        choices = " / ".join(schema["enum"]) if "enum" in schema and len(schema["enum"]) < 8 else kind
        parts.append(f"[{field.name}: {choices}]" if field.optional else f"{field.name}: {choices}")
    return ", ".join(parts) or "none"


def commands() -> str:
    """docs/commands.md."""
    gate = "Sent by socket (`command`), `POST /api/events/<event>/commands/<name>` or a page's form; all pass the same gate."
    end = "When an event has ended every command is refused `ended`, but for those of which it is said here that they are still taken."
    lines = ["# Commands", NOTE, gate, "", end, ""]
    noun = ""
    for name, known in sorted(COMMANDS.items()):
        if name.split(".")[0] != noun:
            noun = name.split(".")[0]
            lines += [f"## {noun}", ""]
        after = AFTER if known.after_end else ""
        lines += [f"### `{name}`", "", known.summary, "", f"Words: {words_of(known)}.", "", f"May: {', '.join(sorted(known.may))}.{after}", ""]
    return "\n".join(lines)


def permissions() -> str:
    """docs/permissions.md."""
    head = "| command | " + " | ".join(ROLES) + " |"
    lines = ["# Permissions", NOTE, "Which role may send which command. A command may refuse more: somebody else's idea, a closed round.", "", head]
    lines.append("|---" * (len(ROLES) + 1) + "|")
    for name, known in sorted(COMMANDS.items()):
        lines.append(f"| `{name}` | " + " | ".join("yes" if role in known.may else "" for role in ROLES) + " |")
    return "\n".join([*lines, "", f"Members are {', '.join(sorted(MEMBERS))}.", ""])


def settings() -> str:
    """docs/settings.md."""
    lines = ["# Settings", NOTE, "| variable | default | what |", "|---|---|---|"]
    for setting in SETTINGS:
        default = "on" if setting.default is True else "off" if setting.default is False else str(setting.default) or "empty"
        lines.append(f"| `{setting.variable}` | {default} | {setting.help} |")
    return "\n".join([*lines, ""])


def variants(title: str, package: ModuleType) -> str:
    """The page of a folder of variants: each one's own docstring."""
    lines = [f"# {title}", NOTE, inspect.getdoc(package) or "", ""]
    for name, module in registry.variants(package).items():
        lines += [f"## {name}", "", (inspect.getdoc(module) or "").strip(), ""]
    return "\n".join(lines)


def counting_methods() -> str:
    """docs/methods.md: each method in plain words, then its docstring."""
    lines = ["# Counting methods", NOTE, inspect.getdoc(methods) or "", ""]
    for name, module in registry.variants(methods).items():
        said = explained("en", name)
        lines += [f"## {name}", "", f"**{said['name']}.** {said['sentence']} Ballots: {module.SHAPE}.", "", f"*When to pick it:* {said['when']}", ""]
        lines += [said["paragraph"], "", (inspect.getdoc(module) or "").strip(), ""]
    return "\n".join(lines)


def activity_types() -> str:
    """docs/activities.md: each type with its settings."""
    lines = ["# Activity types", NOTE]
    for name, kind in sorted(TYPES.items()):
        doc = inspect.getdoc(inspect.getmodule(type(kind))) or ""
        lines += [f"## {name}", "", doc, "", inspect.getdoc(type(kind)) or "", "", "| setting | values | default |", "|---|---|---|"]
        for field in kind.settings(Words({})):
            schema = field.schema()
            values = " / ".join(schema["enum"]) if "enum" in schema else str(schema["type"])
            lines.append(f"| `{field.name}` | {values} | {field.default!r} |")
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Every generated page: file name → text."""
    register()
    made = {
        "commands.md": commands(),
        "permissions.md": permissions(),
        "settings.md": settings(),
        "activities.md": activity_types(),
        "methods.md": counting_methods(),
        "templates.md": variants("Templates of events", templates),
        "formats.md": variants("Formats of practice records", formats),
        "repositories.md": variants("Practice repositories", repositories),
    }
    return {name: text.rstrip() + "\n" for name, text in made.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
