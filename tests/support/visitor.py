"""A browser without scripts: it opens pages of the app, finds their forms, and sends them as a person would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

VOID = ("input", "img", "br", "meta", "link", "hr")


@dataclass
class Form:
    """A form of a page: where it goes, and what it would send if nobody touched it."""

    action: str
    method: str
    id: str = ""
    values: MultiDict[str, str] = field(default_factory=MultiDict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads the forms, the links and the visible text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: tuple[Form, str, bool] | None = None
        self._area: tuple[Form, str, list[str]] | None = None
        self._silent = 0
        self._button: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower(), given.get("id", ""))
            self.forms.append(self._form)
            self.by_id[self._form.id] = self._form
        elif tag in ("script", "style", "template"):
            self._silent += 1
        elif tag == "a":
            self.links.append(given.get("href", ""))
        self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form = self.by_id.get(given["form"]) if "form" in given else self._form
        if form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "button":
            self._button = form
            form.buttons.append("")
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                form.choices.setdefault(name, []).append(given.get("value", "on"))
            if kind not in ("checkbox", "radio") or "checked" in given:
                form.values.add(name, given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select" and name:
            self._select = (form, name, False)
        elif tag == "option" and self._select:
            form, name, chosen = self._select
            form.choices.setdefault(name, []).append(given.get("value", ""))
            if "selected" in given or not chosen and name not in form.values:
                form.values[name] = given.get("value", "")
            self._select = (form, name, chosen or "selected" in given)
        elif tag == "textarea" and name:
            self._area = (form, name, [])

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "button":
            self._button = None
        elif tag == "textarea" and self._area:
            form, name, parts = self._area
            form.values.add(name, "".join(parts))
            self._area = None
        elif tag in ("script", "style", "template"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if self._area:
            self._area[2].append(data)
        elif not self._silent:
            self.words.append(data)
        if self._button and self._button.buttons:
            self._button.buttons[-1] = " ".join(f"{self._button.buttons[-1]} {data}".split())


class Visitor:
    """Somebody with a browser in which scripts do not run."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.response: TestResponse | None = None
        self.reader = Reader()

    def open(self, path: str, **headers: str) -> Visitor:
        """Open an address and follow where it leads."""
        return self._read(self.client.get(path, follow_redirects=True, headers=headers))

    def _read(self, response: TestResponse) -> Visitor:
        self.response, self.reader = response, Reader()
        if response.mimetype == "text/html":
            self.reader.feed(response.text)
        return self

    @property
    def path(self) -> str:
        """Where one is."""
        assert self.response is not None
        return self.response.request.path

    @property
    def status(self) -> int:
        """The status of the page."""
        assert self.response is not None
        return self.response.status_code

    @property
    def text(self) -> str:
        """What one reads."""
        return re.sub(r"\s+", " ", " ".join(self.reader.words))

    def form(self, action: str = "", button: str = "", **values: Any) -> Form:
        """The form that goes to an address ending so, has such a button, and these hidden words."""
        for form in self.reader.forms:
            fits = form.action.endswith(action) and (not button or any(button in one for one in form.buttons))
            if fits and all(form.values.get(name) == str(value) for name, value in values.items()):
                return form
        raise AssertionError(f"no form {action!r} {button!r} {values} among {[(one.action, one.buttons) for one in self.reader.forms]}")

    def has(self, action: str, **values: Any) -> bool:
        """Whether the page has such a form."""
        try:
            return bool(self.form(action, **values))
        except AssertionError:
            return False

    def send(self, form: Form, **values: Any) -> Visitor:
        """Fill a form in and send it; a list ticks several boxes, None leaves a field out; dots in names are written __."""
        filled = MultiDict(form.values)
        for name, value in values.items():
            name = name.replace("__", ".")
            filled.poplist(name)
            if value is not None:
                filled.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
        if form.method == "get":
            return self._read(self.client.get(form.action, query_string=filled, follow_redirects=True))
        response = self.client.post(form.action or self.path, data=filled, follow_redirects=True)
        return self._read(response)
