"""The whole way of a call in a browser without script: the same pages, brought up to date by loading them again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SPEECH
from tests.journeys.conftest import Visitor


def test_a_call_from_the_form_to_the_caseload(visitor: Visitor) -> None:
    me = visitor("provider", script=False)
    number = me.record(AMARA, SPEECH, DAY)
    call = me.page.url
    expect(me.page.get_by_text("Load the page again to see news.")).to_be_visible()
    expect(me.page.get_by_text("Brings itself up to date.")).not_to_be_visible()
    expect(me.button("Print")).not_to_be_visible()
    me.until(lambda: "Taken" in me.stop("sesis").inner_text())
    me.move_clock("night")
    me.open(call)
    expect(me.stop("cap")).to_contain_text("Mandate marked as first attended")
    expect(me.stop("sesis")).to_contain_text("On the caseload")
    expect(me.state("sec")).to_have_text("Waiting")
    me.move_clock("night")
    me.open(call)
    expect(me.stop("sec")).to_contain_text("The report shows it")
    me.room("My caseload")
    expect(me.row("Amara Okonkwo-Reyes")).to_contain_text(f"number {number[:4]} {number[4:]}")


def test_switching_a_system_off_and_trying_it_again(visitor: Visitor) -> None:
    me = visitor("provider", script=False)
    me.set_fault("SEC", "Switched off")
    me.record(AMARA, SPEECH, DAY)
    call = me.page.url
    me.until(lambda: "SEC did not answer" in me.stop("sec").inner_text())
    me.set_fault("SEC", "In order")
    me.open(call)
    if me.button("Try SEC now").is_visible():
        me.button("Try SEC now").click()
    me.until(lambda: "Taken" in me.stop("sec").inner_text())


def test_the_menu_and_the_switch_between_schools(visitor: Visitor) -> None:
    me = visitor("coordinator", script=False, width=390)
    me.page.locator(".places summary").click()
    me.page.locator(".places").get_by_role("button", name="13K998").click()
    expect(me.page.locator(".places summary")).to_contain_text("13K998")
    me.page.locator(".menu summary").click()
    me.page.locator(".menu").get_by_role("link", name="Simulator").click()
    expect(me.heading).to_have_text("Simulator")
