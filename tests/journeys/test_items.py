"""Today, the list of mismatches and one item, in every standing they may be found in, and what happens too late."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import Visit
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, VIEWS, look

LOST = "/mismatches/?code=IEP_NOT_IN_CAP"
LISTS = (
    "?tab=open&sort=name",
    "?tab=mine",
    "?tab=waiting",
    "?tab=open&severity=urgent&code=NON_DOE_IN_GALAXY",
    "lines/",
    "codes/IEP_NOT_IN_CAP/",
    "call-sheets/",
)
pytestmark = pytest.mark.usefixtures("town")


def open_item(me: Visit, name: str = "") -> str:
    """Open an item of the final IEPs that never reached CAP, the first or a person's, and return its address."""
    me.open(LOST)
    rows = me.page.locator("tbody th a.name")
    (rows.filter(has_text=name) if name else rows).first.click()
    expect(me.page.get_by_role("heading", name="What happened")).to_be_visible()
    return me.page.url


def test_today_and_the_lists(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.open("/today/")
    look(me, "today", VIEWS)
    me.open("/mismatches/")
    look(me, "mismatches", VIEWS)
    for address in LISTS:
        me.open(f"/mismatches/{address}")
        look(me, f"mismatches-{re.sub('[^a-z]+', '-', address.lower())}", DIAGONAL)


def test_selecting_and_what_must_be_put_right(visitor: Visitor) -> None:
    me = visitor("coordinator", answers=frozenset({422}))
    me.open(LOST)
    me.page.get_by_role("checkbox", name=re.compile("^Select .*, Final IEP")).first.check()
    expect(me.page.get_by_role("group", name="With the selected rows")).to_contain_text("1 item selected")
    look(me, "mismatches-selected", DIAGONAL)
    me.page.get_by_label("Look again on").fill("11/26/2026")  # Thanksgiving
    me.page.get_by_role("group", name="With the selected rows").get_by_role("button", name="Hand over").click()
    expect(me.page.locator(".error-summary")).to_contain_text("there is no school on that day")
    look(me, "mismatches-hand-over-error", DIAGONAL)
    open_item(me)
    look(me, "mismatch", VIEWS)
    me.send("Save note")
    expect(me.page.locator(".error-summary")).to_contain_text("Write the note first")
    look(me, "mismatch-error", DIAGONAL)


def test_an_item_that_somebody_changed_and_one_that_closed_under_ones_hands(visitor: Visitor) -> None:
    me = visitor("coordinator", answers=frozenset({409, 422}))
    address = open_item(me)
    stale, late = Visit(me.window), Visit(me.window)
    stale.open(address)
    hand_over(me)
    hand_over(stale)
    expect(stale.page.get_by_text("Nothing was changed. Look at how it stands now.")).to_be_visible()
    expect(stale.page.locator("main, .notice").first).to_contain_text("had been changed by somebody meanwhile")
    look(stale, "mismatch-stale", DIAGONAL)
    late.open(address)
    me.send("Let the office answer")
    look(me, "mismatch-answered", DIAGONAL)
    me.move_clock("night")
    late.send("Take back")
    expect(late.page.get_by_text("had settled by itself meanwhile")).to_be_visible()
    expect(late.page.get_by_role("heading", name="This settled by itself")).to_be_visible()
    look(late, "mismatch-settled", DIAGONAL)


def hand_over(me: Visit) -> None:
    """Hand over the item that is open, with a ticket where one is asked for."""
    act = me.page.locator(".act")
    if act.get_by_label("Help desk ticket number").count():
        act.get_by_label("Help desk ticket number").fill("HD-204417")
    with me.page.expect_event("load"):
        act.get_by_role("button", name=re.compile("^Hand over to")).click()


def test_handing_over_without_a_script(visitor: Visitor) -> None:
    me = visitor("coordinator", script=False)
    me.open(LOST)
    me.page.get_by_role("checkbox", name=re.compile("^Select all")).check()
    bar = me.page.get_by_role("group", name="With the selected rows")
    expect(bar).to_contain_text("With the rows you ticked:")
    bar.get_by_label("Ticket, for the help desk").fill("HD-204417")
    bar.get_by_role("button", name="Hand over").click()
    expect(me.page.get_by_role("status").filter(has_text="Handed over")).to_be_visible()
    expect(me.tab("Unassigned")).to_contain_text("0")
