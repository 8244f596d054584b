"""SEC is off while a call is made: the rest goes on, SEC is tried again, and recovers by itself or on a click."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SOON, SPEECH, Visit
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look


def with_sec_off(visitor: Visitor) -> Visit:
    """Return the provider at the page of a call that SEC has failed to take, and CAP and SESIS have taken."""
    me = visitor("provider")
    me.set_fault("SEC", "Switched off")
    me.record(AMARA, SPEECH, DAY)
    expect(me.stop("sec")).to_contain_text("SEC did not answer", timeout=SOON)
    expect(me.stop("sec")).to_contain_text("We try again")
    for key in ("cap", "sesis"):
        expect(me.stop(key)).to_contain_text("Taken", timeout=SOON)
    return me


def test_sec_recovers_by_itself_while_the_page_stands_open_and_the_focus_stays(visitor: Visitor) -> None:
    me = with_sec_off(visitor)
    look(me, "call-sec-off", DIAGONAL)
    me.button("Try SEC now").focus()
    world = visitor("provider")
    world.open("/simulator/")
    expect(world.system("SEC")).to_contain_text("Switched off")
    expect(world.system("SEC").get_by_role("link", name="1 waiting for SEC")).to_be_visible()
    world.move_clock("night")
    expect(me.stop("cap")).to_contain_text("Mandate marked as first attended", timeout=SOON)
    expect(me.stop("sesis")).to_contain_text("On the caseload")
    expect(me.stop("sec")).to_contain_text("SEC did not answer")
    expect(me.button("Try SEC now")).to_be_focused()
    world.set_fault("SEC", "In order")
    expect(me.stop("sec")).to_contain_text("Taken", timeout=SOON)
    expect(me.button("Try SEC now")).not_to_be_visible()
    world.move_clock("night")
    expect(me.stop("sec")).to_contain_text("The report shows it", timeout=SOON)
