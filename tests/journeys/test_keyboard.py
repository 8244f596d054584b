"""The keyboard alone, in a call, an item and in what opens: every stop of the focus can be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from caseloads.demonstration.signins import PASSWORD
from tests.journeys.acts import AMARA, DAY, Visit
from tests.journeys.browser import PHONE
from tests.journeys.conftest import Visitor

STEPS = 100  # presses of Tab within which everything on these pages must be reached
OUTLINE = """
() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return one === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}
"""


def tab_to(visit: Visit, goal: Locator) -> None:
    """Press Tab until the focus is on ``goal``; every stop on the way must show it."""
    for _ in range(STEPS):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(OUTLINE), visit.page.evaluate("() => document.activeElement.outerHTML")
        if goal.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"Not reached within {STEPS} presses of Tab: {goal}")


def press(visit: Visit, goal: Locator, key: str = "Enter") -> None:
    """Reach a link, a button or a box by Tab and press a key on it; a link and a form bring the next page."""
    tab_to(visit, goal)
    if key == "Space":
        visit.page.keyboard.press(key)
        return
    with visit.page.expect_event("load"):
        visit.page.keyboard.press(key)


def type_into(visit: Visit, label: str, text: str) -> None:
    """Reach a field by Tab and type into it."""
    tab_to(visit, visit.page.get_by_label(label))
    visit.page.keyboard.type(text)


def test_a_first_call_by_keyboard_alone(visitor: Visitor) -> None:
    me = visitor("")
    me.open("/")
    keys = me.page.keyboard
    type_into(me, "User name", "provider")
    type_into(me, "Password", PASSWORD)
    keys.press("Enter")
    expect(me.heading).to_have_text("My caseload")
    tab_to(me, me.page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Record a first"))
    keys.press("Enter")
    expect(me.heading).to_have_text("Record a first call")
    type_into(me, "Student's OSIS number", AMARA)
    tab_to(me, me.page.get_by_role("combobox", name="Service"))
    keys.type("Speech")
    type_into(me, "First session on", DAY)
    tab_to(me, me.button("Check your answers"))
    keys.press("Enter")
    expect(me.heading).to_have_text("Check your answers")
    tab_to(me, me.button("Record this first call"))
    keys.press("Enter")
    me.number()


def test_the_skip_link_comes_first_and_leads_past_the_masthead(visitor: Visitor) -> None:
    me = visitor("provider")
    me.open("/calls/")
    me.page.keyboard.press("Tab")
    skip = me.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    me.page.keyboard.press("Enter")
    expect(me.page.locator("main")).to_be_focused()


@pytest.mark.parametrize(("which", "opener"), [(".menu", "Menu"), (".places", "Switch school")])
def test_what_opens_closes_on_escape_and_gives_the_focus_back(visitor: Visitor, which: str, opener: str) -> None:
    me = visitor("coordinator", width=PHONE)
    opened, button = me.page.locator(which), me.page.locator(f"{which} summary", has_text=opener)
    button.click()
    expect(opened).to_have_attribute("open", "")
    me.page.keyboard.press("Tab")
    expect(button).not_to_be_focused()
    me.page.keyboard.press("Escape")
    expect(opened).not_to_have_attribute("open", "")
    expect(button).to_be_focused()


@pytest.mark.parametrize("tab", ["parked", "all"])
def test_tabs_lie_in_one_row_with_the_current_one_in_sight(visitor: Visitor, tab: str) -> None:
    me = visitor("coordinator", width=PHONE)
    me.open(f"/calls/?tab={tab}")
    expect(me.page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
    places = me.page.locator(".tabs a").evaluate_all("tabs => tabs.map((tab) => tab.getBoundingClientRect().top)")
    assert len({round(top) for top in places}) == 1


def test_the_way_back_to_the_first_step_keeps_what_was_typed(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask(AMARA, "Speech-language", DAY)
    tab_to(me, me.page.locator(".crumbs").get_by_role("button", name="Record a first call (step 1)"))
    me.page.keyboard.press("Enter")
    expect(me.heading).to_have_text("Record a first call")
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value(AMARA)
    expect(me.page.get_by_label("First session on")).to_have_value(DAY)


def test_a_form_that_was_refused_takes_the_focus_to_its_problems(visitor: Visitor) -> None:
    me = visitor("provider", answers=frozenset({422}))
    me.ask("12345", "Speech-language", DAY)
    expect(me.page.locator(".error-summary")).to_be_focused()
    expect(me.page).to_have_title("Error: Record a first call - ORCS Portal")
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_label("Student's OSIS number")).to_be_focused()


@pytest.mark.usefixtures("town")
def test_the_coordinators_morning_by_keyboard_alone(visitor: Visitor) -> None:
    me = visitor("coordinator")
    page, keys = me.page, me.page.keyboard
    press(me, page.locator(".todo").get_by_role("link", name=re.compile("^[0-9]+ final IEPs never")))
    boxes = page.get_by_role("checkbox", name=re.compile("Final IEP"))
    for at in range(2):
        press(me, boxes.nth(at), "Space")
    bar = page.get_by_role("group", name="With the selected rows")
    expect(bar).to_contain_text("2 items selected")
    tab_to(me, bar.get_by_label("Look again on"))
    keys.press("Control+a")
    keys.type("12/1/2026")
    tab_to(me, bar.get_by_label("Ticket, for the help desk"))
    keys.type("HD-204417")
    press(me, bar.get_by_role("button", name="Hand over"))
    press(me, me.tab("Handed over"))
    press(me, page.locator("tbody th a.name").first)
    item = page.url
    press(me, me.button("Take back"))
    type_into(me, "Add a note for colleagues", "Their line is busy.")
    press(me, me.button("Save note"))
    expect(page.locator(".timeline")).to_contain_text("Their line is busy.")
    if page.get_by_label("Help desk ticket number").count():
        type_into(me, "Help desk ticket number", "HD-204418")
    press(me, page.get_by_role("button", name=re.compile("^Hand over to")))
    press(me, me.button("Let the office answer"))
    press(me, page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Simulator"))
    clock = page.locator(".clock")
    before = clock.inner_text()
    tab_to(me, me.button("Move on a night"))
    keys.press("Enter")
    me.until(lambda: clock.inner_text() != before and me.button("Move on a night").is_visible())
    me.open(item)
    expect(page.get_by_role("heading", name="This settled by itself")).to_be_visible()
