"""Before any school year has begun a provider's pages say so plainly, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from caseloads.models import Call
from providers.kinds import Role
from providers.models import SchoolYear
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.filling import CHANGE, NEW, RECORD, typed
from tests.caseloads.views.pages import carried, main, records
from tests.caseloads.views.people import as_provider

SAID = "No school year has begun here yet"


@pytest.fixture
def client(here: Scene) -> Client:
    """Give a provider's browser in a portal whose first school year begins in the future."""
    SchoolYear.objects.update(starts=build.TODAY.replace(year=2027), ends=build.TODAY.replace(year=2028))
    return as_provider(here.provider)


@pytest.mark.parametrize("url", ["/caseload/", "/caseload/?tab=open", NEW, f"{NEW}?assignment=1"])
def test_a_page_says_so_and_shows_no_student(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    text = main(answer)
    assert SAID in text
    assert "The administrator enters the school year" in text
    assert "(718) 935-2985" in text
    assert records() == []


@pytest.mark.parametrize("url", [NEW, CHANGE, RECORD])
def test_a_form_that_is_sent_is_not_recorded_and_not_lost(here: Scene, client: Client, url: str) -> None:
    answer = client.post(url, typed(here.osis))
    assert answer.status_code == 409
    text = main(answer)
    assert SAID in text
    assert "What you typed was not recorded." in text
    assert f"OSIS number {here.osis}" in text
    assert not Call.objects.exists()
    kept = carried(answer, CHANGE)
    build.school_year()
    again = client.post(CHANGE, kept)
    assert again.status_code == 200
    assert again.context["form"]["osis"].value() == str(here.osis)
    assert again.context["form"]["session_on"].value() == "11/24/2026"


@pytest.mark.parametrize("url", [NEW, RECORD])
def test_an_empty_form_is_answered_too(client: Client, url: str) -> None:
    answer = client.post(url, {})
    assert answer.status_code == 409
    assert "What you typed" not in main(answer)


def test_with_no_school_year_at_all_it_is_the_same(client: Client) -> None:
    SchoolYear.objects.all().delete()
    for url in ("/caseload/", NEW):
        assert SAID in main(client.get(url))


def test_a_nurse_is_told_that_she_need_not_call_whatever_the_year(client: Client, here: Scene) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    assert "Not needed: nurses do not call" in main(as_provider(nurse).get(NEW))


def test_on_the_first_day_of_the_year_the_pages_are_there(client: Client) -> None:
    SchoolYear.objects.update(starts=build.TODAY)
    for url in ("/caseload/", NEW):
        assert SAID not in main(client.get(url))
