"""Contacts: rows that ORCS changes for its own boroughs and nobody else sees (R12, R15)."""

from __future__ import annotations

import pytest

from providers.kinds import Borough
from providers.models import Contact
from tests import build
from tests.caseloads.views.pages import main, rows
from tests.caseloads.views.people import as_auditor, as_coordinator, as_designee, as_head, as_orcs

pytestmark = pytest.mark.django_db
CONTACTS = "/contacts/"
WHO = {"full_name": "Test Contact", "email": "related-services@school.example", "phone": "555 0100"}


def test_orcs_names_a_schools_contact_and_the_list_says_who_it_is() -> None:
    school, orcs = build.school(), as_orcs(Borough.BROOKLYN)
    assert "Nobody on record" in main(orcs.get(CONTACTS))
    done = main(orcs.post(f"{CONTACTS}schools/{school.pk}/", WHO, follow=True))
    assert "Test Contact related-services@school.example, 555 0100" in done
    row = Contact.objects.get()
    assert (row.school, row.borough, row.set_at) == (school, None, build.NOW)


def test_orcs_names_its_own_contact_for_a_borough() -> None:
    orcs = as_orcs(Borough.BROOKLYN)
    done = main(orcs.post(f"{CONTACTS}orcs/?borough=brooklyn", WHO, follow=True))
    assert "Brooklyn Test Contact, related-services@school.example" in done
    assert Contact.objects.get().borough == Borough.BROOKLYN


def test_the_form_shows_who_it_is_now() -> None:
    school, orcs = build.school(), as_orcs()
    url = f"{CONTACTS}schools/{school.pk}/"
    orcs.post(url, WHO)
    form = orcs.get(url).context["form"]
    assert {name: form[name].value() for name in WHO} == WHO


def test_another_borough_and_another_boroughs_school_are_not_there() -> None:
    school, queens = build.school(), as_orcs(Borough.QUEENS)
    for url in (
        f"{CONTACTS}schools/{school.pk}/",
        f"{CONTACTS}orcs/?borough=brooklyn",
        f"{CONTACTS}orcs/?borough=nowhere",
    ):
        assert queens.get(url).status_code == 404
        assert queens.post(url, WHO).status_code == 404
    assert rows(queens.get(CONTACTS)) == 0
    assert not Contact.objects.exists()


def test_nobody_but_orcs_sees_or_changes_contacts() -> None:
    school = build.school()
    for client in (as_coordinator(school), as_designee(school), as_head(school), as_auditor()):
        for url in (CONTACTS, f"{CONTACTS}schools/{school.pk}/", f"{CONTACTS}orcs/?borough=brooklyn"):
            assert client.get(url).status_code == 404
        assert client.post(f"{CONTACTS}schools/{school.pk}/", WHO).status_code == 404
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("full_name", "", "Enter the contact's name"),
        ("full_name", "a" * 151, "Enter a name of at most 150 letters"),
        ("full_name", "\x00", "Take out the signs"),
        ("email", "", "Enter the contact's e-mail address"),
        ("email", "nobody", "Enter an e-mail address"),
        ("email", "a@b.example\nBcc: c@d.example", "Enter an e-mail address"),
        ("phone", "5" * 31, "Enter a phone number of at most 30 signs"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(field: str, value: str, said: str) -> None:
    school = build.school()
    answer = as_orcs().post(f"{CONTACTS}schools/{school.pk}/", WHO | {field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(said)
    assert not Contact.objects.exists()


def test_schools_are_found_by_the_beginning_of_their_dbn_and_paged() -> None:
    for number in range(30):
        build.school(f"20K{number:03}")
    build.school("15K321")
    orcs = as_orcs()
    assert rows(orcs.get(CONTACTS)) == 25
    assert rows(orcs.get(orcs.get(CONTACTS).context["pager"]["next_url"])) == 6
    assert rows(orcs.get(CONTACTS, {"dbn": "15k"})) == 1
    assert "No school of yours has a DBN that begins with 99" in main(orcs.get(CONTACTS, {"dbn": "99"}))


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_its_length(number: int, django_assert_num_queries: object) -> None:
    orcs = as_orcs(Borough.BROOKLYN)
    for _ in range(number):
        orcs.post(f"{CONTACTS}schools/{build.school().pk}/", WHO)
    with django_assert_num_queries(12):  # type: ignore[operator] # pytest-django's fixture
        orcs.get(CONTACTS)
