"""A long list of vacancies: sorted by the minutes that were kept, page by page, while its rows show what waits now."""

from __future__ import annotations

from typing import Any

import pytest

from caseloads.contracting.lines import waiting_in, weigh
from caseloads.models import Assignment, Vacancy
from caseloads.queries import vacancies as queries
from compliance.reconcile.run import reconcile
from compliance.reconcile.touched import catch_up
from orcs_portal.shared.models import Touched
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import LIST, as_orcs_of
from tests.caseloads.views.pages import all_rows
from tests.caseloads.views.test_vacancies import more

SORTS = pytest.mark.parametrize("sort", ["age", "minutes", "school"])


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every list for a long one."""
    monkeypatch.setattr(queries, "LONG", 0)


def shown(here: Bench, sort: str, **more: str) -> list[dict[str, Any]]:
    """Return the rows of the first page."""
    rows: list[dict[str, Any]] = as_orcs_of(here).get(LIST, {"tab": "open", "sort": sort, **more}).context["rows"]
    return rows


@SORTS
def test_a_long_list_shows_the_same_rows_as_a_short_one(
    here: Bench, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    here.log()
    more(here, 29)
    weigh(build.TODAY)
    pages = [[(row["number"], row["minutes"]) for row in shown(here, sort, page=page)] for page in ("", "2")]
    lede = as_orcs_of(here).get(LIST, {"tab": "open"}).context["minutes"]
    monkeypatch.setattr(queries, "LONG", 0)
    assert [[(row["number"], row["minutes"]) for row in shown(here, sort, page=page)] for page in ("", "2")] == pages
    assert as_orcs_of(here).get(LIST, {"tab": "open"}).context["minutes"] == lede > 0


def test_weighing_keeps_what_waits_and_says_how_many_had_changed(here: Bench) -> None:
    vacancy = here.log()
    more(here, 3)
    assert weigh(build.TODAY) == 4
    assert weigh(build.TODAY) == 0
    kept = dict(Vacancy.objects.values_list("pk", "minutes"))
    assert kept == {key: one.minutes for key, one in waiting_in(list(kept), build.TODAY).items()}
    assert kept[vacancy.pk] == 180
    Assignment.objects.create(mandate_id=here.ids[0], provider=build.provider(), starts=build.TODAY)
    assert weigh(build.TODAY, students=[]) == 0
    assert weigh(build.TODAY, students=[here.students[0]]) == 1
    vacancy.refresh_from_db()
    assert vacancy.minutes == waiting_in([vacancy.pk], build.TODAY)[vacancy.pk].minutes == 180 - kept[vacancy.pk] // 2


def test_a_comparison_weighs_everything_and_later_what_was_touched(here: Bench) -> None:
    build.systems()
    vacancy = here.log()
    reconcile(as_of=build.NOW, now=build.REAL)
    vacancy.refresh_from_db()
    assert vacancy.minutes == 180
    for key in here.ids:
        Assignment.objects.create(mandate_id=key, provider=build.provider(), starts=build.TODAY)
    Touched.objects.create(kind=Touched.Kind.STUDENT, subject_id=here.students[0], at=build.NOW)
    catch_up(as_of=build.NOW, now=build.REAL)
    vacancy.refresh_from_db()
    assert vacancy.minutes == 0


def test_a_closed_one_is_not_weighed(here: Bench) -> None:
    vacancy = here.log()
    Vacancy.objects.filter(pk=vacancy.pk).update(closing=2, closed=build.NOW, closed_by=here.designee)
    assert weigh(build.TODAY) == 0


@SORTS
def test_every_row_of_a_long_list_comes_once(here: Bench, long: None, sort: str) -> None:
    here.log()
    more(here, 29)
    weigh(build.TODAY)
    assert all_rows(as_orcs_of(here), f"{LIST}?tab=open&sort={sort}") == 30


@SORTS
@pytest.mark.parametrize("number", [3, 30])
def test_a_long_list_costs_the_same_whatever_its_length(
    here: Bench, long: None, number: int, sort: str, django_assert_num_queries: object
) -> None:
    more(here, number)
    client = as_orcs_of(here)
    client.get(LIST)
    with django_assert_num_queries(18):  # type: ignore[operator] # pytest-django's fixture
        client.get(LIST, {"tab": "open", "sort": sort})
