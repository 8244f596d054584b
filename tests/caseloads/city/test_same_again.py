"""The same seed and day build the same city, another seed or day another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.city.faults.scenario import CODES, NEVER_OPEN
from caseloads.systems.rows import fetch
from tests.caseloads.city.building import DAY, built, count, options

STUDENTS = 250
TABLES = {
    "providers_provider": "number, full_name, affiliation, role",
    "caseloads_student": "osis, first_name, last_name",
    "caseloads_mandate": "service, language, setting, frequency, duration, group_size, starts, ends, months",
    "caseloads_call": "outcome, confirmation, reference, service, session_on, received",
    "caseloads_capmandate": "osis, service, language, setting, status, provider_number, first_attend, since",
    "caseloads_secline": "osis, service, language, setting, status, from_at, until_at",
    "caseloads_entry": "state, since",
}


def content() -> dict[str, str]:
    """Return a digest of what each table says, ids apart."""
    return {
        table: str(
            fetch(f"SELECT md5(string_agg(r::text, ';' ORDER BY r::text)) FROM (SELECT {columns} FROM {table}) r")[0][0]  # noqa: S608 - names of this module
        )
        for table, columns in TABLES.items()
    }


@pytest.mark.django_db
def test_a_seed_and_a_day_make_one_city() -> None:
    with built(options(STUDENTS)) as first:
        found = content()
        said = [one.line(told=True) for one in (*first.planted, *first.near)]
    with built(options(STUDENTS)) as second:
        assert content() == found
        assert [one.line(told=True) for one in (*second.planted, *second.near)] == said


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "day"), [(8, DAY), (7, DAY + timedelta(days=1))])
def test_another_seed_or_day_makes_another(seed: int, day: date) -> None:
    with built(options(STUDENTS)):
        found = content()
    with built(options(STUDENTS, seed, day)):
        assert all(content()[table] != text for table, text in found.items())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "without"),
    [
        (date(2013, 10, 15), set[str]()),
        (date(2027, 6, 9), set[str]()),
        (date(2026, 7, 15), set[str]()),
        (date(2026, 9, 17), {"AGENCY_NOT_STARTED", "VACANCY_NOT_REPORTED"}),
    ],
)
def test_every_day_has_what_its_school_year_is_old_enough_for(day: date, without: set[str]) -> None:
    with built(options(600, day=day)) as city:
        found = {one.code for one in city.planted}
    missing = set(CODES) - NEVER_OPEN - found
    assert without <= missing
    assert bool(missing) is bool(without)


@pytest.mark.django_db
@pytest.mark.parametrize("students", [1, 7, 60])
def test_the_smallest_cities_stand(students: int) -> None:
    with built(options(students)) as city:
        assert city.students == students == count("SELECT count(*) FROM caseloads_student")
        assert len(city.planted) <= students
