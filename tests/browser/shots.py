"""`make shots`: photographs every screen in every state at the sizes and in the colours that people have, as contact sheets."""

import html
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser import scenes, scenes_pages
from tests.support import chromium as installed
from tests.support.browser import SHOTS
from tests.support.stage import Devices, Stage, Workshop, raised

SIZES = {
    "phone": ((390, 844), (360, 640)),
    "page": ((390, 844), (360, 640)),
    "console": ((1440, 900), (1280, 720)),
    "studio": ((1440, 900), (1280, 720)),
    "projector": ((1920, 1080), (1280, 720), (1024, 768)),
}
"""The families of pictures, and the windows in which each of them is photographed."""
LOOKS = ("light", "dark")
SETTLE = 250
"""Milliseconds for fonts and for what moves."""
SHEET = """<!doctype html><meta charset="utf-8"><title>{title}</title><style>
body {{ margin: 0; padding: 24px; background: #e8eae4; color: #131e38; font: 15px sans-serif }}
main {{ display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start }}
figure {{ margin: 0 }} img {{ display: block; height: {height}px; border: 1px solid #77818f }} figcaption {{ padding: 4px 0 }}
</style><h1>{title}</h1><main>{figures}</main>"""
HEIGHTS = {"phone": 520, "page": 520, "console": 400, "studio": 400, "projector": 360}
"""How high the pictures of a family stand on their sheets."""


@dataclass
class Camera:
    """Opens devices and photographs them; the name of a picture is `<family>-<width>x<height>-<look>-<state>`."""

    browser: Browser
    folder: Path
    contexts: list[BrowserContext] = field(default_factory=list)
    taken: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def open(self, url: str | None = None, width: int = 390, height: int = 844, quiet: bool = True, **context: Any) -> Page:
        """A page in a context of its own, as the fixture open_page gives it; `quiet` is for that one."""
        self.contexts.append(self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **context))
        page = self.contexts[-1].new_page()
        page.on("pageerror", lambda error: print(f"! {page.url}: {error}"))
        if url:
            page.goto(url)
        return page

    def shoot(self, page: Page, family: str, state: str, workshop: Workshop | None = None) -> None:
        """Photograph a page in every window and look of its family; a projector's look is a setting of its workshop."""
        for look in LOOKS:
            page.emulate_media(color_scheme=look, reduced_motion="reduce")
            if family == "projector" and workshop is not None:
                workshop.act("events.screen", theme=look)
                page.locator(f".screen[data-theme={look}]").wait_for()
            for width, height in SIZES[family]:
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate("document.fonts.ready")
                page.wait_for_timeout(SETTLE)
                name = f"{family}-{width}x{height}-{look}-{state}"
                page.screenshot(path=self.folder / f"{name}.png")
                self.taken.setdefault((family, look), []).append(name)
        print(f"{family}: {state}", flush=True)

    def leave(self) -> None:
        """Close all devices, so that the next scene begins with an empty room."""
        while self.contexts:
            self.contexts.pop().close()


def sheets(camera: Camera) -> None:
    """One sheet per family and look, as a page and as a picture."""
    for (family, look), names in camera.taken.items():
        figures = "".join(f'<figure><img src="{name}.png" alt=""><figcaption>{html.escape(name)}</figcaption></figure>' for name in names)
        sheet = camera.folder / f"sheet-{family}-{look}.html"
        title = f"{family}, {look}: {len(names)} pictures"
        sheet.write_text(SHEET.format(title=title, height=HEIGHTS[family], figures=figures), encoding="utf-8")
        page = camera.open(sheet.as_uri(), 2400, 900)
        page.screenshot(path=sheet.with_suffix(".png"), full_page=True)
        camera.leave()


@contextmanager
def studio() -> Iterator[tuple[Camera, Stage]]:
    """A browser, a server with an organiser in a folder of its own, and a folder for the pictures without earlier ones."""
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
    known = scenes.SCENES | scenes_pages.SCENES
    if unknown := set(wanted) - set(known):
        sys.exit(f"There is no scene {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    with studio() as (camera, stage):
        failed = [name for name in wanted or known if not played(known[name], camera, stage)]
        sheets(camera)
    print(f"{sum(len(names) for names in camera.taken.values())} pictures and their sheets are in {SHOTS}")
    if failed:
        sys.exit(f"These scenes broke off: {', '.join(failed)}.")


def played(scene: scenes.Scene, camera: Camera, stage: Stage) -> bool:
    """Play a scene; what breaks it off is printed, and the next one goes on."""
    try:
        scene(camera, stage, Devices(camera.open))
    except (Error, AssertionError) as broken:
        print(f"! {scene.__name__}: {broken}")
        return False
    finally:
        camera.leave()
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
