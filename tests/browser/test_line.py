"""The whole line in a real browser: a stranger with the printed link holds a workshop, and finds its records in Git."""

import json
import re
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser as driver
from tests.support.acts import Heard, card, dot, fetched, go_on, group, press, reveal, write
from tests.support.served import Served, serve
from tests.support.stage import LAPTOP, PHONE, SMALL, TALL, Devices, alive, printed_link, raised

TITLE = "Mornings at school"
SECRET = "Breakfast for everybody before the first lesson"
IDEAS = ("A bus that waits for the last pupil", "Start the first lesson at nine", "A quiet room with soft light")


@dataclass
class Hall:
    """A room in the making: the stranger's laptop, the projector, the phones, and where the pictures go."""

    served: Served
    open_page: Callable[..., Page]
    folder: Path
    laptop: Page
    code: str = ""
    slug: str = ""
    projector: Page | None = None
    phones: list[Page] = field(default_factory=list)
    taken: int = 0

    def picture(self, name: str, *pages: Page) -> None:
        """Photograph pages of one moment; the number says the order."""
        self.taken += 1
        for place, page in enumerate(pages):
            page.screenshot(path=self.folder / f"{self.taken:02}-{name}{f'-{place + 1}' if len(pages) > 1 else ''}.png")

    @property
    def console(self) -> Page:
        """The laptop, once it is the console."""
        return self.laptop

    @property
    def screens(self) -> list[Page]:
        """Everything that is seen in the room."""
        return [*self.phones, self.laptop, *([self.projector] if self.projector else [])]


@pytest.fixture
def hall(outlasting: ExitStack, tmp_path: Path, open_page: Callable[..., Page]) -> Hall:
    """A server as a stranger starts it, the stranger's laptop, and nothing else yet."""
    served = outlasting.enter_context(serve(tmp_path))
    folder = driver.SHOTS / "line"
    folder.mkdir(parents=True, exist_ok=True)
    return Hall(served, open_page, folder, open_page(None, *LAPTOP))


def test_a_stranger_holds_a_workshop(hall: Hall) -> None:
    """From the printed link to the records in the repository, every screen following."""
    prepare(hall)
    meet(hall)
    write_in_private(hall)
    show_together(hall)
    sort(hall)
    vote(hall)
    count(hall)
    form_teams(hall)
    decide(hall)
    find_the_records(hall)


def prepare(hall: Hall) -> None:
    """Sign in by the link, make an event from a template, open the doors, go to the console and open the projector."""
    page = hall.laptop
    link = printed_link(hall.served)
    page.goto(link)
    hall.picture("sign-in", page)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{hall.served.url}/studio")
    hall.picture("studio", page)
    page.locator(".template", has_text="Ideas and vote").get_by_role("radio").check()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    hall.slug = page.url.split("/")[-2]
    hall.picture("agenda", page)
    page.get_by_role("button", name="Open the doors").click()
    hall.code = re.sub(r"\D", "", page.locator(".join-code .num").inner_text())
    assert len(hall.code) == 6
    page.goto(f"{hall.served.url}/run/{hall.slug}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open projector").click()
    hall.projector = opened.value
    hall.projector.set_viewport_size({"width": 1920, "height": 1080})
    expect(hall.projector.locator(".s-code")).to_have_text(f"{hall.code[:3]} {hall.code[3:]}")
    page.goto(link)
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)  # the link is used up
    page.goto(f"{hall.served.url}/run/{hall.slug}")


def meet(hall: Hall) -> None:
    """Three phones join with the code and without an account; two of them have the same name."""
    for name, size in (("Ada", TALL), ("Ada", SMALL), ("", TALL)):
        page = hall.open_page(f"{hall.served.url}/j/", *size, **PHONE)
        page.get_by_label("Session code").fill(f"{hall.code[:3]} {hall.code[3:]}")
        expect(page.locator("#found")).to_contain_text(TITLE)
        page.get_by_label("Your first name").fill(name)
        if not hall.phones:
            hall.picture("join", page)
        page.get_by_role("button", name="Join", exact=True).click()
        hall.phones.append(alive(page))
    expect(hall.projector.locator(".s-here")).to_contain_text("3 people are here")
    expect(hall.console.locator(".people, #people").first).to_contain_text("3 people")
    hall.picture("lobby", *hall.screens)


def write_in_private(hall: Hall) -> None:
    """What one writes reaches no other phone and not the projector: not their pages, not their sockets, not their requests."""
    first, second, _ = hall.phones
    others = [Heard(second), Heard(hall.projector)]
    for one in others:
        one.page.reload()
    press(hall.console, re.compile("Start Ideas"))
    write(first, SECRET)
    for phone, text in zip(hall.phones, IDEAS, strict=True):
        write(phone, text)
    expect(hall.projector.locator(".s-count")).to_have_text("3 of 3 wrote")
    for one in others:
        told = one.everything() + fetched(one.page, f"/api/events/{hall.slug}/state", **{"X-As": "screen" if one.page is hall.projector else "member"})
        assert "Ideas" in told
        assert SECRET not in told
    own = Heard(first)
    own.page.reload()
    alive(own.page)
    assert SECRET in own.everything()  # the ear is not deaf
    expect(hall.console.locator(".c-card", has_text=SECRET)).to_be_visible()
    hall.picture("writing", *hall.screens)


def show_together(hall: Hall) -> None:
    """The reveal brings every idea to every screen at once."""
    reveal(hall.console)
    for text in (SECRET, *IDEAS):
        for page in [*hall.phones, hall.projector]:
            expect(page.get_by_text(text).first).to_be_visible()
    hall.picture("revealed", *hall.screens)


def sort(hall: Hall) -> None:
    """Two cards become a group on the console; phones and projector show it."""
    go_on(hall.console, "Group")
    group(hall.console, "A calm start", IDEAS[1], IDEAS[2])
    for page in [*hall.phones, hall.projector]:
        expect(page.get_by_role("heading", name="A calm start")).to_be_visible()
    hall.picture("sorting", *hall.screens)


def vote(hall: Hall) -> None:
    """Dots on the phones while the console and the projector count people, not votes."""
    first, second, third = hall.phones
    go_on(hall.console, "Vote")
    dot(first, SECRET, 3)
    expect(card(first, SECRET).get_by_role("button", name="Add a dot")).to_have_attribute("aria-disabled", "true")
    dot(first, "A calm start", 2)
    expect(first.locator(".tray")).to_contain_text("0 dots left")
    dot(second, "A calm start", 3)
    dot(second, SECRET, 2)
    expect(hall.projector.locator(".s-count")).to_have_text("2 of 3 in")
    hall.picture("voting", *hall.screens)
    dot(third, IDEAS[0], 1)
    third.get_by_role("button", name="Done").click()
    expect(hall.projector.locator(".s-count")).to_have_text("3 of 3 in")
    expect(hall.projector.locator(".bar-row")).to_have_count(0)


def count(hall: Hall) -> None:
    """Close and reveal: a tie at the top is shown as a tie, on every screen in the same order."""
    reveal(hall.console)
    for page in [*hall.phones, hall.projector]:
        expect(page.get_by_text(re.compile(r"^Tie: \d+ and \d+\."))).to_be_visible()
        expect(page.locator(".bar-row.lead")).to_have_count(2)
    expect(hall.phones[0].get_by_text("you gave 3")).to_be_visible()
    orders = [[row.inner_text() for row in page.locator(".bar-row .txt").all()] for page in [*hall.phones, hall.projector]]
    assert orders[0] and all(order == orders[0] for order in orders), orders
    hall.picture("result", *hall.screens)


def form_teams(hall: Hall) -> None:
    """The top results become challenges; two phones want the last seat of a team, and one of them gets it."""
    first, second, third = hall.phones
    hall.console.get_by_role("button", name=re.compile("Make challenges from the top")).click()
    expect(hall.console.locator(".adopt")).to_contain_text("They are challenges now")
    small_teams(hall)
    go_on(hall.console, "Teams")
    first.locator(".phone-col", has_text="A calm start").get_by_role("button", name="Start a team").click()
    first.get_by_label("Name of the team").fill("Early birds")
    first.get_by_role("dialog").get_by_role("button", name="Start a team").click()
    expect(first.locator(".mine-team")).to_contain_text("Early birds")
    for page in [second, third, hall.projector]:
        expect(page.get_by_text("Early birds").first).to_be_visible()
    second.context.set_offline(True)
    second.get_by_role("button", name="Join Early birds").click()
    third.get_by_role("button", name="Join Early birds").click()
    expect(third.locator(".mine-team")).to_contain_text("Early birds")
    second.context.set_offline(False)
    expect(second.get_by_role("alert").filter(has_text="Two people took the last seat")).to_be_visible(timeout=20_000)
    expect(second.locator(".mine-team")).to_have_count(0)
    expect(second.locator(".team-note", has_text="Early birds")).to_contain_text("full")
    expect(second.get_by_role("button", name="Join Early birds")).to_have_count(0)
    expect(hall.console.get_by_role("article", name="Early birds")).to_contain_text("2 of 2")
    hall.picture("teams", *hall.screens)


def small_teams(hall: Hall) -> None:
    """Let teams have one or two people, in the studio's settings."""
    page = hall.laptop
    page.goto(f"{hall.served.url}/studio/{hall.slug}/settings")
    teams = page.locator("section", has=page.get_by_role("heading", name="Teams"))
    for label, number in (("at least", 1), ("at most", 2)):
        teams.get_by_label(label).fill(str(number))
    teams.get_by_role("button", name="Save").click()
    page.goto(f"{hall.served.url}/run/{hall.slug}")


def decide(hall: Hall) -> None:
    """The results page says what was decided and how; the export makes records and sends them."""
    page = hall.laptop
    press(hall.console, "Close this step")
    page.goto(f"{hall.served.url}/studio/{hall.slug}/results")
    expect(page.locator("main")).to_contain_text("A calm start")
    expect(page.locator("main")).to_contain_text("3 of 3")
    hall.picture("results", page)
    page.goto(f"{hall.served.url}/studio/{hall.slug}/export")
    hall.picture("export", page)
    page.get_by_role("button", name="Draft records").click()
    expect(page.locator(".doc").get_by_role("heading", name="Breakfast")).to_be_visible()
    hall.picture("export-draft", page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".receipts li")).to_have_count(3, timeout=30_000)
    hall.picture("export-sent", page)


def git(folder: Path, *words: str) -> str:
    """What the git binary says of a repository."""
    return subprocess.run(["git", "--git-dir", str(folder), *words], check=True, capture_output=True, text=True).stdout


def find_the_records(hall: Hall) -> None:
    """Git itself finds the records: what was decided, without the names of those who decided."""
    folder = hall.served.folder / "practices.git"
    assert git(folder, "fsck") == ""
    files = git(folder, "ls-tree", "-r", "--name-only", "HEAD").split()
    records = [name for name in files if name.endswith("practice.json")]
    assert len(records) == 3, files
    told = {json.loads(git(folder, "show", f"HEAD:{name}"))["title"]["en"] for name in records}
    assert told == {SECRET, "A calm start", IDEAS[0]}
    text = "".join(git(folder, "show", f"HEAD:{name}") for name in files)
    assert not re.search(r"\bAda\b", text)
    first = git(folder, "rev-parse", "HEAD")
    hall.laptop.get_by_role("button", name="Send").click()
    expect(hall.laptop.locator(".receipts li")).to_have_count(3, timeout=30_000)
    assert git(folder, "rev-parse", "HEAD") == first  # sending twice changes nothing


@pytest.mark.parametrize(("mode", "query"), [("threading", ""), ("eventlet", "?transport=polling")])
def test_the_line_holds_in_every_mode(
    chromium: Browser, outlasting: ExitStack, tmp_path: Path, open_page: Callable[..., Page], mode: str, query: str
) -> None:
    """Write, reveal, vote, close and reveal: the same in both async modes, and where a network lets no websocket through."""
    stage = outlasting.enter_context(raised(chromium, tmp_path, async_mode=mode))
    devices = Devices(open_page, query)
    workshop = stage.workshop()
    console, projector = devices.console(workshop), devices.projector(workshop)
    first, second = devices.phone(workshop, "Ada"), devices.phone(workshop, "Ada")
    sockets: list[str] = []
    first.on("websocket", lambda socket: sockets.append(socket.url))
    first.reload()
    press(console, re.compile("Start Ideas"))
    write(alive(first), SECRET)
    write(second, IDEAS[0])
    expect(second.get_by_text(SECRET)).to_have_count(0)
    reveal(console)
    expect(second.get_by_text(SECRET)).to_be_visible()
    expect(projector.get_by_text(SECRET)).to_be_visible()
    workshop.start("vote")
    dot(first, SECRET, 3)
    dot(second, SECRET, 1)
    expect(projector.locator(".s-count")).to_have_text("2 of 2 in")
    reveal(console)
    for page in (first, second, projector):
        expect(page.locator(".bar-row.lead")).to_contain_text("4")
    assert bool(sockets) is not bool(query)
