"""IEPs and caseloads as SESIS writes them, besides what calls bring; nothing else writes those tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.models.iep import Iep
from caseloads.systems.rows import fetch, run
from caseloads.systems.sesis.statements import (
    CARRY_ASSIGNMENTS,
    END_ASSIGNMENTS,
    END_ENTRIES,
    ENTER_ASSIGNED,
    LINES,
    OVER,
    TO_DOWNLOAD,
    TURN_ENTRIES,
)
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from providers.kinds import Affiliation, Role
from providers.policy.rules import call_due, route_into_sesis


class CannotFinalise(Exception):
    """The document cannot be made final; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Document:
    """A final IEP that waits for its download to CAP."""

    iep: int
    student: int
    osis: int


def finalise(*, iep_id: int, by: User | None, now: datetime) -> Iep:
    """Make a draft final: from its start it governs, and every older one ends the day before (R10).

    Assignments of lines that go on move to the new version with its start, those of dropped ones end before it;
    caseload entries do so on the day itself.  The document goes to CAP in the next night (R11).  Raises
    ``CannotFinalise`` for one that is final already or has no mandate.
    """
    with transaction.atomic():
        iep = Iep.objects.select_for_update().select_related("student").get(pk=iep_id)
        if iep.status == IepStatus.FINAL:
            raise CannotFinalise("This IEP is final already")
        if not iep.mandates.exists():
            raise CannotFinalise("This IEP names no mandate")
        older = _end_older(iep)
        Iep.objects.filter(pk=iep.pk).update(
            status=IepStatus.FINAL,
            finalised=now,
            finalised_by=by,
            governs=DateRange(iep.starts, None),
            transfer=Transfer.NEVER,
        )
        params = {"iep": iep.pk, "older": older, "starts": iep.starts}
        run(CARRY_ASSIGNMENTS, params)
        run(END_ASSIGNMENTS, params)
        turn_over(now=now, student=iep.student_id)
        iep.refresh_from_db()
        return iep


def _end_older(iep: Iep) -> list[int]:
    """End every older governing version the day before this one starts, and return their ids."""
    older = Iep.objects.select_for_update().filter(
        student=iep.student_id, governs__endswith=None, status=IepStatus.FINAL
    )
    ids: list[int] = []
    for one in older:
        if one.governs.lower is not None and one.governs.lower >= iep.starts:
            raise CannotFinalise("An IEP that starts later is final already")
        ids.append(one.pk)
    run("UPDATE caseloads_iep SET governs = daterange(lower(governs), %s) WHERE id = ANY(%s)", [iep.starts, ids])
    return ids


def turn_over(*, now: datetime, student: int | None = None) -> None:
    """Move caseload entries whose IEP no longer governs to the one that does, and end what it dropped (R10).

    Of one student, or (None) of all, as every night does for the IEPs that begin that day.
    """
    params = {"now": now, "today": local_day(now), "ended": EntryState.ENDED, "student": student}
    with transaction.atomic():
        run(TURN_ENTRIES, params)
        run(END_ENTRIES, params)


def to_download(*, now: datetime) -> list[Document]:
    """Return, locked, the final documents whose download to CAP is open and not held back by consent (R11)."""
    params = {
        "now": now,
        "final": IepStatus.FINAL,
        "initial": IepKind.INITIAL,
        "open": [Transfer.NEVER, Transfer.PENDING],
    }
    return [Document(*row) for row in fetch(TO_DOWNLOAD, params)]


def lines_of(ieps: Sequence[int], *, now: datetime) -> list[tuple[Any, ...]]:
    """Return the mandates of documents as rows, without those that have ended by ``now``.

    Columns: osis, service, language, setting, frequency, duration, group size, starts, ends, number of the assigned
    provider or None.
    """
    return fetch(LINES, {"ieps": list(ieps), "today": local_day(now)})


def over(lines: Collection[tuple[int, int, int]], *, now: datetime) -> set[tuple[int, int, int]]:
    """Return those lines, each an OSIS, a service and a language, that no final IEP names from ``now`` on (R10)."""
    if not lines:
        return set()
    osis, service, language = (list(column) for column in zip(*lines, strict=True))
    found = fetch(OVER, {"osis": osis, "service": service, "language": language, "today": local_day(now)})
    return {(one, of, said) for one, of, said in found}


def mark_transfer(*, ieps: Sequence[int], transfer: Transfer, now: datetime) -> None:
    """Record how the download of documents went."""
    Iep.objects.filter(pk__in=ieps).update(transfer=transfer, transfer_at=now)


def open_by_assignment(*, now: datetime, assignments: Sequence[int] | None = None) -> int:
    """Open the caseload entries of providers who make no call: their running assignments do it (R1).

    Of the assignments of these ids, or (None) of all, as every night does for those that begin that day.  Without
    access to SESIS at the student's school an entry is held for it (R6, R9).  Providers who call are passed over, and
    so is whoever has the entry already.  ``now`` is world time; returns how many entries were made.
    """
    params = {
        "now": now,
        "today": local_day(now),
        "open": EntryState.OPEN,
        "held": EntryState.HELD,
        "silent": [int(role) for role in Role if not call_due(role)],
        "affiliations": [int(one) for one in Affiliation],
        "routes": [int(route_into_sesis(one)) for one in Affiliation],
        "assignments": None if assignments is None else list(assignments),
    }
    return run(ENTER_ASSIGNED, params)
