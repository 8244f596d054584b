"""How a vacancy ends: an RSA letter (R8, R13), students added, withdrawn or filled (R15)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.models import RsaLetter, Vacancy
from providers.kinds import Affiliation
from providers.models import PolicySwitch
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import (
    as_agent_of,
    as_designee_of,
    as_orcs_of,
    as_stranger_of_orcs,
    page,
)
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import (
    as_auditor,
    as_coordinator,
    as_head,
)

DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def names(here: Bench) -> list[str]:
    return [line.student.full_name for line in here.lines]


def lift() -> None:
    """Lift the hold from today on."""
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD, starts=build.TODAY, on=False, reason="Test", set_at=build.NOW
    )


def letter(here: Bench, number: int) -> dict[str, object]:
    return {"student": here.students[0], "number": f"{number}", "approved": "11/20/2026"}


def declined(here: Bench) -> Vacancy:
    vacancy = here.log()
    for agency in (here.agency, here.other):
        here.answer(here.offer(vacancy, agency), accepted=False)
    return vacancy


def test_under_the_hold_the_letters_page_is_an_interruption(here: Bench) -> None:
    vacancy, alone = declined(here), build.provider(Affiliation.RSA)
    client = as_orcs_of(here)
    assert "Not now: no RSA providers in school buildings" in main(client.get(page(vacancy, "letter/")))
    answer = client.post(page(vacancy, "letter/"), letter(here, alone.number))
    assert answer.status_code == 409
    assert not RsaLetter.objects.exists()


def test_an_agency_that_has_not_declined_is_named(here: Bench) -> None:
    lift()
    vacancy = here.log()
    here.answer(here.offer(vacancy), accepted=False)
    said = main(as_orcs_of(here).get(page(vacancy, "letter/")))
    assert "Not yet: contracted agencies come first" in said
    assert f"Has not declined {here.other}" in said


def test_once_all_have_declined_the_letter_is_processed(here: Bench) -> None:
    lift()
    vacancy, alone = declined(here), build.provider(Affiliation.RSA, name="Test Alone")
    client = as_orcs_of(here)
    assert "Process an RSA letter" in main(client.get(page(vacancy)))
    assert names(here)[0] in main(client.get(page(vacancy, "letter/")))
    done = client.post(page(vacancy, "letter/"), letter(here, alone.number), follow=True)
    assert "Approval letter of Test Alone processed." in main(done)
    assert RsaLetter.objects.get().processed_by == here.orcs


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"student": ""}, "student", "Choose the student"),
        ({"student": "999999"}, "student", "Choose a student who waits here"),
        ({"number": "12"}, "number", "Enter a provider id of six to nine digits"),
        ({"number": "999999"}, "number", "Nobody has this provider id"),
        ({"approved": "11/25/2026"}, "approved", "The letter's day must be Nov 24 or before"),
        ({"approved": "x"}, "approved", "Enter the date as month, day and year"),
    ],
)
def test_what_cannot_be_processed_is_said_at_its_field(
    here: Bench, changes: dict[str, str], field: str, said: str
) -> None:
    lift()
    vacancy, alone = declined(here), build.provider(Affiliation.RSA)
    answer = as_orcs_of(here).post(page(vacancy, "letter/"), letter(here, alone.number) | changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    assert not RsaLetter.objects.exists()


def test_nobody_but_orcs_opens_the_letters_page(here: Bench) -> None:
    vacancy = here.log()
    for client in (as_designee_of(here), as_stranger_of_orcs(), as_agent_of(here), as_auditor()):
        assert client.get(page(vacancy, "letter/")).status_code == 404


def test_the_designee_adds_students_and_withdraws_it(here: Bench) -> None:
    vacancy = here.log(lines=here.lines[:1])
    me = as_designee_of(here)
    form = main(me.get(page(vacancy, "students/")))
    assert names(here)[1] in form
    assert names(here)[0] not in form
    added = me.post(page(vacancy, "students/"), {"mandates": here.ids[1:]}, follow=True)
    assert f"Added to {vacancy.number}." in main(added)
    assert ("vacancy-add", [here.lines[1].student_id], "Added to a vacancy", 2) in records()
    assert "Nobody is left to add" in main(me.get(page(vacancy, "students/")))
    closed = me.post(page(vacancy, "close/"), {"closing": "withdrawn"}, follow=True)
    assert f"{vacancy.number} is closed: withdrawn." in main(closed)
    assert "Nobody needs to act." in main(closed)
    again = me.post(page(vacancy, "close/"), {"closing": "filled"})
    assert again.status_code == 409
    assert "This vacancy has been closed" in main(again)


def test_what_is_not_ticked_or_chosen_is_said(here: Bench) -> None:
    vacancy = here.log(lines=here.lines[:1])
    me = as_designee_of(here)
    for act, fields in (
        ("students/", {}),
        ("students/", {"mandates": "x"}),
        ("close/", {}),
        ("close/", {"closing": "x"}),
    ):
        answer = me.post(page(vacancy, act), fields)
        assert answer.status_code == 422
        assert "There is a problem" in main(answer)


def test_colleagues_and_strangers_neither_add_nor_close(here: Bench) -> None:
    vacancy = here.log(lines=here.lines[:1])
    for client in (as_coordinator(here.school), as_head(here.school), as_stranger_of_orcs(), as_auditor()):
        for act in ("students/", "close/"):
            assert client.get(page(vacancy, act)).status_code == 404
            assert client.post(page(vacancy, act), {"closing": "filled", "mandates": here.ids}).status_code == 404
    vacancy.refresh_from_db()
    assert vacancy.closed is None


def test_after_it_is_closed_nothing_is_offered_to_do(here: Bench) -> None:
    vacancy = here.accepted()
    Vacancy.objects.update(closing=1, closed=build.NOW, closed_by=here.orcs)
    said = main(as_orcs_of(here).get(page(vacancy)))
    for act in ("Send the transmittal", "Offer it", "Add students", "Withdraw or close it"):
        assert act not in said
