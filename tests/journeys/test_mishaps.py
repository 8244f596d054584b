"""What goes wrong at a desk: a session ends while somebody types, two clicks, two windows, the way back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SOON, SPEECH, Visit
from tests.journeys.conftest import Visitor

BLERINA = "900012082"


def lose_session(visit: Visit) -> None:
    """End the session behind the page's back, as half an hour without use does."""
    visit.page.context.clear_cookies(name="sessionid")


def test_what_was_typed_is_back_after_signing_in_again(visitor: Visitor) -> None:
    me = visitor("provider")
    me.open("/calls/new/")
    me.fill_in("900 012-011", SPEECH, "Nov 23, 2026")
    lose_session(me)
    me.button("Check your answers").click()
    expect(me.page.get_by_text("What you typed is kept.")).to_be_visible()
    me.type_sign_in("provider")
    expect(me.page.get_by_role("status").filter(has_text="What you typed is back")).to_be_visible()
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value("900 012-011")
    expect(me.page.get_by_role("combobox", name="Service")).to_have_value(re.compile(r"\d+"))
    expect(me.page.get_by_label("First session on")).to_have_value("Nov 23, 2026")
    me.button("Check your answers").click()
    me.button("Record this first call").click()
    me.number()


def test_what_was_typed_is_not_shown_to_the_next_person_who_signs_in(visitor: Visitor) -> None:
    me = visitor("provider")
    me.open("/calls/new/")
    me.fill_in(AMARA, SPEECH, DAY)
    lose_session(me)
    me.button("Check your answers").click()
    me.type_sign_in("agencyprovider")
    expect(me.heading).to_have_text("My caseload")
    expect(me.page.get_by_role("status")).to_contain_text("Somebody else was typing here")
    me.open("/calls/new/")
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value("")


def test_a_wrong_password_on_the_way_back_loses_nothing(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask(AMARA, SPEECH, DAY)
    lose_session(me)
    me.button("Record this first call").click()
    me.page.get_by_label("User name").fill("provider")
    me.page.get_by_label("Password").fill("not the password")
    me.button("Sign in", exact=True).click()
    expect(me.page.get_by_text("There is a problem")).to_be_visible()
    me.type_sign_in("provider")
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value(AMARA)
    me.open("/caseload/")
    expect(me.row("Amara Okonkwo-Reyes")).to_contain_text("You may call now")


def test_a_page_that_looks_by_itself_leads_to_the_sign_in_page_when_the_session_ends(visitor: Visitor) -> None:
    me = visitor("provider")
    me.record(AMARA, SPEECH, DAY)
    address = me.page.url
    lose_session(me)
    expect(me.heading).to_have_text("Sign in", timeout=SOON)
    me.type_sign_in("provider")
    expect(me.page).to_have_url(address)


def test_a_double_click_records_one_call(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask(AMARA, SPEECH, DAY)
    me.button("Record this first call").dblclick()
    number = me.number()
    me.room("Calls")
    expect(me.row("Amara Okonkwo-Reyes")).to_have_count(1)
    expect(me.row("Amara Okonkwo-Reyes")).to_contain_text(f"{number[:4]} {number[4:]}")


def test_two_windows_with_the_same_call_record_it_once(visitor: Visitor) -> None:
    one = visitor("provider")
    one.ask(AMARA, SPEECH, DAY)
    other = Visit(one.window)
    other.ask(AMARA, SPEECH, DAY)
    one.button("Record this first call").click()
    number = one.number()
    other.button("Record this first call").click()
    expect(other.page.get_by_text("Recorded before: your first call stands.")).to_be_visible()
    assert other.number() == number


def test_two_windows_with_two_calls_record_both(visitor: Visitor) -> None:
    one = visitor("provider")
    one.ask(AMARA, SPEECH, DAY)
    other = Visit(one.window)
    other.ask(BLERINA, SPEECH, DAY)
    one.button("Record this first call").click()
    other.button("Record this first call").click()
    assert one.number() != other.number()


def test_the_way_back_after_recording_leads_to_an_empty_form_of_its_own(visitor: Visitor) -> None:
    me = visitor("provider")
    me.open("/calls/new/")
    token = me.page.locator("[name=token]").input_value()
    me.fill_in(AMARA, SPEECH, DAY)
    me.button("Check your answers").click()
    me.button("Record this first call").click()
    number = me.number()
    me.page.go_back()  # and no question whether to send the form once more
    expect(me.heading).to_have_text("Record a first call")
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value("")
    assert me.page.locator("[name=token]").input_value() != token
    me.fill_in(AMARA, SPEECH, DAY)
    me.button("Check your answers").click()
    expect(me.page.get_by_text("Recorded before: your first call stands.")).to_be_visible()
    assert me.number() == number


def test_a_change_keeps_the_other_answers(visitor: Visitor) -> None:
    me = visitor("provider")
    me.ask(AMARA, SPEECH, DAY)
    me.button("Change date of the first session").click()
    expect(me.page.get_by_label("First session on")).to_be_focused()
    expect(me.page.get_by_label("Student's OSIS number")).to_have_value(AMARA)


def test_signing_in_twice_from_two_old_windows(visitor: Visitor) -> None:
    one = visitor("")
    one.open("/sign-in/")
    other = Visit(one.window)
    other.open("/sign-in/")
    one.type_sign_in("provider")
    expect(one.heading).to_have_text("My caseload")
    other.type_sign_in("provider")
    expect(other.heading).to_have_text("My caseload")
