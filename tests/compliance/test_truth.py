"""The comparison finds everything that the synthetic city planted, and nothing else.

Three seeds and three days: the day after a holiday, the first week of school, a day in June.  ``make test`` tries each
seed and each day once, ``make faults`` every seed on every day.
"""

from __future__ import annotations

import itertools
import os
from datetime import date

import pytest

from caseloads.city.build import Built, build
from caseloads.city.options import Options
from caseloads.city.truth import Planted
from compliance.kinds import Code, Condition, Subject
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from compliance.reconcile.run import compare
from orcs_portal.shared import clock
from tests import build as rows

STUDENTS = 5000
SEEDS = (11, 23, 47)
DAYS = (date(2026, 11, 30), date(2026, 9, 14), date(2027, 6, 10))
EVERY = tuple(itertools.product(SEEDS, DAYS))
CASES = EVERY if os.environ.get("TRUTH") == "all" else tuple(zip(SEEDS, DAYS, strict=True))

Key = tuple[object, ...]


def city(seed: int, day: date, *, rate: float | None = None, students: int = STUDENTS) -> Built:
    """Build a city as it is at five in the afternoon of a day."""
    at = clock.at_local(day, 17)
    asked = Options(students=students, seed=seed, at=at, schools=None, rate=rate)
    return build(asked, real=rows.REAL, tell=lambda *_told, **_named: None)


def planted_key(one: Planted) -> Key:
    """Return what the city says the fault is about."""
    about = one.subject
    return {
        Subject.CALL: (one.code, about.call),
        Subject.PLACE: (one.code, about.provider, about.dbn),
        Subject.LOAD: (one.code, about.provider, about.service),
        Subject.DOCUMENT: (one.code, about.osis),
        Subject.LETTER: (one.code, about.osis, about.service, about.language),
        Subject.LINE: (one.code, about.osis, about.service, about.language, about.setting),
    }[CATALOGUE[Code[one.code]].subject]


def found_key(row: Finding) -> Key:
    """Return what a finding is about, in the city's terms."""
    code = Code(row.code).name
    call = row.call and (row.call.confirmation or row.call.reference)
    return {
        Subject.CALL: (code, call),
        Subject.PLACE: (code, row.provider_number, row.place and row.place.dbn),
        Subject.LOAD: (code, row.provider_number, row.service),
        Subject.DOCUMENT: (code, row.osis),
        Subject.LETTER: (code, row.osis, row.service, row.language),
        Subject.LINE: (code, row.osis, row.service, row.language, row.setting),
    }[Subject(row.subject)]


def found(condition: Condition) -> set[Key]:
    """Return what the findings of a condition are about."""
    return {found_key(row) for row in Finding.objects.filter(condition=condition).select_related("call", "place")}


@pytest.mark.django_db
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("seed", "day"), CASES)
def test_everything_planted_is_found_and_nothing_else(seed: int, day: date) -> None:
    built = city(seed, day)
    compare(as_of=clock.at_local(day, 17), now=rows.REAL)
    planted = {planted_key(one): one.what for one in built.planted}
    open_now = found(Condition.OPEN)
    assert not {key: what for key, what in planted.items() if key not in open_now}
    assert not open_now - set(planted)
    waiting = {planted_key(one): one.what for one in built.near if one.state == "waiting"}
    assert not {key: what for key, what in waiting.items() if key not in found(Condition.WAITING)}


@pytest.mark.django_db
def test_a_clean_city_has_nothing_open() -> None:
    city(SEEDS[0], DAYS[0], rate=0.0, students=1000)
    run = compare(as_of=clock.at_local(DAYS[0], 17), now=rows.REAL)
    assert found(Condition.OPEN) == set()
    assert {name for name, counts in run.counts.items() if counts["open"]} == set()


@pytest.mark.django_db
def test_a_second_comparison_changes_nothing() -> None:
    city(SEEDS[0], DAYS[0], students=1000)
    at = clock.at_local(DAYS[0], 17)
    first = compare(as_of=at, now=rows.REAL)
    before = set(Finding.objects.values_list("pk", "condition", "since", "until"))
    again = compare(as_of=at, now=rows.REAL)
    assert set(Finding.objects.values_list("pk", "condition", "since", "until")) == before
    assert any(counts["new"] for counts in first.counts.values())
    assert not any(counts["new"] or counts["resolved"] or counts["regressed"] for counts in again.counts.values())


def test_each_seed_and_each_day_is_tried_by_the_suite() -> None:
    assert {seed for seed, _day in CASES} == set(SEEDS)
    assert {day for _seed, day in CASES} == set(DAYS)
