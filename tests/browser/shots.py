"""`make shots`: photographs every screen in every state into build/shots, and lays them out as contact sheets."""

import html
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import scenes
from tests.support import chromium as installed
from tests.support.browser import SHOTS
from tests.support.stage import Devices, Stage, raised

SETTLE = 700
"""Milliseconds for fonts, the first frames and movements before a picture is taken."""
SHEET = """<!doctype html><meta charset="utf-8"><title>{title}</title><style>
body {{ margin: 0; padding: 24px; background: #e8eae4; color: #131e38; font: 15px sans-serif }}
main {{ display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start }}
figure {{ margin: 0; width: {width}px }} img {{ width: 100%; border: 1px solid #77818f }} figcaption {{ padding: 4px 0 }}
</style><h1>{title}</h1><main>{figures}</main>"""
WIDTHS = {"phone": 240, "page": 320, "console": 560, "projector": 560, "studio": 480}
"""The families of pictures: how wide each picture of them is on its sheet."""


@dataclass
class Camera:
    """Opens devices and photographs them; the name of a picture begins with its family."""

    browser: Browser
    folder: Path
    contexts: list[BrowserContext] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def open(self, url: str | None = None, width: int = 390, height: int = 844, quiet: bool = True, **context: Any) -> Page:
        """A page in a context of its own, as the fixture open_page gives it; `quiet` is for that one."""
        self.contexts.append(self.browser.new_context(viewport={"width": width, "height": height}, **context))
        page = self.contexts[-1].new_page()
        page.on("pageerror", lambda error: print(f"! {page.url}: {error}"))
        if url:
            page.goto(url)
        return page

    def shoot(self, page: Page, name: str) -> None:
        """Photograph what a page shows now as `<family>-<what>.png`."""
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=self.folder / f"{name}.png")
        self.taken.append(name)
        print(name, flush=True)

    def leave(self) -> None:
        """Close all devices, so that the next scene begins with an empty room."""
        while self.contexts:
            self.contexts.pop().close()


def sheets(camera: Camera) -> None:
    """One sheet per family, as a page and as a picture."""
    for family, width in WIDTHS.items():
        names = [name for name in camera.taken if name.split("-")[0] == family]
        figures = "".join(f'<figure><img src="{name}.png" alt=""><figcaption>{html.escape(name)}</figcaption></figure>' for name in names)
        sheet = camera.folder / f"sheet-{family}.html"
        sheet.write_text(SHEET.format(title=f"{family}: {len(names)} pictures", width=width, figures=figures), encoding="utf-8")
        page = camera.open(sheet.as_uri(), 1800, 900)
        page.screenshot(path=sheet.with_suffix(".png"), full_page=True)
        camera.leave()


@contextmanager
def studio() -> Iterator[tuple[Camera, Stage]]:
    """A browser, a server with an organiser in a folder of its own, and an empty folder for the pictures."""
    executable = installed.path()
    if executable is None:
        sys.exit(installed.MISSING)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for old in [*SHOTS.glob("*.png"), *SHOTS.glob("sheet-*.html")]:
        old.unlink()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=executable, args=list(installed.FLAGS))
        with raised(browser, Path(folder), rate_limits="off") as stage:
            yield Camera(browser, SHOTS), stage
        browser.close()


def main(wanted: list[str]) -> None:
    """Play the scenes whose names are given, or all of them."""
    with studio() as (camera, stage):
        for name, scene in scenes.SCENES.items():
            if not wanted or name in wanted:
                scene(camera, stage, Devices(camera.open))
                camera.leave()
        sheets(camera)
    print(f"{len(camera.taken)} pictures and their sheets are in {SHOTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
