"""A borough beside the hand-written scenes leaves them as they are, and fills the demonstration's own school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from caseloads.city.build import Built, build
from caseloads.city.numbers import FIRST_OSIS, FIRST_PROVIDER
from caseloads.city.options import Options
from caseloads.demonstration.days import START
from caseloads.demonstration.load import load
from caseloads.demonstration.staff import FIG_TREE, HARBOR_VIEW, MARSH_CREEK
from caseloads.models import Enrolment, Student, Vacancy
from caseloads.systems.rows import fetch
from orcs_portal.shared.models import WorldClock
from providers.models import AccessGrant, CalendarDay, School
from tests import build as rows

pytestmark = pytest.mark.django_db

STUDENTS = 1200
SCENES = {
    "students": "SELECT s.*, e.* FROM caseloads_student s JOIN caseloads_enrolment e ON e.student_id = s.id {who}",
    "IEPs": "SELECT i.*, m.* FROM caseloads_iep i JOIN caseloads_mandate m ON m.iep_id = i.id"
    " JOIN caseloads_student s ON s.id = i.student_id {who}",
    "calls": "SELECT c.* FROM caseloads_call c JOIN caseloads_student s ON s.id = c.student_id {who}",
    "entries": "SELECT e.* FROM caseloads_entry e JOIN caseloads_student s ON s.id = e.student_id {who}",
    "cap": "SELECT s.* FROM caseloads_capmandate s {who}",
    "sec": "SELECT s.* FROM caseloads_secline s {who}",
}


class Beside(NamedTuple):
    """The borough, and what the scenes said before it came."""

    city: Built
    before: dict[str, list[tuple[object, ...]]]


def scenes() -> dict[str, list[tuple[object, ...]]]:
    """Return everything about the students of the scenes."""
    return {
        name: sorted(fetch(sql.format(who=f"WHERE s.osis < {FIRST_OSIS}")), key=str) for name, sql in SCENES.items()
    }


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Beside]:
    """Load the scenes and build the borough, once for this module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        assert load(real=rows.REAL)
        before = scenes()
        yield Beside(build(Options(STUDENTS, 15, START), real=rows.REAL), before)
        transaction.set_rollback(True)


@pytest.fixture
def beside(loaded: Beside, db: None) -> Beside:
    """Give a test both, as they were built."""
    return loaded


def test_the_scenes_are_as_they_were(beside: Beside) -> None:
    assert all(len(rows) > 20 for rows in beside.before.values())
    assert scenes() == beside.before


def test_the_clock_still_shows_the_first_morning(beside: Beside) -> None:
    assert WorldClock.objects.get().seen == START


def test_the_scenes_calendar_stands(beside: Beside) -> None:
    year = CalendarDay.objects.filter(school__isnull=True, date__range=("2026-09-10", "2027-06-25"))
    assert year.filter(label="Yom Kippur").exists()
    assert not year.filter(label="Snow day").exists()


def test_the_coordinators_school_has_some_hundred_students_more(beside: Beside) -> None:
    more = Enrolment.objects.filter(school__dbn=HARBOR_VIEW, student__osis__gt=FIRST_OSIS)
    assert more.values("student").distinct().count() >= 300


def test_the_other_schools_of_the_scenes_have_nobody_else(beside: Beside) -> None:
    others = Enrolment.objects.filter(school__dbn__in=[FIG_TREE, MARSH_CREEK], student__osis__gt=FIRST_OSIS)
    assert not others.exists()


def test_the_coordinators_school_has_a_rich_mix_of_faults(beside: Beside) -> None:
    osis = set(
        Student.objects.filter(enrolments__school__dbn=HARBOR_VIEW, osis__gt=FIRST_OSIS).values_list("osis", flat=True)
    )
    here = Counter(one.code for one in beside.city.planted if one.subject.osis in osis)
    here.update(one.code for one in beside.city.planted if one.subject.dbn == HARBOR_VIEW)
    assert len(here) >= 28
    assert here["IEP_NOT_IN_CAP"] >= 3


def test_the_citys_people_are_placed_there_beside_the_scenes_own(beside: Beside) -> None:
    school = School.objects.get(dbn=HARBOR_VIEW)
    numbers = set(AccessGrant.objects.filter(school=school).values_list("provider__number", flat=True))
    assert {one > FIRST_PROVIDER for one in numbers} == {True, False}


def test_no_open_vacancy_of_the_scenes_got_more_to_fill(beside: Beside) -> None:
    for vacancy in Vacancy.objects.filter(school__dbn=HARBOR_VIEW, mandates__student__osis__lt=FIRST_OSIS).distinct():
        assert not vacancy.mandates.filter(student__osis__gt=FIRST_OSIS).exists()
