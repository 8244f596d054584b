"""The page on access: who sees whom, who may do what, and what is said at the wrong door (R6, R9)."""

from __future__ import annotations

import pytest
from django.test import Client

from orcs_portal.audit.models import AccessRecord
from providers.kinds import Affiliation, Borough
from providers.models import AccessGrant, AccessRequest, GalaxyListing, PetsListing, Placement, School
from tests import build
from tests.caseloads.views.pages import main, rows
from tests.caseloads.views.people import (
    as_administrator,
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_orcs,
    as_provider,
)
from tests.providers.workplace import in_galaxy, in_pets, place

pytestmark = pytest.mark.django_db
ACCESS, GALAXY = "/access/", "/access/galaxy/"


@pytest.fixture
def school() -> School:
    return build.school()


def act(where: Placement, name: str) -> str:
    """Return the address of an act on a place."""
    return f"/access/places/{where.pk}/{name}/"


def test_the_school_orcs_and_an_auditor_see_who_lacks_access_and_why(school: School) -> None:
    where = place(school)
    wide = (as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor())
    for client in (as_coordinator(school), as_head(school), *wide):
        said = main(client.get(ACCESS))
        assert where.provider.full_name in said
        assert "Not on the school's Galaxy list (R6)." in said


def test_another_school_another_borough_and_another_agency_do_not(school: School) -> None:
    place(school)
    for client in (as_coordinator(build.school()), as_orcs(Borough.QUEENS), as_agency(build.agency())):
        answer = client.get(ACCESS)
        assert (answer.status_code, rows(answer)) == (200, 0)
        assert "Everybody who works here is in SESIS" in main(answer)


def test_providers_and_administrators_have_no_such_page(school: School) -> None:
    therapist = place(school).provider
    assert [one.get(ACCESS).status_code for one in (as_provider(therapist), as_administrator())] == [404, 404]
    assert Client().get(ACCESS).headers["Location"] == "/sign-in/?next=/access/"


def test_a_coordinator_asks_the_head_who_adds_the_therapist_in_one_click(school: School) -> None:
    where = place(school)
    assert "Ask the head" in main(as_coordinator(school).get(ACCESS))
    asked = as_coordinator(school).post(act(where, "ask"), {"route": "galaxy"}, follow=True)
    assert "Asked that" in main(asked)
    assert f"Asked for {1}" in main(asked)
    head = as_head(school)
    assert "Add to Galaxy" in main(head.get(ACCESS))
    added = head.post(act(where, "galaxy"), follow=True)
    assert f"is on the Galaxy list of {school.dbn}. SESIS opens for them by tomorrow, 7:41 am." in main(added)
    assert "Opens by itself By tomorrow, 7:41 am." in main(added)
    assert AccessRequest.objects.get().granted is True


def test_a_coordinator_adds_nobody_to_galaxy(school: School) -> None:
    where = place(school)
    client = as_coordinator(school)
    assert client.post(act(where, "galaxy")).status_code == 404
    assert client.get(GALAXY).status_code == 404
    assert not AccessGrant.objects.exists()


def test_the_head_of_another_school_adds_nobody_here(school: School) -> None:
    where = place(school)
    assert as_head(build.school()).post(act(where, "galaxy")).status_code == 404
    assert as_orcs().post(act(where, "galaxy")).status_code == 404
    assert not AccessGrant.objects.exists()


@pytest.mark.parametrize("affiliation", [Affiliation.AGENCY, Affiliation.RSA])
def test_at_galaxys_door_a_non_doe_provider_meets_an_interruption_and_the_attempt_is_on_record(
    school: School, affiliation: Affiliation
) -> None:
    where = place(school, affiliation)
    head = as_head(school)
    for answer in (
        head.post(act(where, "galaxy")),
        head.post(act(where, "ask"), {"route": "galaxy"}),
        head.post(GALAXY, {"school": school.pk, "number": where.provider.number}),
    ):
        assert answer.status_code == 403
        assert "Galaxy is for DOE staff only" in main(answer)
        assert "This attempt is on record." in main(answer)
    attempts = AccessRecord.objects.filter(kind="provider", object_id=where.provider_id)
    assert [one.purpose for one in attempts] == ["Refused at the wrong door, Galaxy (R9)"] * 3
    assert [row.objects.count() for row in (AccessGrant, GalaxyListing, AccessRequest)] == [0, 0, 0]


def test_nobody_from_outside_the_doe_is_offered_galaxy(school: School) -> None:
    place(school, Affiliation.AGENCY)
    said = main(as_head(school).get(ACCESS))
    assert "Ask the agency" in said
    assert "Add to Galaxy" not in said


def test_the_agency_asks_the_central_office_and_orcs_registers(school: School) -> None:
    agency = build.agency()
    where = place(school, Affiliation.AGENCY, of=agency)
    as_coordinator(school).post(act(where, "ask"), {"route": "pets"})
    request = AccessRequest.objects.get()
    orcs = as_orcs(Borough.BROOKLYN)
    assert "Register in PETS" not in main(orcs.get(ACCESS))
    refused = orcs.post(f"/access/requests/{request.pk}/register/")
    assert refused.status_code == 403
    assert "Not yet: the agency has not asked" in main(refused)
    representative = as_agency(agency)
    assert "Ask the central office" in main(representative.get(ACCESS))
    passed = representative.post(act(where, "pets"), follow=True)
    assert "Asked the central office to register" in main(passed)
    assert "ORCS, as the central office" in main(passed)
    assert "Register in PETS" in main(orcs.get(ACCESS))
    done = orcs.post(f"/access/requests/{request.pk}/register/", follow=True)
    assert "is registered in PETS" in main(done)
    assert rows(done) == 0
    assert PetsListing.objects.get().active


def test_an_agency_asks_for_its_own_people_only(school: School) -> None:
    where = place(school, Affiliation.AGENCY)
    assert as_agency(build.agency()).post(act(where, "pets")).status_code == 404
    assert as_coordinator(school).post(act(where, "pets")).status_code == 404
    assert as_orcs().post(act(where, "pets")).status_code == 404
    assert not AccessRequest.objects.exists()


def test_orcs_asks_and_registers_for_an_independent_provider(school: School) -> None:
    where = place(school, Affiliation.RSA)
    assert "Ask ORCS" in main(as_coordinator(school).get(ACCESS))
    orcs = as_orcs()
    orcs.post(act(where, "pets"))
    orcs.post(f"/access/requests/{AccessRequest.objects.get().pk}/register/")
    assert AccessGrant.objects.get().provider == where.provider


def test_only_orcs_registers_and_only_in_its_borough(school: School) -> None:
    agency = build.agency()
    where = place(school, Affiliation.AGENCY, of=agency)
    representative = as_agency(agency)
    representative.post(act(where, "pets"))
    url = f"/access/requests/{AccessRequest.objects.get().pk}/register/"
    for client in (representative, as_coordinator(school), as_head(school), as_orcs(Borough.BRONX), as_auditor()):
        assert client.post(url).status_code == 404
    assert not PetsListing.objects.exists()


def test_the_head_takes_somebody_off_galaxys_list_and_nobody_else_does(school: School) -> None:
    listing = in_galaxy(build.provider(Affiliation.RSA), school)
    url = f"/access/listings/{listing.pk}/remove/"
    said = main(as_coordinator(school).get(ACCESS))
    assert "On a Galaxy list, though not DOE staff" in said
    assert "The head of school removes the line." in said
    for client in (as_coordinator(school), as_orcs(), as_head(build.school()), as_auditor()):
        assert client.post(url).status_code == 404
    gone = as_head(school).post(url, follow=True)
    assert f"is off the Galaxy list of {school.dbn}" in main(gone)
    assert "though not DOE staff" not in main(gone)
    assert as_head(school).post(url).status_code == 404


def test_a_line_of_doe_staff_is_not_removed_here(school: School) -> None:
    listing = in_galaxy(build.provider(at=school), school)
    assert as_head(school).post(f"/access/listings/{listing.pk}/remove/").status_code == 404


def test_the_head_adds_somebody_by_number(school: School) -> None:
    itinerant = build.provider(name="Test Itinerant")
    head = as_head(school)
    assert "Add somebody to Galaxy" in main(head.get(ACCESS))
    assert head.get(GALAXY).status_code == 200
    typed = f"{itinerant.number}"[:3] + " " + f"{itinerant.number}"[3:]
    done = head.post(GALAXY, {"school": school.pk, "number": typed}, follow=True)
    assert "Test Itinerant is on the Galaxy list" in main(done)
    assert Placement.objects.get(provider=itinerant).school == school


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Enter the provider id"),
        ("12345", "Enter a provider id of six to nine digits"),
        ("x" * 41, "Enter a provider id of six to nine digits"),
        ("\x00", "Enter a provider id of six to nine digits"),
        ("999 999 999", "Nobody has this provider id"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays_as_typed(school: School, number: str, said: str) -> None:
    answer = as_head(school).post(GALAXY, {"school": school.pk, "number": number})
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"][0].startswith(said)
    assert answer.context["form"]["number"].value() == number
    assert not AccessGrant.objects.exists()


def test_a_strangers_school_is_not_among_the_heads(school: School) -> None:
    stranger, itinerant = build.school(), build.provider()
    answer = as_head(school).post(GALAXY, {"school": stranger.pk, "number": itinerant.number})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["school"]


@pytest.mark.parametrize("route", ["", "x", "phone", "\x00"])
def test_a_route_that_is_none_is_not_there(school: School, route: str) -> None:
    assert as_coordinator(school).post(act(place(school), "ask"), {"route": route}).status_code == 404


def test_every_tab_holds_as_many_rows_as_it_says(school: School) -> None:
    for number in range(30):
        where = place(school, Affiliation.AGENCY if number % 3 else Affiliation.DOE)
        if number % 2:
            as_coordinator(school).post(act(where, "ask"), {"route": "pets" if number % 3 else "galaxy"})
    client = as_coordinator(school)
    tabs = client.get(ACCESS).context["tabs"]
    for tab in tabs:
        count, url = 0, tab["url"]
        while url:
            answer = client.get(url)
            count += rows(answer)
            url = answer.context["pager"]["next_url"] if answer.context["pager"] else ""
        assert count == tab["count"]
    assert [tab["count"] for tab in tabs] == [30, 15, 15, 0]


def test_a_wide_reader_narrows_the_list_to_a_school(school: School) -> None:
    place(school)
    other = place(build.school())
    answer = as_orcs().get(ACCESS, {"school": school.dbn.lower()})
    assert rows(answer) == 1
    assert other.provider.full_name not in main(answer)
    assert rows(as_orcs().get(ACCESS, {"school": "\x00"})) == 2


@pytest.mark.parametrize("number", [2, 12])
def test_the_page_costs_the_same_whatever_its_length(
    school: School, number: int, django_assert_num_queries: object
) -> None:
    for _ in range(number):
        place(school)
        in_pets(place(school, Affiliation.AGENCY).provider)
        in_galaxy(build.provider(Affiliation.RSA), school)
    client = as_head(school)
    with django_assert_num_queries(17):  # type: ignore[operator] # pytest-django's fixture
        client.get(ACCESS)
