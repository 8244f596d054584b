"""The way into CAP and out of it; nothing else writes CAP's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseloads.kinds import IepStatus
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.models import CapNotice
from caseloads.systems.cap.standing import FOLLOW
from caseloads.systems.cap.statements import APPLY, CHANGED, CLOSE_DROPPED, FORGET, KEY, SETTLE, TAKE, TAKEN, UNHELD
from caseloads.systems.contract import FirstAttend, Shown, Taken, Unheld
from caseloads.systems.nights import CAP_NIGHT, MORNING, next_at
from caseloads.systems.rows import fetch, insert_values, run
from orcs_portal.shared.clock import local_day

CODES = {
    "awaiting": CapStatus.APB,
    "contracting": CapStatus.ACO,
    "transmitted": CapStatus.TRANSMITTED,
    "approved": CapStatus.RSA_APPROVED,
    "assigned": CapStatus.ASSIGNED,
    "attended": CapStatus.FIRST_ATTENDED,
    "closed": CapStatus.CLOSED,
}
"""CAP's codes by the names that the statements have for them."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A mandate of a final IEP as the nightly download brings it to CAP (R11)."""

    osis: int
    service: int
    language: int
    setting: int
    frequency: int
    duration: int
    group_size: int
    starts: date
    ends: date | None
    provider_number: int | None

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The line's identity in CAP, in the order of ``KEY``."""
        return (self.osis, self.service, self.language, self.setting)

    def row(self, now: datetime) -> tuple[object, ...]:
        """Return the line as CAP stores it: assigned where somebody is, else awaiting a provider."""
        status = CapStatus.APB if self.provider_number is None else CapStatus.ASSIGNED
        mandate = (self.frequency, self.duration, self.group_size, self.starts, self.ends)
        return (*self.key, *mandate, int(status), self.provider_number, now)


class CapGateway:
    """CAP takes a first attend at once and works through what it took at two in the morning."""

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        """Store notices; their mandates are marked in the next night, shown by six."""
        due = next_at(now, CAP_NIGHT)
        insert_values(
            TAKE,
            [
                (m.delivery, m.osis, m.service, m.language, [*m.settings], m.provider_number, m.session_on, now, due, 0)
                for m in messages
            ],
        )
        known = fetch(TAKEN, [[m.delivery for m in messages]])
        return {delivery: Taken(next_at(night, MORNING), applied) for delivery, night, applied in known}

    def settle(self, *, now: datetime) -> list[Shown]:
        """Mark the mandates of every notice that is due by ``now`` as first attended (R2)."""
        return [Shown(delivery, now) for (delivery,) in fetch(SETTLE, {**CODES, "now": now})]

    def unheld(self, *, now: datetime) -> list[Unheld]:
        """Return what was due by ``now`` and found no open mandate: it waits for one to come down, unless none will."""
        return [Unheld(*row) for row in fetch(UNHELD, [now])]

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return the next night, where a notice waits for it."""
        waiting = CapNotice.objects.filter(applied__isnull=True).exists()
        return next_at(after, CAP_NIGHT) if waiting else None

    def apply_documents(self, students: Sequence[int], lines: Sequence[DocumentLine], *, now: datetime) -> None:
        """Bring final IEPs down: write their lines, and close what these students' IEPs no longer name (R10, R11).

        ``students`` are OSIS numbers; ``lines`` are all the lines that govern for them.
        """
        columns = zip(*(line.key for line in lines), strict=True) if lines else ((), (), (), ())
        keep = {name: list(column) for name, column in zip(KEY, columns, strict=True)}
        fixed = {"closed": CapStatus.CLOSED, "day": local_day(now), "now": now, "students": [*students]}
        run(CLOSE_DROPPED, {**fixed, **keep})
        insert_values(APPLY, [line.row(now) for line in lines])

    def follow(self, *, now: datetime, since: datetime | None = None) -> int:
        """Let every open line say how far it has come, and return how many changed.

        Awaiting a provider, contracting out while a vacancy is open, transmitted, RSA approved or assigned, whichever
        is furthest; it falls back when that cause is withdrawn.  A first attend stays.  A line whose mandate or IEP
        ended after the night of ``since`` (None: ever) is closed.  Both are world time.
        """
        heard = date.min if since is None else local_day(since)
        days = {"today": local_day(now), "heard": heard, "now": now}
        return run(FOLLOW, {**CODES, **days, "final": IepStatus.FINAL})

    def changed(self, *, since: datetime | None, until: datetime) -> list[tuple[Any, ...]]:
        """Return what each mandate that changed after ``since`` (None: ever) and up to ``until`` said by ``until``.

        What changed again afterwards is told as it was then.  Columns: osis, service, language, setting, frequency,
        duration, group size, status, provider number, first attend.
        """
        return fetch(CHANGED, {"since": since, "until": until, "closed": CapStatus.CLOSED})

    def forget(self, *, until: datetime) -> None:
        """Let go of changes up to ``until``, which nobody will ask for again; what CAP says now stays."""
        run(FORGET, [until])
