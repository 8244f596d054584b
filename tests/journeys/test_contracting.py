"""ORCS contracts out: from a vacancy to the transmittal, after which a refused call becomes possible (R8, R12, R15)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import SOON, Visit
from tests.journeys.browser import DESKTOP, PHONE
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look

KESTREL, COPPER = "Kestrel Lane Therapies", "Copper Beech Speech and Language"
KOFI, OT = "900012121", "Occupational therapy"
TODAY = "11/24/2026"
THEIRS = "Kofi Mensah-Drummond"


def open_vacancy(me: Visit, what: str, school: str = "15K999") -> None:
    """Open the first open vacancy of a service, language and school from the list."""
    me.open(f"/vacancies/?tab=open&school={school}")
    me.page.get_by_role("link", name=what).first.click()
    expect(me.heading).to_have_text(what)


def answer_for(orcs: Visit, agency: str, words: str, said: str) -> None:
    """Enter an agency's answer, or offer it the vacancy, from the table of agencies."""
    with orcs.page.expect_event("load"):
        orcs.row(agency).get_by_role("button", name=words).click()
    expect(orcs.row(agency)).to_contain_text(said)


def test_the_transmittal_makes_the_refused_call_possible(visitor: Visitor) -> None:
    provider = visitor("agencyprovider")
    provider.ask(KOFI, OT, TODAY)
    expect(provider.page.get_by_role("heading", name="Not yet: your agency has no transmittal")).to_be_visible()
    orcs = visitor("orcs")
    orcs.room("Vacancies")
    orcs.tab("To act on").click()
    open_vacancy(orcs, "Occupational therapy, English")
    orcs.send("Send the transmittal for 1 student")
    expect(orcs.page.get_by_role("status").filter(has_text="Transmittal processed for 1 student")).to_be_visible()
    look(orcs, "contracting-vacancy-transmitted", DIAGONAL)
    provider.open("/caseload/")
    expect(provider.row(THEIRS)).to_contain_text("You may call now")
    provider.record(KOFI, OT, TODAY)
    expect(provider.stop("sesis")).to_contain_text("Taken", timeout=SOON)
    orcs.move_clock("night")
    expect(provider.stop("sesis")).to_contain_text("On the caseload", timeout=SOON)
    expect(provider.stop("cap")).to_contain_text("Mandate marked as first attended", timeout=SOON)
    orcs.move_clock("night")
    expect(provider.stop("sec")).to_contain_text("The report shows it", timeout=SOON)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_orcs_logs_a_vacancy_for_a_school_asks_the_agencies_and_sends_the_transmittal(
    visitor: Visitor, width: int
) -> None:
    orcs = visitor("orcs", width=width)
    orcs.open("/vacancies/new/?school=15K999&service=physical-therapy&language=english")
    orcs.page.get_by_role("checkbox").first.check()
    orcs.page.get_by_label("Unserved since").fill("11/16/2026")
    orcs.send("Check your answers")
    expect(orcs.page.locator("main")).to_contain_text("Logged by ORCS on the school's behalf (R15)")
    orcs.send("Log this vacancy")
    expect(orcs.page.locator(".timeline").first).to_contain_text("by ORCS on the school's behalf")
    vacancy = orcs.page.url
    agencies = orcs.page.get_by_role("table", name="Agencies").locator("tbody .name")
    names = [agencies.nth(at).inner_text() for at in range(agencies.count())]
    for name in names:
        answer_for(orcs, name, "Offer it", "Asked")
        if name != KESTREL:
            answer_for(orcs, name, "It declines", "Declined")
    agency = visitor("agency", width=width)
    agency.open(vacancy)
    expect(agency.page.locator("main")).to_contain_text("Who they are is seen once the transmittal is sent (R8).")
    agency.send("Accept")
    orcs.open(vacancy)
    expect(orcs.row(KESTREL)).to_contain_text("Accepted")
    orcs.send("Send the transmittal for 1 student")
    expect(orcs.page.get_by_role("status").filter(has_text="Transmittal processed for 1 student")).to_be_visible()
    agency.open(vacancy)
    expect(agency.page.get_by_role("table", name="Students").locator("tbody .name")).to_have_count(1)


def test_a_letter_waits_for_the_hold_and_for_every_agencys_decline(visitor: Visitor) -> None:
    orcs = visitor("orcs", answers=frozenset({409, 422}))
    open_vacancy(orcs, "Speech-language, Spanish")
    vacancy = orcs.page.url
    orcs.page.get_by_role("link", name="RSA letter").click()
    expect(orcs.heading).to_have_text("Not now: no RSA providers in school buildings")
    look(orcs, "contracting-letter-hold", DIAGONAL)
    orcs.open("/rsa-hold/")
    orcs.page.get_by_label("Lift the hold: RSA providers may start").check()
    orcs.page.get_by_label("From which day").fill("11/23/2026")
    orcs.page.get_by_label("Reason").fill("Contracts are in place.")
    orcs.send("Switch the hold")
    expect(orcs.page.locator(".error-summary")).to_contain_text("The day must be today")
    look(orcs, "contracting-hold-error", DIAGONAL)
    orcs.page.get_by_label("From which day").fill(TODAY)
    orcs.send("Switch the hold")
    expect(orcs.page.get_by_role("status").filter(has_text="The hold is lifted from")).to_be_visible()
    expect(orcs.page.locator(".timeline")).to_contain_text(
        re.compile("Contracts are in place.*Philippa Norgaard-Diop, today")
    )
    orcs.open(f"{vacancy}letter/")
    expect(orcs.page.locator(".interruption")).to_contain_text(COPPER)
    orcs.open(vacancy)
    answer_for(orcs, COPPER, "It declines", "Declined")
    expect(orcs.page.locator(".act")).to_contain_text("All agencies declined")
    orcs.page.get_by_role("link", name="Process an RSA letter").click()
    expect(orcs.button("Process this letter")).to_be_visible()
    look(orcs, "contracting-letter", DIAGONAL)


def test_the_designee_reports_a_vacancy_and_the_agency_accepts_it(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.open("/vacancies/new/")
    kinds = me.page.get_by_role("link", name=re.compile("Counseling|Speech|Occupational|Physical|Vision|Hearing"))
    kinds.first.click()
    me.page.get_by_role("checkbox").first.check()
    me.page.get_by_label("Unserved since").fill("11/9/2026")
    me.send("Check your answers")
    expect(me.heading).to_have_text("Check your answers")
    expect(me.page.locator("main")).to_contain_text("Bernadette Kowalczyk-Ruiz, related-services@15k999.example")
    me.send("Log this vacancy")
    expect(me.page.get_by_role("status").filter(has_text="Logged as V-")).to_be_visible()


def test_an_evaluation_meets_an_interruption(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.open("/vacancies/new/")
    me.page.get_by_role("combobox", name="Service", exact=True).select_option(label="Evaluation")
    me.send("Check your answers")
    expect(me.heading).to_have_text("Evaluations go through SESIS")
    expect(me.page.locator("main")).to_contain_text("Nothing was sent to an agency.")


STATES = {
    "coordinator": (
        "/vacancies/?tab=closed",
        "/vacancies/new/?school=15K999&service=speech&language=spanish",
        "/assign/",
        "/assign/?tab=served",
        "/access/",
    ),
    "orcs": ("/vacancies/?tab=open&sort=minutes", "/contacts/", "/rsa-hold/", "/assign/"),
    "agency": ("/vacancies/", "/access/"),
    "auditor": ("/rsa-hold/",),
}


@pytest.mark.parametrize("username", STATES)
def test_pages_of(visitor: Visitor, username: str) -> None:
    person = visitor(username)
    for address in STATES[username]:
        person.open(address)
        look(person, f"contracting-{username}{re.sub('[/?&=]+', '-', address)}", DIAGONAL)


def test_states_of_one_vacancy(visitor: Visitor) -> None:
    orcs = visitor("orcs", answers=frozenset({409, 422}))
    open_vacancy(orcs, "Occupational therapy, English")
    look(orcs, "contracting-vacancy-accepted", DIAGONAL)
    open_vacancy(orcs, "Speech-language, Spanish")
    look(orcs, "contracting-vacancy-offered", DIAGONAL)
    vacancy = orcs.page.url
    for act in ("students/", "close/"):
        orcs.open(f"{vacancy}{act}")
        look(orcs, f"contracting-vacancy-{act.strip('/')}", DIAGONAL)
    agency = visitor("agency")
    open_vacancy(agency, "Occupational therapy, English")
    look(agency, "contracting-vacancy-agency", DIAGONAL)


def test_states_of_the_forms(visitor: Visitor) -> None:
    me = visitor("coordinator", answers=frozenset({422}))
    me.open("/vacancies/new/?school=15K999&service=counseling&language=english")
    me.send("Check your answers")
    look(me, "contracting-vacancy-new-errors", DIAGONAL)
    me.open("/assign/")
    me.page.get_by_role("link", name=re.compile("^Assign somebody to")).first.click()
    look(me, "contracting-assign-choose", DIAGONAL)
    me.send(me.page.get_by_role("button", name=re.compile("^Assign ")).inner_text())
    look(me, "contracting-assign-errors", DIAGONAL)
    me.open("/vacancies/new/")
    me.page.get_by_role("combobox", name="Service", exact=True).select_option(label="Evaluation")
    me.send("Check your answers")
    look(me, "contracting-vacancy-stop", DIAGONAL)
