"""Every page in the states that somebody must first bring about: looked at as closely as the ones that open at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SPEECH
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look

ANSWERED_OTHERWISE = frozenset({403, 404, 409, 422})


def test_signing_in_and_out(visitor: Visitor) -> None:
    somebody = visitor("")
    somebody.open("/sign-in/")
    look(somebody, "sign-in", DIAGONAL)
    somebody.page.get_by_label("User name").fill("provider")
    somebody.page.get_by_label("Password").fill("not the password")
    with somebody.page.expect_event("load"):
        somebody.button("Sign in", exact=True).click()
    look(somebody, "sign-in-error", DIAGONAL)
    somebody.sign_in("provider")
    somebody.button("Sign out", exact=True).first.click()
    expect(somebody.heading).to_have_text("You are signed out")
    look(somebody, "signed-out", DIAGONAL)


def test_the_form_with_what_must_be_put_right(visitor: Visitor) -> None:
    me = visitor("provider", answers=ANSWERED_OTHERWISE)
    me.open("/calls/new/")
    me.send("Check your answers")
    look(me, "form-empty", DIAGONAL)
    me.ask("12345", SPEECH, "13/45/2026")
    look(me, "form-nonsense", DIAGONAL)
    me.ask("900012045", SPEECH, DAY)
    look(me, "form-language", DIAGONAL)


def test_answers_to_check_and_calls_that_were_accepted(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask("900012090", SPEECH, "11/11/2026")
    look(me, "check-holiday", DIAGONAL)
    me.send("Record this first call")
    look(me, "call-holiday", DIAGONAL)
    me.ask("900024015", SPEECH, DAY)
    look(me, "check-no-access", DIAGONAL)
    me.send("Record this first call")
    look(me, "call-no-access", DIAGONAL)
    me.ask("900012037", SPEECH, DAY)
    look(me, "call-repeated", DIAGONAL)


def test_a_call_that_is_kept_unlinked(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask("900012116", SPEECH, DAY)
    look(me, "check-unlinked", DIAGONAL)
    me.send("Keep it with a reference")
    look(me, "call-unlinked", DIAGONAL)


def test_calls_that_a_rule_refuses(visitor: Visitor) -> None:
    agency = visitor("agencyprovider")
    agency.ask("900012121", "Occupational therapy", DAY)
    look(agency, "call-refused", DIAGONAL)
    coordinator = visitor("coordinator")
    coordinator.open("/calls/?tab=refused")
    with coordinator.page.expect_event("load"):
        coordinator.page.get_by_role("link", name="No student").click()
    look(coordinator, "call-of-a-nurse", DIAGONAL)


def test_the_longest_names_there_are(visitor: Visitor) -> None:
    para = visitor("para")
    look(para, "caseload-long-names", DIAGONAL)
    para.ask("900012176", "Health paraprofessional", DAY)
    look(para, "check-long-names", DIAGONAL)
    para.send("Record this first call")
    look(para, "call-long-names", DIAGONAL)


def test_a_form_that_was_used_before(visitor: Visitor) -> None:
    me = visitor("provider", answers=ANSWERED_OTHERWISE)
    me.open("/calls/new/")
    token = me.page.locator("[name=token]").input_value()
    me.fill_in(AMARA, SPEECH, DAY)
    me.send("Check your answers")
    me.send("Record this first call")
    me.open("/calls/new/")
    me.page.locator("[name=token]").evaluate("(one, value) => { one.value = value }", token)
    me.fill_in("900012082", SPEECH, DAY)
    me.send("Check your answers")
    me.send("Record this first call")
    look(me, "call-used", DIAGONAL)


def test_pages_that_are_not_there(visitor: Visitor) -> None:
    me = visitor("provider", answers=ANSWERED_OTHERWISE)
    me.open("/calls/999999/")
    look(me, "not-found", DIAGONAL)
    me.open("/calls/new/")
    me.page.context.clear_cookies(name="csrftoken")
    me.fill_in(AMARA, SPEECH, DAY)
    me.send("Check your answers")
    look(me, "form-expired", DIAGONAL)
