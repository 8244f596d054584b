"""The lines of a vacancy that still wait for somebody.

A vacancy keeps the mandates it was logged for.  What waits is read from them anew: the line of the IEP in force (R10),
of a student who is still at the school, while nobody is assigned who may serve it.  Whoever needs a paper and has none
does not count (R8); whoever is served meanwhile drops off by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from caseloads.systems.rows import fetch
from providers.kinds import Affiliation
from providers.policy.rules import PAPERS
from providers.policy.verdict import Paper

OPEN_LINES = """
    SELECT DISTINCT v.id, line.id, line.student_id, line.frequency * line.duration
    FROM caseloads_vacancy v
    JOIN caseloads_vacancy_mandates vm ON vm.vacancy_id = v.id
    JOIN caseloads_mandate asked ON asked.id = vm.mandate_id
    JOIN caseloads_mandate line ON line.student_id = asked.student_id
     AND (line.service, line.language, line.setting) = (asked.service, asked.language, asked.setting)
     AND line.starts <= %(today)s AND (line.ends IS NULL OR line.ends >= %(today)s)
    JOIN caseloads_iep i ON i.id = line.iep_id AND i.governs @> %(today)s::date
    JOIN caseloads_enrolment home ON home.student_id = line.student_id AND home.school_id = v.school_id
     AND home.starts <= %(today)s AND (home.ends IS NULL OR home.ends >= %(today)s)
    WHERE v.id = ANY(%(vacancies)s) AND NOT EXISTS (
        SELECT 1 FROM caseloads_assignment a
        JOIN providers_provider p ON p.id = a.provider_id
        JOIN unnest(%(affiliations)s::int[], %(papers)s::text[]) AS gate(affiliation, paper)
          ON gate.affiliation = p.affiliation
        WHERE a.mandate_id = line.id AND (a.ends IS NULL OR a.ends >= %(today)s)
          AND CASE gate.paper
            WHEN %(transmittal)s THEN EXISTS (
                SELECT 1 FROM caseloads_transmittal t WHERE t.agency_id = p.agency_id
                  AND (t.student_id, t.service, t.language) = (line.student_id, line.service, line.language))
            WHEN %(letter)s THEN EXISTS (
                SELECT 1 FROM caseloads_rsaletter l WHERE l.provider_id = p.id AND l.processed IS NOT NULL
                  AND (l.student_id, l.service, l.language) = (line.student_id, line.service, line.language))
            ELSE true END)
    ORDER BY v.id, line.student_id, line.id
"""


SUMS = f"""
    SELECT waits.vacancy, count(DISTINCT waits.student), sum(waits.minutes)
    FROM ({OPEN_LINES}) AS waits(vacancy, mandate, student, minutes) GROUP BY waits.vacancy
"""  # noqa: S608 - only the statement above

WEIGH = f"""
    UPDATE caseloads_vacancy kept SET minutes = coalesce(sums.minutes, 0)
    FROM unnest(%(vacancies)s::bigint[]) AS each(id)
    LEFT JOIN ({SUMS}) AS sums(vacancy, students, minutes) ON sums.vacancy = each.id
    WHERE kept.id = each.id AND kept.minutes <> coalesce(sums.minutes, 0)
    RETURNING kept.id
"""  # noqa: S608 - only the statement above

OPEN_OF = """
    SELECT v.id FROM caseloads_vacancy v
    WHERE v.closed IS NULL AND (%(students)s::bigint[] IS NULL OR v.id IN (
        SELECT vm.vacancy_id FROM caseloads_mandate m
        JOIN caseloads_vacancy_mandates vm ON vm.mandate_id = m.id
        WHERE m.student_id = ANY(%(students)s)))
    ORDER BY v.id
"""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that waits: its mandate's id, whose it is, and its minutes a week."""

    mandate: int
    student: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many students wait in a vacancy, and how many minutes a week they do without."""

    students: int = 0
    minutes: int = 0


def open_lines(vacancies: Collection[int], today: date) -> dict[int, list[OpenLine]]:
    """Return the lines that wait on a day, by vacancy; none for one that has none.  One query."""
    found: dict[int, list[OpenLine]] = defaultdict(list)
    for vacancy, *line in fetch(OPEN_LINES, _params(vacancies, today)):
        found[vacancy].append(OpenLine(*line))
    return dict(found)


def waiting_in(vacancies: Collection[int], today: date) -> dict[int, Waiting]:
    """Return how much waits on a day, by vacancy; none for one in which nobody does.  One query."""
    return {row[0]: Waiting(int(row[1]), int(row[2])) for row in fetch(SUMS, _params(vacancies, today))}


def weigh(today: date, students: Collection[int] | None = None) -> int:
    """Keep how many minutes a week reach nobody on a day in every open vacancy, or in those that name some students.

    Long lists are sorted by what is kept; a page shows of its own rows what waits now.  Returns how many had changed.
    """
    asked = {"students": None if students is None else list(students)}
    vacancies = [vacancy for (vacancy,) in fetch(OPEN_OF, asked)]
    return len(fetch(WEIGH, _params(vacancies, today))) if vacancies else 0


def _params(vacancies: Collection[int], today: date) -> dict[str, object]:
    return {
        "vacancies": list(vacancies),
        "today": today,
        "affiliations": [int(one) for one in Affiliation],
        "papers": [PAPERS[one].value for one in Affiliation],
        "transmittal": Paper.TRANSMITTAL.value,
        "letter": Paper.RSA_LETTER.value,
    }
