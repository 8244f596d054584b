"""A provider records a first call and watches it arrive, one system after the other, without touching the page."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SOON, SPEECH
from tests.journeys.conftest import Visitor
from tests.journeys.portal import Served

REST_OF_THE_DAY = "10h"  # after one hour more: SESIS opens a caseload within ten in the demonstration


def test_a_call_reaches_the_systems_one_by_one_while_its_page_stands_open(visitor: Visitor, served: Served) -> None:
    me = visitor("provider")
    expect(me.heading).to_have_text("My caseload")
    expect(me.row("Amara Okonkwo-Reyes")).to_contain_text("You may call now")
    me.row("Amara Okonkwo-Reyes").get_by_role("link", name="Record the first call").click()
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value(AMARA)
    me.page.get_by_label("First session on").fill(DAY)
    me.button("Check your answers").click()
    expect(me.heading).to_have_text("Check your answers")
    expect(me.page.get_by_text("Nothing has been recorded yet.")).to_be_visible()
    me.button("Record this first call").click()
    number = me.number()
    for key in ("cap", "sec", "sesis"):
        expect(me.stop(key)).to_contain_text("Taken", timeout=SOON)
    expect(me.page.locator("#call-done")).to_contain_text("You are done. Amara Okonkwo-Reyes appears on your caseload")

    world = visitor("provider")  # another window of hers moves the clock; nobody touches the first
    world.move_clock("hour")
    expect(me.state("cap")).to_have_text("Waiting")
    served.manage("simulate", "advance", REST_OF_THE_DAY)
    expect(me.stop("sesis")).to_contain_text("On the caseload", timeout=SOON)
    expect(me.stop("caseload")).to_contain_text("The student is there")
    expect(me.page.locator("#call-done")).to_contain_text("The student is on your caseload.")
    expect(me.state("cap")).to_have_text("Waiting")
    world.move_clock("night")
    expect(me.stop("cap")).to_contain_text("Mandate marked as first attended", timeout=SOON)
    expect(me.state("sec")).to_have_text("Waiting")
    world.move_clock("night")
    expect(me.stop("sec")).to_contain_text("The report shows it", timeout=SOON)
    expect(me.page.get_by_role("status").filter(has_text="SEC: Today")).to_be_attached()
    expect(me.page.locator("#call-look")).to_contain_text("Settled")

    me.room("My caseload")
    row = me.row("Amara Okonkwo-Reyes")
    expect(row).to_contain_text("On your caseload")
    expect(row).to_contain_text(re.compile(rf"You called .*, 7:3\d\sam, number\s{number[:4]}\s{number[4:]}"))


def test_the_page_stops_looking_once_the_call_has_arrived_everywhere(visitor: Visitor) -> None:
    me = visitor("provider")
    me.row("Bo Ng").get_by_role("link", name="Bo Ng", exact=True).click()
    expect(me.page.locator("#call-look")).to_contain_text("Settled")
    asked: list[str] = []
    me.page.on("request", lambda request: asked.append(request.url))
    me.page.wait_for_timeout(2500)
    assert asked == []


def test_a_draft_made_final_brings_the_mandate_that_a_call_lacked(visitor: Visitor) -> None:
    coordinator = visitor("coordinator")
    coordinator.open("/simulator/")
    coordinator.button("Finalize this IEP of Ha-eun Gwon").click()
    expect(coordinator.page.get_by_role("status")).to_contain_text("The IEP is final")
    me = visitor("provider")
    me.record("900012116", SPEECH, DAY)
    expect(me.heading).to_contain_text("Ha-eun Gwon")
