"""Finding a student, the student's page, consent, and SEC's report, as each kind of reader gets them in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, find
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, VIEWS, look

REFUSED = frozenset({404, 422})


def test_a_name_leads_to_the_page_and_back_to_the_form(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.open("/calls/")
    find(me, "okonkwo am")
    expect(me.heading).to_have_text(re.compile("student"))
    assert "okonkwo" not in me.page.url.lower()
    look(me, "search-found", DIAGONAL)
    me.page.get_by_role("link", name="Amara Okonkwo-Reyes").click()
    expect(me.heading).to_have_text("Amara Okonkwo-Reyes")
    expect(me.page).to_have_title("One student - ORCS Portal")
    me.page.go_back()
    expect(me.heading).to_have_text("Find a student")
    expect(me.page.get_by_role("textbox", name="Name or number")).to_have_value("")


def test_a_number_leads_straight_to_whoever_bears_it(visitor: Visitor) -> None:
    me = visitor("coordinator")
    find(me, f"{AMARA[:3]} {AMARA[3:6]}-{AMARA[6:]}")
    expect(me.heading).to_have_text("Amara Okonkwo-Reyes")
    expect(me.page).to_have_url(re.compile(r"/students/\d+/$"))
    assert AMARA not in me.page.url


def test_a_strangers_student_is_not_found(visitor: Visitor) -> None:
    me = visitor("coordinator2", answers=REFUSED)
    find(me, AMARA)
    expect(me.heading).to_have_text("Nothing found")
    look(me, "search-nothing", DIAGONAL)
    find(me, "12345")
    expect(me.page.locator(".error-summary")).to_contain_text("you typed 5 digits")
    look(me, "search-error", DIAGONAL)


def test_the_search_works_without_a_script_and_on_a_phone(visitor: Visitor) -> None:
    me = visitor("coordinator", width=390, script=False)
    me.page.get_by_text("Menu", exact=True).click()
    me.page.get_by_role("link", name="Find a student").click()
    me.page.get_by_role("textbox", name="Name or number").fill("okonkwo am")
    with me.page.expect_event("load"):
        me.page.locator("main").get_by_role("button", name="Find").click()
    me.page.get_by_role("link", name="Amara Okonkwo-Reyes").click()
    expect(me.heading).to_have_text("Amara Okonkwo-Reyes")


def test_the_student_as_the_school_and_the_provider_see_them(visitor: Visitor) -> None:
    school = visitor("coordinator")
    find(school, AMARA)
    expect(school.page.get_by_role("heading", name="Who looked")).to_be_visible()
    look(school, "student-school", VIEWS)
    provider = visitor("provider")
    find(provider, AMARA)
    expect(provider.page.get_by_role("heading", name="Who looked")).not_to_be_visible()
    look(provider, "student-provider", DIAGONAL)


def test_the_schools_coordinator_records_a_consent(visitor: Visitor) -> None:
    me = visitor("coordinator", answers=REFUSED)
    find(me, "900012079")
    look(me, "student-consent", DIAGONAL)
    me.send("Record this consent")
    look(me, "student-consent-error", DIAGONAL)
    me.page.get_by_label("Parents consented on").fill("11/23/2026")
    me.send("Record this consent")
    expect(me.page.get_by_role("status").first).to_contain_text("Consent is recorded")
    expect(me.button("Record this consent")).not_to_be_visible()
    look(me, "student-consented", DIAGONAL)


def test_secs_report_is_narrowed_by_its_own_numbers(visitor: Visitor) -> None:
    me = visitor("coordinator2", answers=REFUSED)
    me.room("SEC report")
    look(me, "sec-report", VIEWS)
    receiving = me.page.locator(".tile", has_text="Receiving")
    count = int(receiving.locator(".tile-figure").inner_text())
    receiving.click()
    expect(me.page.locator(".filter")).to_contain_text("SEC says: Receiving")
    assert me.rows_on_all_pages() == count
    me.open("/reports/sec/?on=2026-11-20")
    look(me, "sec-report-past", DIAGONAL)
    me.open("/reports/sec/?show=differs")
    look(me, "sec-report-differs", DIAGONAL)
    me.open("/reports/sec/?on=2026-11-11")  # Veterans Day, without school
    look(me, "sec-report-closed", DIAGONAL)
    me.open("/reports/sec/?on=2099-01-01")
    expect(me.page.locator(".error-summary")).to_contain_text("a day to come")
    look(me, "sec-report-error", DIAGONAL)


def test_orcs_asks_for_a_school_by_its_dbn(visitor: Visitor) -> None:
    me = visitor("orcs", answers=REFUSED)
    me.room("SEC report")
    look(me, "sec-report-asks", DIAGONAL)
    me.page.get_by_label("School's DBN").fill("15k999")
    me.send("Show this report")
    expect(me.page.locator(".lede")).to_contain_text("15K999")
