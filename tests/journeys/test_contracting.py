"""ORCS contracts out: from a vacancy to the transmittal, after which a refused call becomes possible (R8, R12, R15)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import SOON, Visit
from tests.journeys.browser import PHONE
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look

KOFI, OT = "900012121", "Occupational therapy"
TODAY = "11/24/2026"
THEIRS = "Kofi Mensah-Drummond"


def open_vacancy(me: Visit, what: str, school: str = "15K999") -> None:
    """Open the first open vacancy of a service, language and school from the list."""
    me.open(f"/vacancies/?tab=open&school={school}")
    me.page.get_by_role("link", name=what).first.click()
    expect(me.heading).to_have_text(what)


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
    provider.open("/caseload/")
    expect(provider.row(THEIRS)).to_contain_text("You may call now")
    number = provider.record(KOFI, OT, TODAY)
    expect(provider.stop("sesis")).to_contain_text("Taken", timeout=SOON)
    assert re.fullmatch(r"\d{8}", number)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_from_the_report_to_the_agencys_acceptance(visitor: Visitor, width: int) -> None:
    orcs = visitor("orcs", width=width)
    open_vacancy(orcs, "Speech-language, Spanish")
    expect(orcs.row("Copper Beech Speech and Language")).to_contain_text("Asked")
    orcs.row("Copper Beech Speech and Language").get_by_role("button", name="It declines").click()
    expect(orcs.page.get_by_role("status").filter(has_text="declined")).to_be_visible()
    expect(orcs.page.locator(".act")).to_contain_text("All agencies declined")
    expect(orcs.page.locator(".act")).to_contain_text("RSA is on hold (R13)")
    orcs.page.get_by_role("link", name="RSA letter").click()
    expect(orcs.heading).to_have_text("Not now: no RSA providers in school buildings")


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


def test_a_head_at_the_wrong_door_and_at_the_right_one(visitor: Visitor) -> None:
    head = visitor("head", answers=frozenset({403}))
    head.room("Access")
    head.page.get_by_role("link", name="Add somebody to Galaxy").click()
    head.page.get_by_label("Provider id").fill("840017")
    head.send("Add to Galaxy")
    expect(head.heading).to_have_text("Galaxy is for DOE staff only")
    expect(head.page.locator("main")).to_contain_text("This attempt is on record.")
    head.open("/access/galaxy/")
    head.page.get_by_label("Provider id").fill("310197")
    head.send("Add to Galaxy")
    expect(head.page.get_by_role("status").filter(has_text="Greta Oyelaran is on the Galaxy list")).to_be_visible()


def test_orcs_lifts_the_hold_with_a_reason(visitor: Visitor) -> None:
    orcs = visitor("orcs", answers=frozenset({422}))
    orcs.open("/rsa-hold/")
    orcs.page.get_by_label("Lift the hold: RSA providers may start").check()
    orcs.page.get_by_label("From which day").fill("11/23/2026")
    orcs.page.get_by_label("Reason").fill("Contracts are in place.")
    orcs.send("Switch the hold")
    expect(orcs.page.locator(".error-summary")).to_contain_text("The day must be today")
    orcs.page.get_by_label("From which day").fill(TODAY)
    orcs.send("Switch the hold")
    expect(orcs.page.get_by_role("status").filter(has_text="The hold is lifted from")).to_be_visible()
    expect(orcs.page.locator("main")).to_contain_text("Philippa Norgaard-Diop")


STATES = {
    "coordinator": (
        "/vacancies/",
        "/vacancies/?tab=closed",
        "/vacancies/new/?school=15K999&service=speech&language=spanish",
        "/assign/",
        "/assign/?tab=served",
        "/access/",
    ),
    "coordinator2": ("/access/",),
    "orcs": ("/vacancies/", "/vacancies/?tab=open&sort=minutes", "/contacts/", "/rsa-hold/", "/assign/", "/access/"),
    "agency": ("/vacancies/", "/vacancies/?tab=open", "/access/"),
    "head": ("/vacancies/new/", "/access/", "/access/galaxy/"),
    "auditor": ("/vacancies/?tab=open", "/rsa-hold/"),
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
    for act in ("letter/", "students/", "close/"):
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
