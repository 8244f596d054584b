"""Ending an assignment, and what the lists of it hold and cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.models import Assignment
from providers.kinds import Borough, Service
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import as_designee_of, as_stranger_of_orcs
from tests.caseloads.views.pages import main, rows
from tests.caseloads.views.people import (
    as_auditor,
    as_coordinator,
    as_head,
    as_orcs,
)

ASSIGN, CHOOSE, RECORD = "/assign/", "/assign/choose/", "/assign/record/"
DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def names(here: Bench) -> list[str]:
    return [line.student.full_name for line in here.lines]


def served(here: Bench) -> Assignment:
    return build.assignment(build.provider(name="Test Therapist"), here.lines[0])


def test_an_assignment_is_ended_with_a_date(here: Bench) -> None:
    row = served(here)
    client = as_head(here.school)
    listed = client.get(ASSIGN, {"tab": "served"})
    assert rows(listed) == 1
    assert "Test Therapist" in main(listed)
    url = f"{ASSIGN}{row.pk}/end/"
    assert f"Test Therapist for {names(here)[0]}" in main(client.get(url))
    done = client.post(url, {"last_day": "12/18/2026"}, follow=True)
    assert "Test Therapist serves until Dec 18." in main(done)
    row.refresh_from_db()
    assert f"{row.ends}" == "2026-12-18"


@pytest.mark.parametrize(
    ("last_day", "said"),
    [("", "Enter the last day"), ("x", "Enter the date"), ("08/31/2026", "The last day must be Sep 1, the first one")],
)
def test_a_last_day_that_cannot_be_is_said(here: Bench, last_day: str, said: str) -> None:
    row = served(here)
    answer = as_head(here.school).post(f"{ASSIGN}{row.pk}/end/", {"last_day": last_day})
    assert answer.status_code == 422
    assert answer.context["form"].errors["last_day"][0].replace("\N{NO-BREAK SPACE}", " ").startswith(said)


def test_a_strangers_assignment_and_one_that_is_over_are_not_there(here: Bench) -> None:
    row = served(here)
    url = f"{ASSIGN}{row.pk}/end/"
    for client in (as_coordinator(build.school()), as_stranger_of_orcs(), as_orcs(Borough.BRONX), as_auditor()):
        assert client.get(url).status_code == 404
        assert client.post(url, {"last_day": "11/24/2026"}).status_code == 404
    Assignment.objects.update(ends=build.TODAY - DAY)
    assert as_head(here.school).get(url).status_code == 404


def test_tabs_and_pages_hold_as_many_as_they_say(here: Bench) -> None:
    for number in range(60):
        line = build.mandated(here.school, list(Service)[number % 7])
        if number % 3 == 0:
            build.assignment(build.provider(), line)
    client = as_designee_of(here)
    answer = client.get(ASSIGN)
    tabs = answer.context["tabs"]
    assert [tab["count"] for tab in tabs] == [42, 20]
    for tab in tabs:
        count, url = 0, tab["url"]
        while url:
            shown = client.get(url)
            groups, serving = shown.context.get("groups", []), shown.context.get("serving", [])
            count += sum(len(group["rows"]) for group in groups) + len(serving)
            url = shown.context["pager"]["next_url"]
        assert count == tab["count"]


@pytest.mark.parametrize("number", [3, 25])
def test_the_pages_cost_the_same_whatever_their_length(
    number: int, db: None, django_assert_num_queries: object
) -> None:
    here = bench(students=number)
    for _ in range(number):
        build.provider(at=here.school)
        build.assignment(build.provider(), build.mandated(here.school, Service.COUNSELING))
    client = as_designee_of(here)
    with django_assert_num_queries(21):  # type: ignore[operator] # pytest-django's fixture
        client.get(ASSIGN)
    with django_assert_num_queries(12):  # type: ignore[operator] # as above
        client.get(ASSIGN, {"tab": "served"})
    with django_assert_num_queries(16):  # type: ignore[operator] # as above
        client.get(f"{ASSIGN}mandates/{here.ids[0]}/")
