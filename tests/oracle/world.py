"""Everything that decides who may see whom, read past the product.

The rows come by plain SQL through the driver: no model, no query of the product takes part, and a test that counts
queries does not count these.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from orcs_portal.shared import clock
from tests.oracle.search import Planted

NEW_YORK = ZoneInfo("America/New_York")
Row = TypeVar("Row", bound=NamedTuple)


class Grant(NamedTuple):
    user: int
    standing: int
    school: int | None
    agency: int | None
    provider: int | None
    borough: int | None
    starts: date
    ends: date | None


class Dated(NamedTuple):
    """A student, or a provider, at a place between two days."""

    who: int
    where: int
    starts: date
    ends: date | None


class Assignment(NamedTuple):
    student: int
    provider: int
    starts: date
    ends: date | None


class Call(NamedTuple):
    student: int
    provider: int
    school: int | None


class Pair(NamedTuple):
    """A student and the agency or provider that has to do with them."""

    student: int
    other: int


class Record(NamedTuple):
    """An access record: whose page showed whom."""

    by: int
    students: list[int]


class Place(NamedTuple):
    """A school and its borough, a provider and its agency."""

    id: int
    within: int | None


@dataclass(frozen=True)
class World:
    """The rows, the day on which they are read, and the access records that one request left."""

    students: list[Planted]
    grants: list[Grant]
    enrolments: list[Dated]
    placements: list[Dated]
    assignments: list[Assignment]
    calls: list[Call]
    entries: list[Pair]
    kept: list[Pair]
    transmittals: list[Pair]
    letters: list[Pair]
    schools: list[Place]
    providers: list[Place]
    today: date
    records: list[Record]


SOURCES: dict[str, tuple[Any, str]] = {
    "students": (Planted, "SELECT id, osis, first_name, last_name FROM caseloads_student"),
    "grants": (
        Grant,
        "SELECT user_id, standing, school_id, agency_id, provider_id, borough, starts, ends FROM providers_grant",
    ),
    "enrolments": (Dated, "SELECT student_id, school_id, starts, ends FROM caseloads_enrolment"),
    "placements": (Dated, "SELECT provider_id, school_id, starts, ends FROM providers_placement"),
    "assignments": (
        Assignment,
        """
        SELECT m.student_id, a.provider_id, a.starts, a.ends
        FROM caseloads_assignment a JOIN caseloads_mandate m ON m.id = a.mandate_id
        """,
    ),
    "calls": (
        Call,
        "SELECT student_id, provider_id, school_id FROM caseloads_call WHERE student_id IS NOT NULL",
    ),
    "entries": (Pair, "SELECT student_id, provider_id FROM caseloads_entry"),
    "kept": (Pair, "SELECT student_id, school_id FROM caseloads_entry WHERE state <> 3"),
    "transmittals": (Pair, "SELECT student_id, agency_id FROM caseloads_transmittal"),
    "letters": (Pair, "SELECT student_id, provider_id FROM caseloads_rsaletter"),
    "schools": (Place, "SELECT id, borough FROM providers_school"),
    "providers": (Place, "SELECT id, agency_id FROM providers_provider"),
}
RECORDS = "SELECT by_id, students FROM audit_accessrecord WHERE id > %s"
NEWEST = "SELECT coalesce(max(id), 0) FROM audit_accessrecord"
PEOPLE_AND_PLACES = (
    "SELECT full_name FROM accounts_user UNION ALL SELECT username FROM accounts_user"
    " UNION ALL SELECT full_name FROM providers_provider"
    " UNION ALL SELECT name FROM providers_school UNION ALL SELECT name FROM providers_agency"
)


def rows_of(statement: str, *params: object) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, on this thread's connection and in its transaction, unseen by Django."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return list(cursor.fetchall())


def read_world(since: int = 0) -> World:
    """Return the world as the running test has built it so far, with the access records after the one ``since``."""
    found = {name: [kind(*row) for row in rows_of(statement)] for name, (kind, statement) in SOURCES.items()}
    records = [Record(*row) for row in rows_of(RECORDS, since)]
    return World(**found, today=today(), records=records)


def newest_record() -> int | None:
    """Return the id of the newest access record, 0 for none; None in a test without a database, where nobody is."""
    try:
        return int(rows_of(NEWEST)[0][0])
    except RuntimeError as error:
        if "Database access not allowed" not in str(error):
            raise
        return None


def names_of_others() -> list[str]:
    """Return the names of users, providers, schools and agencies: they are no secret."""
    return [name for (name,) in rows_of(PEOPLE_AND_PLACES)]


def today() -> date:
    """Return the day on which grants and enrolments are read: New York's, on the world clock where there is one."""
    offsets = rows_of('SELECT "offset" FROM shared_worldclock') if settings.DEMO else []
    offset = offsets[0][0] if offsets else timedelta(0)
    return (clock.real_now() + offset).astimezone(NEW_YORK).date()


assert {field.name for field in fields(World)} == {*SOURCES, "today", "records"}  # every list has its source
