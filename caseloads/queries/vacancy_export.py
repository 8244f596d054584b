"""The list of vacancies as rows of a file: what the page says of each, without a student's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet

from caseloads.contracting.lines import open_lines, waiting_in
from caseloads.queries.ages import ages
from caseloads.queries.moment import Moment
from caseloads.queries.stages import StagedVacancy
from caseloads.queries.vacancies import page_of
from caseloads.queries.vacancy_rows import rows_of as shown
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.export import Cell
from providers.scope import Standing

PIECE = 1000
"""Rows read at a time."""

HEADINGS = (
    "Vacancy",
    "School",
    "School name",
    "Service",
    "Language",
    "Unserved since",
    "School days",
    "Students",
    "Minutes a week",
    "Minutes lost",
    "Stage",
    "Note",
    "Next",
    "Who acts",
    "Closed",
)


def counted(ids: Sequence[int], *, today: date) -> set[int]:
    """Return the students whom these vacancies' rows count, by id; one query."""
    return {line.student for lines in open_lines(ids, today).values() for line in lines}


def rows_of(
    rows: QuerySet[StagedVacancy], ids: Sequence[int], *, standing: Standing, at: Moment, hold: bool
) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of these vacancies in their order; a fixed number of queries for every ``PIECE`` of them."""
    for start in range(0, len(ids), PIECE):
        found = page_of(rows, list(ids[start : start + PIECE]))
        when = ages({one.school_id for one in found}, at.today)
        waiting = waiting_in([one.pk for one in found], at.today)
        said = shown(found, waiting, standing=standing, when=when, hold=hold)
        for one, row in zip(found, said, strict=True):
            stage = row["stage"]
            yield (
                one.number,
                one.school.dbn,
                one.school.name,
                one.get_service_display(),
                one.get_language_display(),
                one.unserved_since,
                row["age"],
                row["students"],
                row["minutes"],
                row["lost"],
                stage.words,
                stage.note,
                stage.next,
                stage.owner,
                local_day(one.closed) if one.closed else None,
            )
