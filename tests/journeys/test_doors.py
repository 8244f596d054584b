"""People who come to the wrong door, or too early: each is told why, who acts, and what to do meanwhile."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_a_nurse_need_not_call_and_sees_her_student_without_it(visitor: Visitor) -> None:
    me = visitor("nurse")
    expect(me.row("Ótavio Gonçalves-Brandt")).to_contain_text("On your caseload")
    expect(me.row("Ótavio Gonçalves-Brandt")).to_contain_text("(R1)")
    expect(me.page.get_by_role("link", name="Record a first call")).to_have_count(0)
    me.page.get_by_role("link", name="Why you need not call").click()
    expect(me.heading).to_have_text("Not needed: nurses do not call")
    expect(me.page.get_by_label("Student's OSIS number")).not_to_be_visible()


def test_an_independent_provider_meets_the_hold(visitor: Visitor) -> None:
    me = visitor("rsaprovider")
    expect(me.page.get_by_role("link", name="Record a first call")).to_have_count(0)
    me.page.get_by_role("link", name="Why you may not call now").click()
    expect(me.heading).to_have_text("Not now: no RSA providers in school buildings")
    expect(me.page.locator("main")).to_contain_text("(R13)")
    expect(me.page.get_by_text("Who must act")).to_be_visible()


def test_an_agency_provider_without_transmittal_is_refused_and_told_to_wait(visitor: Visitor) -> None:
    me = visitor("agencyprovider")
    row = me.row("Kofi Mensah-Drummond")
    expect(row).to_contain_text("Not yet, because")
    expect(row.get_by_role("link", name="Record the first call")).not_to_be_visible()
    me.ask("900012121", "Occupational therapy", "11/23/2026")
    expect(me.page.get_by_role("heading", name="Not yet: your agency has no transmittal")).to_be_visible()
    expect(me.page.locator("main")).to_contain_text("(R8)")
    expect(me.state("ivr")).to_contain_text("Refused")
    me.page.get_by_role("link", name="Back to my caseload").click()
    expect(me.row("Kofi Mensah-Drummond")).to_contain_text("Who acts: ORCS sends the transmittal")


def test_an_agency_provider_with_a_transmittal_may_call_from_its_day_on(visitor: Visitor) -> None:
    me = visitor("agencyprovider", answers=frozenset({422}))
    me.ask("900012134", "Occupational therapy", "11/16/2026")
    expect(me.page.locator(".error-summary")).to_contain_text("before the transmittal")
    me.record("900012134", "Occupational therapy", "11/19/2026")


def test_a_paraprofessional_calls_like_everyone_else(visitor: Visitor) -> None:
    me = visitor("para")
    me.record("900012176", "Health paraprofessional", "11/23/2026")


def test_an_auditor_may_look_and_not_touch(visitor: Visitor) -> None:
    me = visitor("auditor")
    me.room("Simulator")
    expect(me.button("Move on a night")).not_to_be_visible()
    expect(me.button("Set SEC")).not_to_be_visible()
