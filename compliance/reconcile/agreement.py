"""How many lines SESIS, CAP and SEC each hold, how many are not in all three, and which item explains that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from caseloads.kinds import IepStatus
from caseloads.systems.cap.codes import CapStatus
from compliance.kinds import State, Subject
from compliance.reconcile.statements import execute, statement
from orcs_portal.shared.clock import local_day

EXPLAINED = """
    SELECT f.id, f.code FROM compliance_finding f
    WHERE f.student_id = p.student_id AND f.state <> %(resolved)s AND (
        f.subject = %(document)s OR f.subject = %(of_line)s AND f.service = s.service AND (
            (f.language, f.setting) = (s.language, s.setting) OR
            ((f.evidence->'cap'->>'language')::int, (f.evidence->'cap'->>'setting')::int) = (s.language, s.setting)))
    ORDER BY f.code LIMIT 1
"""
"""The item that says something of a line: the student's document, or the line itself under either system's key."""

ROWS = f"""
SELECT p.student_id, p.school_id, s.*, f.id AS finding_id, f.code
FROM side s JOIN pupil p USING (osis) LEFT JOIN LATERAL ({EXPLAINED}) f ON true
ORDER BY p.school_id, s.line
"""  # noqa: S608 - text of this module

NUMBERS = f"""
SELECT p.school_id, count(s.sesis_id), count(s.cap_id), count(s.sec_id), count(*) FILTER (WHERE s.apart),
    count(*) FILTER (WHERE s.apart AND NOT EXISTS ({EXPLAINED}))
FROM side s JOIN pupil p USING (osis)
GROUP BY p.school_id
"""  # noqa: S608 - as above

KEEP = """
INSERT INTO compliance_linecount AS old (school_id, sesis, cap, sec, apart, unexplained, as_of)
SELECT school_id, sesis, cap, sec, apart, unexplained, %(at)s
FROM ({numbers}) AS each(school_id, sesis, cap, sec, apart, unexplained)
ON CONFLICT (school_id) DO UPDATE SET sesis = EXCLUDED.sesis, cap = EXCLUDED.cap, sec = EXCLUDED.sec,
    apart = EXCLUDED.apart, unexplained = EXCLUDED.unexplained, as_of = EXCLUDED.as_of
"""

FORGET = """
DELETE FROM compliance_linecount
WHERE as_of <= %(at)s AND (%(schools)s::bigint[] IS NULL OR school_id = ANY(%(schools)s))
"""

SCHOOLS = "SELECT DISTINCT school_id FROM caseloads_enrolment WHERE student_id = ANY(%(students)s)"


def params(*, at: datetime, schools: Collection[int] | None = None, student: int | None = None) -> dict[str, Any]:
    """Return what the statements ask for: all schools (None) or some, or one student, at world time ``at``."""
    return {
        "at": at,
        "day": local_day(at),
        "schools": None if schools is None else list(schools),
        "student": student,
        "final": IepStatus.FINAL,
        "closed": CapStatus.CLOSED,
        "resolved": State.RESOLVED,
        "document": Subject.DOCUMENT,
        "of_line": Subject.LINE,
    }


def side_by_side(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the lines that ``params`` asks for, by school and key, each with the item that says something of it."""
    with connection.cursor() as cursor:
        cursor.execute(statement("side_by_side") + ROWS, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def numbers(values: Mapping[str, Any]) -> dict[int, tuple[int, ...]]:
    """Return, by school, the lines of SESIS, CAP and SEC, those not in all three, and those of them unexplained."""
    return {row[0]: tuple(row[1:]) for row in execute(statement("side_by_side") + NUMBERS, values)}


def count_lines(*, at: datetime, students: Collection[int] | None = None) -> None:
    """Keep the numbers of every school, or of the schools of some students, as of world time ``at``.

    A wide reader's pages go by them.  It belongs after a comparison, whose items it reads; a school that a student has
    left is counted anew like the one that they came to.
    """
    with transaction.atomic():
        values = params(at=at, schools=None if students is None else _schools_of(students))
        execute(FORGET, values)
        execute(statement("side_by_side") + KEEP.format(numbers=NUMBERS), values)


def _schools_of(students: Collection[int]) -> list[int]:
    """Return every school at which one of these students is or was enrolled."""
    found = execute(SCHOOLS, {"students": list(students)})
    return [school for (school,) in found]
