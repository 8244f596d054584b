"""The list of mismatches as a file: every row of it, read in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from compliance.kinds import Owner
from compliance.mismatches.ages import ages
from compliance.mismatches.listing import dressed, when_of, words_for
from compliance.mismatches.wording import said_of
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.clock import NEW_YORK
from orcs_portal.shared.export import Cell
from orcs_portal.shared.moment import Moment

PIECE = 1000
"""Rows read at a time."""

HEADINGS = (
    "Item",
    "Code",
    "What it means",
    "What differs",
    "Severity",
    "State",
    "Who acts",
    "Assigned to",
    "School",
    "Student",
    "OSIS",
    "Service",
    "Language",
    "Setting",
    "Provider",
    "Provider number",
    "Since",
    "School days old",
    "Act by",
    "School days over",
    "Waiting until",
    "Handed over to",
    "Ticket",
    "Look again",
    "Settled",
)


def rows_of(ids: Sequence[int], *, at: Moment) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of these items in their order; a fixed number of queries for every ``PIECE`` of them."""
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        found = {one.pk: one for one in dressed(Finding.objects.filter(pk__in=piece))}
        kept = [found[key] for key in piece if key in found]
        words = words_for(kept, at)
        counted = ages({one.school_id for one in kept}, at.today)
        for one in kept:
            yield _row(one, said_of(one, words).headline, when_of(one, counted))


def _row(one: Finding, headline: str, when: dict[str, Any]) -> tuple[Cell, ...]:
    entry = CATALOGUE[one.code]  # type: ignore[index] # stored as its value
    student, provider = one.student, one.provider
    return (
        one.pk,
        entry.code.name,
        entry.title,
        headline,
        one.get_severity_display(),
        str(when["state"].label),
        str(Owner(one.owner).label),
        one.assigned_to.full_name if one.assigned_to else "",
        one.school.dbn if one.school else "",
        student.full_name if student else "",
        f"{one.osis:09}" if one.osis else "",
        one.get_service_display() or "",
        one.get_language_display() or "",
        one.get_setting_display() or "",
        provider.full_name if provider else "",
        str(one.provider_number or ""),
        _day(one.since),
        when["age"],
        one.due,
        when["over"],
        _day(when["until"]),
        when["handed_to"],
        one.ticket,
        when["look_again"],
        _day(one.settled),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(NEW_YORK).date() if moment else None
