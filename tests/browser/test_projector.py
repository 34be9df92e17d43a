"""The projector against the real server: nothing cut at any size, nothing hidden in its page, legible, and no commands of its own."""

import pytest
from playwright.sync_api import expect

from tests.support.stage import Devices, Stage, Workshop, new_id

SIZES = [(1920, 1080), (1024, 768), (1280, 720), (1280, 800), (1920, 940)]
CROWD = ["Anna", "Ben", "Carla", "Dana", "Eva"]
LONG = "Which of these ideas should we prototype together this afternoon, so that a teacher can try it tomorrow?"
OUTSIDE = """() => [...document.querySelectorAll('.screen :is(h1, h2, h3, img, .num, .say, .chip, .url)')].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || one.closest('.w-card, .b-column') && getComputedStyle(one).webkitLineClamp !== 'none') return false;
  return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
}).map(one => one.outerHTML.slice(0, 120))"""
SMALLEST = """() => {
  const sizes = [];
  const walk = document.createTreeWalker(document.querySelector('.screen'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.trim();
    if (text && box.getClientRects().length && !box.closest('.sr')) sizes.push([parseFloat(getComputedStyle(box).fontSize), text]);
  }
  return sizes.sort((one, other) => one[0] - other[0]);
}"""


def ideas(workshop: Workshop, count: int = 12) -> None:
    """A crowd that wrote ideas."""
    if not workshop.bots:
        workshop.crowd(CROWD)
    workshop.start("collect")
    for number in range(count):
        workshop.says(number % len(CROWD), f"Idea {number + 1}: a lesson that every school can use at once")


def voted(workshop: Workshop, **settings: object) -> str:
    """An open vote with five ballots; its id."""
    ideas(workshop)
    workshop.act("events.edit", activity=workshop.step("vote"), question=LONG, settings=settings)
    vote = workshop.start("vote")
    options = [row["id"] for row in workshop.options]
    for bot in range(5):
        workshop.votes(bot, {options[0]: 3, options[1 + bot % 2]: 2})
    return vote


def lobby(workshop: Workshop) -> None:
    """Nothing has begun."""


def wall(workshop: Workshop) -> None:
    """The wall of revealed cards."""
    ideas(workshop)
    workshop.act("events.reveal", activity=workshop.step("collect"))


def result(workshop: Workshop) -> None:
    """A revealed vote."""
    workshop.act("events.reveal", activity=voted(workshop))


def board(workshop: Workshop) -> None:
    """Challenges with teams."""
    workshop.crowd(CROWD)
    for number in range(4):
        challenge = new_id()
        title = f"Make lesson {number} usable by every pupil"
        workshop.act("challenges.add", challenge=challenge, title=title, theme="accessibility-inclusion", problem=LONG)
        words = {"team": new_id(), "challenge": challenge, "title": f"Team {number}", "need": "a teacher"}
        workshop.stage.served.command(workshop.code, "teams.start", workshop.bots[number], **words)
    workshop.start("present")


SCENES = {"lobby": lobby, "vote": lambda workshop: voted(workshop) and None, "wall": wall, "result": result, "board": board}


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_cut_and_all_is_legible(stage: Stage, devices: Devices, name: str) -> None:
    """At five sizes everything lies inside the window; on the 1920 × 1080 picture no text is under 30 px and titles have 46 at least."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    SCENES[name](workshop)
    page = devices.projector(workshop)
    expect(page.locator(".screen h1")).to_be_visible()
    page.wait_for_timeout(600)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        assert page.evaluate(OUTSIDE) == [], (width, height)
        assert page.evaluate("[document.documentElement.scrollWidth <= innerWidth, document.documentElement.scrollHeight <= innerHeight]") == [True, True]
    sizes = page.evaluate(SMALLEST)
    assert sizes and sizes[0][0] >= 30, sizes[:5]
    titles = [size for size, text in sizes if "lesson" in text.lower()]
    assert min(titles, default=46) >= 46


def test_nothing_hidden_is_in_the_page(stage: Stage, devices: Devices) -> None:
    """Before the reveal the projector has neither cards nor totals, not even in its script; the reveal brings them."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    workshop.says(0, "A secret thought")
    page = devices.projector(workshop)
    expect(page.locator(".s-rail")).to_contain_text("1 of 5 wrote")
    assert "A secret thought" not in page.content()
    workshop.act("events.reveal", activity=workshop.step("collect"))
    expect(page.locator(".w-card")).to_contain_text("A secret thought")


def test_the_reveal_goes_from_last_to_first(stage: Stage, devices: Devices) -> None:
    """Rows appear one after the other, the winner last; until then neither name nor number of the winner is on the screen."""
    workshop = stage.workshop()
    vote = voted(workshop)
    page = devices.projector(workshop)
    expect(page.locator(".s-rail")).to_contain_text("5 of 5 in")
    page.evaluate("""() => { window.seen = []; new MutationObserver(() => {
      const rows = [...document.querySelectorAll('.bar-row .txt')].map(one => one.textContent.trim()).filter(Boolean);
      for (const row of rows) if (!window.seen.includes(row)) window.seen.push(row);
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true}); }""")
    workshop.act("events.reveal", activity=vote)
    expect(page.locator(".bar-row.lead .num")).to_have_text("15", timeout=20_000)
    seen = page.evaluate("window.seen")
    assert len(seen) == 12 and seen[-1].startswith("Idea 1:"), seen


def test_a_key_skips_the_reveal(stage: Stage, devices: Devices) -> None:
    """Any key on the projector ends the playing: the whole result stands there."""
    workshop = stage.workshop()
    vote = voted(workshop)
    page = devices.projector(workshop)
    workshop.act("events.reveal", activity=vote)
    expect(page.locator(".bar-row").first).to_be_visible(timeout=15_000)
    expect(page.locator(".bar-row.lead")).to_have_count(0)
    page.keyboard.press("Space")
    expect(page.locator(".bar-row.lead .num")).to_have_text("15", timeout=500)


def test_less_motion_shows_the_result_at_once(stage: Stage, devices: Devices) -> None:
    """Where the system asks for less motion, nothing plays."""
    workshop = stage.workshop()
    vote = voted(workshop)
    page = devices.projector(workshop, reduced_motion="reduce")
    workshop.act("events.reveal", activity=vote)
    expect(page.locator(".bar-row").first).to_be_visible(timeout=15_000)
    expect(page.locator(".bar-row.lead .num")).to_have_text("15", timeout=300)


def test_pages_spotlight_and_themes(stage: Stage, devices: Devices) -> None:
    """The facilitator turns pages, makes one card large, blanks, and chooses light for daylight."""
    workshop = stage.workshop()
    wall(workshop)
    page = devices.projector(workshop)
    expect(page.locator(".w-card")).to_have_count(12)
    idea = workshop.rows("ideas")[4]
    workshop.act("events.screen", spotlight={"collection": "ideas", "id": idea["id"]})
    expect(page.get_by_role("heading", level=1)).to_have_text(idea["text"])
    workshop.act("events.screen", spotlight=None, blank=True)
    expect(page.locator(".screen")).to_have_text("")
    workshop.act("events.screen", blank=False, theme="light")
    expect(page.locator(".screen")).to_have_css("background-color", "rgb(243, 244, 239)")


def test_a_card_that_is_hidden_goes_within_a_moment(stage: Stage, devices: Devices) -> None:
    """Hidden by the facilitator, a card leaves the wall and the spotlight."""
    workshop = stage.workshop()
    wall(workshop)
    page = devices.projector(workshop)
    idea = workshop.rows("ideas")[0]
    workshop.act("events.screen", spotlight={"collection": "ideas", "id": idea["id"]})
    expect(page.locator(".s-spot")).to_contain_text(idea["text"])
    workshop.act("ideas.hide", idea=idea["id"], reason="")
    expect(page.locator(".s-spot")).to_have_count(0)
    expect(page.locator(".w-card")).to_have_count(11)


def test_staff_keys(stage: Stage, devices: Devices) -> None:
    """In a window that staff opened, B blanks and Q shows the code, for every projector of the event."""
    workshop = stage.workshop()
    page = devices.projector(workshop)
    page.keyboard.press("b")
    expect(page.locator(".s-blank")).to_be_attached()
    assert workshop.rows("events")[0]["screen"]["blank"]
    page.keyboard.press("b")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="Join now")).to_be_visible()


def test_the_room_s_own_machine_sends_nothing(stage: Stage, devices: Devices) -> None:
    """With the projector's cookie alone the keys do nothing: it shows, and has no say."""
    workshop = stage.workshop()
    own = devices.projector(workshop)
    cookies = [cookie for cookie in own.context.cookies() if cookie["name"].startswith("screen_")]
    page = devices.open_page(None, 1280, 720, storage_state={"cookies": cookies, "origins": []})
    page.goto(f"{stage.url}/screen/{workshop.slug}")
    expect(page.locator(".s-bigqr img")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("q")
    page.wait_for_timeout(500)
    assert not workshop.rows("events")[0]["screen"]["blank"]


def test_a_lost_line_keeps_the_picture(stage: Stage, devices: Devices) -> None:
    """After ten seconds a small word at the bottom left, never an error page; back again, it is gone and the picture is right."""
    workshop = stage.workshop()
    workshop.start("collect")
    page = devices.projector(workshop, quiet=False)
    page.context.set_offline(True)
    lost = page.get_by_text("Reconnecting")
    expect(lost).to_be_visible(timeout=40_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What could we do next term")
    box = lost.bounding_box()
    assert box and box["x"] < 300 and box["y"] > 900 and box["y"] + box["height"] <= 1080
    workshop.start("sort")
    page.context.set_offline(False)
    expect(lost).to_have_count(0, timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Which ideas belong together")


def test_the_console_s_picture_is_true(stage: Stage, devices: Devices) -> None:
    """What the console draws small is what the projector draws large: the same words, and nothing that it may not see."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    workshop.says(0, "A secret thought")
    page, projector = devices.console(workshop), devices.projector(workshop)
    picture = page.locator(".picture .screen")
    expect(picture).to_contain_text("1 of 5 wrote")
    workshop.act("events.screen", spotlight={"collection": "ideas", "id": workshop.rows("ideas")[0]["id"]})
    page.wait_for_timeout(300)
    assert "A secret thought" not in picture.inner_text()
    workshop.act("events.screen", spotlight=None)
    workshop.act("events.reveal", activity=workshop.step("collect"))
    expect(picture).to_contain_text("A secret thought")
    expect(projector.locator(".w-card")).to_have_count(1)
    words = lambda one: one.locator(".screen").inner_text().split()  # noqa: E731
    assert words(page.locator(".picture")) == words(projector.locator("body"))
