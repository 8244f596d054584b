"""The trend: Mondays, or days while there are few Mondays, of the schools somebody oversees, and today's number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from compliance.kinds import Code, Handling
from compliance.mismatches import standing as how
from compliance.mismatches.trend import WEEKS, Point, trend
from compliance.models import DayCount, Finding
from compliance.reconcile.settings import numbers
from compliance.reconcile.statements import execute, statement
from compliance.reconcile.world import params
from orcs_portal.accounts.models import User
from providers.kinds import Borough
from providers.models.grant import Standing as Kind
from providers.scope import standing_of
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place

MONDAY = date(2026, 11, 23)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def of(user: User) -> list[Point]:
    """Return somebody's trend; seven are open now."""
    return trend(standing_of(user.pk, on=build.TODAY), today=build.TODAY, now=7)


def test_nothing_is_drawn_before_the_first_night(here: Place) -> None:
    assert of(here.user) == []


def test_with_three_mondays_each_monday_is_a_point_oldest_first(here: Place) -> None:
    for back, count in enumerate((4, 6, 5)):
        rows.day_count(MONDAY - back * WEEK, here.school, count)
    rows.day_count(MONDAY - DAY, here.school, 99)
    assert [(one.day, one.count, one.now) for one in of(here.user)] == [
        (date(2026, 11, 9), 5, False),
        (date(2026, 11, 16), 6, False),
        (MONDAY, 4, False),
        (build.TODAY, 7, True),
    ]


def test_with_fewer_each_day_is(here: Place) -> None:
    for back in range(1, 5):
        rows.day_count(build.TODAY - back * DAY, here.school, back)
    assert [one.count for one in of(here.user)] == [4, 3, 2, 1, 7]


def test_no_more_weeks_than_fit_and_never_todays_own_count(here: Place) -> None:
    for back in range(WEEKS + 4):
        rows.day_count(MONDAY - back * WEEK, here.school, 10 + back)
    rows.day_count(build.TODAY, here.school, 1000)
    counts = [one.count for one in of(here.user)]
    assert counts == [*range(9 + WEEKS, 9, -1), 7]


@pytest.mark.parametrize(("standing", "expected"), [("school", 5), ("borough", 12), ("city", 43)])
def test_the_number_is_of_the_schools_somebody_oversees(here: Place, standing: str, expected: int) -> None:
    for school, count in ((here.school, 5), (build.school("13K912"), 7), (build.school("24Q911"), 11), (None, 20)):
        rows.day_count(build.TODAY - DAY, school, count)
    user = here.user
    if standing != "school":
        user = build.user()
        build.grant(user, Kind.ORCS, borough=Borough.BROOKLYN if standing == "borough" else None)
    assert of(user)[0].count == expected


def test_an_agency_has_no_trend_since_its_own_items_are_not_counted_by_day(here: Place) -> None:
    rows.day_count(build.TODAY - DAY, here.school, 5)
    user = build.user()
    build.grant(user, Kind.AGENCY, agency=build.agency())
    assert of(user) == []


def test_a_day_counts_whatever_is_unfinished_as_today_does(here: Place) -> None:
    line = build.mandated(here.school)
    rows.differing(line)
    rows.on_line(Code.CAP_NOT_ON_IEP, line, **rows.handed_over(here.user))
    rows.on_line(Code.SEC_STALE, line, handling=Handling.SNOOZED, handled_by=here.user, handled=build.NOW)
    rows.on_line(Code.SEC_ONLY, line, **rows.acknowledged(here.user))
    rows.on_line(Code.SEC_WAITING, line, **rows.waiting())
    rows.on_line(Code.NO_TRANSMITTAL, line, **rows.settled())
    execute(statement("days"), params(at=build.NOW, numbers=numbers()))
    assert DayCount.objects.get().open == 3
    assert Finding.objects.filter(how.unfinished()).count() == 3
