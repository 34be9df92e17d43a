"""Grouping, and challenges with teams, on the console and on phones: with the keyboard alone, and with the last seat taken."""

from playwright.sync_api import Page, expect

from tests.support.stage import Devices, Stage, Workshop, new_id

CROWD = ["Anna", "Ben", "Carla", "Dana", "Eva"]
IDEAS = ["Start at nine", "A quiet room", "Breakfast", "A later bus", "Soft light"]


def sorting(stage: Stage, by: str = "facilitator") -> Workshop:
    """A workshop whose five cards are being sorted."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    for bot, text in enumerate(IDEAS):
        workshop.says(bot, text)
    workshop.act("events.edit", activity=workshop.step("sort"), settings={"by": by})
    workshop.start("sort")
    return workshop


def select(page: Page, *texts: str) -> None:
    """Select cards with the keyboard, as one does without a mouse."""
    for text in texts:
        page.locator(".sort-card", has_text=text).get_by_role("checkbox").focus()
        page.keyboard.press("Space")


def groups(workshop: Workshop) -> dict[str, list[str]]:
    """The titles of the groups with the texts of their cards."""
    ideas = workshop.rows("ideas")
    return {group["title"]: sorted(idea["text"] for idea in ideas if idea["group"] == group["id"]) for group in workshop.rows("groups")}


def test_cards_are_grouped_with_the_keyboard(stage: Stage, devices: Devices) -> None:
    """Space selects, a name and Enter make a group, an empty name takes that of the first card; undo takes it back."""
    workshop = sorting(stage)
    page = devices.console(workshop)
    select(page, "Start at nine", "A later bus")
    expect(page.locator(".group-as")).to_contain_text("2 cards selected")
    page.get_by_label("Name of the group").fill("Time")
    page.keyboard.press("Enter")
    expect(page.locator(".sort-group h3")).to_contain_text("Time")
    select(page, "A quiet room", "Soft light")
    page.get_by_role("button", name="Group as", exact=True).click()
    expect(page.locator(".sort-group")).to_have_count(2)
    assert groups(workshop) == {"Time": ["A later bus", "Start at nine"], "A quiet room": ["A quiet room", "Soft light"]}
    page.locator("body").press("z")
    expect(page.locator(".sort-group")).to_have_count(1)
    assert groups(workshop) == {"Time": ["A later bus", "Start at nine"]}


def test_groups_are_renamed_merged_moved_and_dissolved(stage: Stage, devices: Devices) -> None:
    """Everything from the group's menu; no card is lost on the way."""
    workshop = sorting(stage)
    page = devices.console(workshop)
    for title, cards in {"Time": ["Start at nine"], "Space": ["A quiet room"]}.items():
        select(page, *cards)
        page.get_by_label("Name of the group").fill(title)
        page.keyboard.press("Enter")
        expect(page.locator(".sort-group", has_text=title)).to_be_visible()
    page.get_by_role("button", name="More for Space").click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Name of the group").fill("Rooms")
    page.keyboard.press("Enter")
    expect(page.locator(".sort-group", has_text="Rooms")).to_be_visible()
    select(page, "Soft light")
    page.get_by_role("button", name="Move 1 card to Rooms").click()
    expect(page.locator(".sort-group", has_text="Rooms").locator(".sort-card")).to_have_count(2)
    page.get_by_role("button", name="More for Rooms").click()
    page.get_by_role("button", name="Merge into…").click()
    page.get_by_role("dialog").get_by_role("button", name="Time").click()
    expect(page.locator(".sort-group")).to_have_count(1)
    assert groups(workshop) == {"Time": ["A quiet room", "Soft light", "Start at nine"]}
    page.get_by_role("button", name="More for Time").click()
    page.get_by_role("button", name="Dissolve group").click()
    page.get_by_role("dialog").get_by_role("button", name="Dissolve group").click()
    expect(page.locator(".sort-loose .sort-card")).to_have_count(5)


def test_possible_duplicates_are_offered(stage: Stage, devices: Devices) -> None:
    """Two cards that nearly say the same are shown together; both are kept, or grouped with one press; others are left alone."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    for bot, text in enumerate(["Start school at nine", "Soft light in every room", "Start the school day at nine", "Soft lights in every room"]):
        workshop.says(bot, text)
    workshop.start("sort")
    page = devices.console(workshop)
    offer = page.locator(".duplicate")
    expect(offer).to_contain_text("Soft lights in every room")
    page.get_by_role("button", name="Keep both").click()
    expect(offer).to_contain_text("Start the school day at nine")
    page.get_by_role("button", name="Group them").click()
    expect(offer).to_have_count(0)
    assert groups(workshop) == {"Start school at nine": ["Start school at nine", "Start the school day at nine"]}


def test_everybody_sorts_on_the_phone(stage: Stage, devices: Devices) -> None:
    """One thumb: two taps and a name; the console and another phone see the group; a closed step takes no more."""
    workshop = sorting(stage, by="all")
    phone, other, page = devices.phone(workshop), devices.phone(workshop), devices.console(workshop)
    phone.locator(".sort-card", has_text="Breakfast").tap()
    phone.locator(".sort-card", has_text="A later bus").tap()
    phone.get_by_label("Name of the group").fill("Morning")
    phone.get_by_role("button", name="Group as").tap()
    for screen in (phone, other, page):
        expect(screen.locator(".sort-group", has_text="Morning").locator(".sort-card")).to_have_count(2)
    workshop.act("events.close", activity=workshop.step("sort"))
    expect(phone.get_by_role("checkbox")).to_have_count(0)


def test_watching_the_facilitator_sort(stage: Stage, devices: Devices) -> None:
    """Where the facilitator sorts, a phone shows the groups and offers no boxes."""
    workshop = sorting(stage)
    phone = devices.phone(workshop)
    idea = next(row["id"] for row in workshop.rows("ideas") if row["text"] == "Breakfast")
    workshop.act("groups.make", group=new_id(), activity=workshop.step("sort"), title="Food", ideas=[idea])
    expect(phone.locator(".sort-group", has_text="Food")).to_contain_text("Breakfast")
    expect(phone.get_by_role("checkbox")).to_have_count(0)


def forming(stage: Stage, most: int = 2) -> Workshop:
    """Team formation with two challenges and teams of at most `most`."""
    workshop = stage.workshop()
    workshop.act("events.edit_event", team_min=1, team_max=most)
    for number, theme in ((1, "accessibility-inclusion"), (2, None)):
        workshop.act("challenges.add", challenge=new_id(), title=f"Challenge {number}", theme=theme)
    workshop.start("present")
    return workshop


def team(workshop: Workshop, title: str) -> list[str]:
    """The names of the people in a team."""
    return [member["name"] for row in workshop.rows("teams") if row["title"] == title for member in row["members"]]


def test_winners_become_challenges(stage: Stage, devices: Devices) -> None:
    """After the count the card offers the first three; one press makes them challenges, and says so after a reload too."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    for bot, text in enumerate(IDEAS):
        workshop.says(bot, text)
    vote = workshop.start("vote")
    options = [row["id"] for row in workshop.options]
    for bot in range(5):
        workshop.votes(bot, {options[0]: 3, options[1 + bot % 2]: 2})
    workshop.act("events.reveal", activity=vote)
    page = devices.console(workshop)
    page.get_by_role("button", name="Make challenges from the top 3").click()
    expect(page.locator(".adopt")).to_contain_text("They are challenges now.")
    assert [row["title"] for row in workshop.rows("challenges")] == ["Start at nine", "A quiet room", "Breakfast"]
    page.reload()
    expect(page.locator(".adopt")).to_contain_text("They are challenges now.")


def test_people_are_placed(stage: Stage, devices: Devices) -> None:
    """A team started on a phone is on the board; a person is placed, moved with M, taken out; the suggestion moves nobody unasked."""
    workshop = forming(stage)
    workshop.crowd(CROWD)
    phone, page = devices.phone(workshop, "Zoe"), devices.console(workshop)
    phone.get_by_role("button", name="Start a team").first.tap()
    phone.get_by_label("Name of the team").fill("Light Lessons")
    phone.get_by_label("The one thing you need").fill("a teacher")
    phone.get_by_role("dialog").get_by_role("button", name="Start a team").tap()
    expect(page.locator(".team", has_text="Light Lessons")).to_contain_text("needs a teacher")
    expect(page.locator(".side h2")).to_have_text("5 people need a team")
    page.locator(".side .person", has_text="Anna").click()
    page.keyboard.press("m")
    page.get_by_role("dialog").get_by_role("button", name="Light Lessons").click()
    expect(page.locator(".team", has_text="Light Lessons")).to_contain_text("full")
    assert team(workshop, "Light Lessons") == ["Zoe", "Anna"]
    workshop.act("teams.start", team=new_id(), title="Second Life")
    page.get_by_role("button", name="Suggest teams for 4").click()
    assert team(workshop, "Second Life") == []
    page.get_by_role("dialog").get_by_role("button", name="Place 2 people").click()
    expect(page.locator(".side h2")).to_have_text("2 people need a team")
    assert team(workshop, "Second Life") == ["Ben", "Carla"]


def test_the_last_seat(stage: Stage, devices: Devices) -> None:
    """Two people took the last seat: who came second keeps the own team and is told so in words."""
    workshop = forming(stage)
    workshop.crowd(CROWD)
    phone = devices.phone(workshop, "Zoe", quiet=False)
    last, own = new_id(), new_id()
    challenge = workshop.rows("challenges")[0]["id"]
    stage.served.command(workshop.code, "teams.start", workshop.bots[0], team=last, challenge=challenge, title="Wanted")
    stage.served.command(workshop.code, "teams.start", workshop.bots[1], team=own, challenge=challenge, title="Light Lessons")
    phone.get_by_role("button", name="Join Light Lessons").tap()
    expect(phone.locator(".mine-team")).to_contain_text("Light Lessons")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Join Wanted").tap()
    stage.served.command(workshop.code, "teams.join", workshop.bots[2], team=last)
    phone.context.set_offline(False)
    expect(phone.get_by_role("alert").filter(has_text="Two people")).to_have_text("Two people took the last seat. You kept: Light Lessons.", timeout=30_000)
    assert team(workshop, "Wanted") == ["Anna", "Carla"] and "Zoe" in team(workshop, "Light Lessons")


def test_locked_teams(stage: Stage, devices: Devices) -> None:
    """Locking asks first; then phones can neither join nor leave, and the facilitator still moves people."""
    workshop = forming(stage)
    workshop.crowd(CROWD)
    stage.served.command(workshop.code, "teams.start", workshop.bots[0], team=new_id(), title="Light Lessons")
    phone, page = devices.phone(workshop, "Zoe"), devices.console(workshop)
    expect(phone.get_by_role("button", name="Join Light Lessons")).to_be_visible()
    page.get_by_role("button", name="Lock teams").click()
    page.get_by_role("dialog").get_by_role("button", name="Lock teams").click()
    expect(phone.get_by_role("button", name="Join Light Lessons")).to_have_count(0)
    expect(phone.locator(".lead-in")).to_contain_text("The facilitator will place you.")
    page.locator(".side .person", has_text="Zoe").click()
    page.get_by_role("button", name="Place", exact=True).click()
    expect(phone.locator(".mine-team")).to_contain_text("Light Lessons")
