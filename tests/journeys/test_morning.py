"""The coordinator's morning: final IEPs that never reached CAP, handed over, answered, and closed by a night."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.acts import Visit
from tests.journeys.browser import DESKTOP, PHONE
from tests.journeys.conftest import Visitor

NEVER = re.compile(r"(\d+) final IEPs never reached CAP")
TICKET, LOOK_AGAIN = "HD-204417", "12/1/2026"
pytestmark = pytest.mark.usefixtures("town")


def note_of(me: Visit, words: str) -> Locator:
    """Return the note that says what an act has done."""
    return me.page.get_by_role("status").filter(has_text=words)


def start_with(me: Visit) -> int:
    """Open the final IEPs that never reached CAP from Today, and return how many of them it says there are."""
    expect(me.heading).to_have_text("Tuesday, November 24")
    link = me.page.locator(".todo").get_by_role("link", name=NEVER).first
    found = NEVER.search(link.inner_text())
    assert found
    link.click()
    expect(me.heading).to_have_text("Mismatches")
    return int(found.group(1))


def hand_over_ticked(me: Visit, count: int) -> None:
    """Choose all of the cause that is listed, and hand them over with a ticket and a day to look again."""
    assert me.page.get_by_role("checkbox", name=re.compile("^Select .*, Final IEP")).count() == count
    me.page.get_by_role("checkbox", name=f"Select all {count}").check()
    bar = me.page.get_by_role("group", name="With the selected rows")
    expect(bar).to_contain_text(f"{count} items selected")
    bar.get_by_label("Look again on").fill(LOOK_AGAIN)
    bar.get_by_label("Ticket, for the help desk").fill(TICKET)
    with me.page.expect_event("load"):
        bar.get_by_role("button", name="Hand over").click()


def hand_over_cause(me: Visit, count: int) -> None:
    """Hand over the whole cause by its one button, and give the ticket and the day on the page that asks for them."""
    me.send(f"Hand over all {count}")
    expect(me.heading).to_have_text(f"Hand over {count} items")
    me.send(f"Hand over {count}")
    expect(me.page.locator(".error-summary")).to_contain_text("Enter the ticket number that the help desk gave you")
    me.page.get_by_label("Help desk ticket number").fill(TICKET)
    me.page.get_by_label("Look again on").fill(LOOK_AGAIN)
    me.send(f"Hand over {count}")


def open_handed_over(me: Visit) -> list[str]:
    """Open the list of what is handed over and return the addresses of its items."""
    me.tab("Handed over").click()
    expect(me.tab("Handed over")).to_have_attribute("aria-current", "page")
    names = me.page.locator("tbody th a.name")
    return [str(names.nth(at).get_attribute("href")) for at in range(names.count())]


def take_back_and_hand_over_again(me: Visit, address: str) -> None:
    """Take one item back, give its reason as a note, and hand it over again."""
    me.open(address)
    me.send("Take back")
    expect(note_of(me, "Took back 1 item")).to_be_visible()
    me.page.get_by_label("Add a note for colleagues").fill("Asked the wrong office <b>first</b> & called")
    me.send("Save note")
    expect(me.page.locator(".timeline")).to_contain_text("Asked the wrong office <b>first</b> & called")
    act = me.page.locator(".act")
    if act.get_by_label("Help desk ticket number").count():
        act.get_by_label("Help desk ticket number").fill(TICKET)
    act.get_by_label("Look again on").fill(LOOK_AGAIN)
    with me.page.expect_event("load"):
        act.get_by_role("button", name=re.compile("^Hand over to")).click()
    expect(act.get_by_role("heading", level=2)).to_contain_text("Handed over to")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_final_ieps_that_never_reached_cap_are_handed_over_and_close_by_themselves(
    visitor: Visitor, width: int
) -> None:
    me = visitor("coordinator", width=width, answers=frozenset({422}))
    count = start_with(me)
    (hand_over_ticked if width == DESKTOP else hand_over_cause)(me, count)
    expect(note_of(me, f"Handed over {count} items")).to_contain_text("Look again")
    items = open_handed_over(me)
    assert len(items) == count
    take_back_and_hand_over_again(me, items[0])
    asked = items if width == DESKTOP else items[:3]
    for address in asked:
        me.open(address)
        me.send("Let the office answer")
        expect(note_of(me, "next night")).to_be_visible()
    me.move_clock("night")
    me.open("/today/")
    expect(me.page.get_by_role("region", name="What changed since you looked")).to_contain_text("You last looked")
    expect(me.page.get_by_role("link", name=NEVER)).to_have_count(
        0
    )  # what is left is handed over and not to start with
    settled = me.page.get_by_role("link", name=re.compile(", Settled by themselves"))
    assert int(settled.inner_text().partition(",")[0]) >= len(asked)
    settled.click()
    me.page.locator(".cause h2").get_by_role("link", name=re.compile("never reached CAP")).click()
    expect(me.page.locator(".filters")).to_contain_text("Cause: Final IEP never reached CAP")
    shown = me.page.locator("tbody th a.name")
    expect(shown.first).to_be_visible()
    assert set(asked) <= {str(shown.nth(at).get_attribute("href")) for at in range(shown.count())}
    me.open(items[0])
    expect(me.page.get_by_role("heading", name="This settled by itself")).to_be_visible()
