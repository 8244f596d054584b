"""What happens by itself as the world's time passes: nights, lags and access that begins.

``walk`` goes from event to event in their order, each at its own time, so that a clock that was moved by a week, or a
portal that was down for one, ends where it would have been.  A night is one transaction and one row unique by task and
due time: two walkers do it once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction

from caseloads.kinds import System, Transfer
from caseloads.models import Delivery
from caseloads.propagation.changed import touch_changed
from caseloads.propagation.feeding import simulated
from caseloads.propagation.statements import ENDED, SHOWN, START_RUN
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway, DocumentLine
from caseloads.systems.contract import Ended, Settled, Shown
from caseloads.systems.nights import CAP_NIGHT, DOWNLOAD, SEC_NIGHT, last_at, next_at
from caseloads.systems.registry import GATEWAYS
from caseloads.systems.rows import run
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.gateway import BEHIND_CAP, CarriedLine, SecGateway
from caseloads.systems.sesis import documents, leaving
from orcs_portal.shared.models import PeriodicRun, Touched
from orcs_portal.shared.touched import touch

# Later than any access begins: a plain sweep does not look for it, since it opens what is held at its end anyway.
ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)

HOLDERS: dict[System, CapGateway | SecGateway] = {System.CAP: CapGateway(), System.SEC: SecGateway()}
OVER = "The line ended before it arrived"

SEC_WORDS = {
    CapStatus.APB: SecStatus.AWAITING,
    CapStatus.ACO: SecStatus.CONTRACTING,
    CapStatus.TRANSMITTED: SecStatus.CONTRACTING,
    CapStatus.RSA_APPROVED: SecStatus.CONTRACTING,
    CapStatus.ASSIGNED: SecStatus.ASSIGNED,
    CapStatus.FIRST_ATTENDED: SecStatus.RECEIVING,
    CapStatus.CLOSED: None,
}


def download(*, now: datetime) -> Sequence[Settled]:
    """Let SESIS turn over what begins or is over (R1, R10), carry final IEPs to CAP (R11), and let CAP's status follow.

    CAP hears in the same night who was assigned, what is vacant, and what was transmitted or approved.
    """
    if simulated(System.SESIS):
        documents.turn_over(now=now)
        leaving.end_left(now=now)
        documents.open_by_assignment(now=now)
    if simulated(System.CAP):
        _bring_down(now)
        CapGateway().follow(since=last_run("download", before=now), now=now)
    return ()


def _bring_down(now: datetime) -> None:
    """Carry every final IEP whose download is open to CAP (R11)."""
    waiting = documents.to_download(now=now)
    if waiting:
        lines = [DocumentLine(*row) for row in documents.lines_of([one.iep for one in waiting], now=now)]
        CapGateway().apply_documents([one.osis for one in waiting], lines, now=now)
        documents.mark_transfer(ieps=[one.iep for one in waiting], transfer=Transfer.SUCCESSFUL, now=now)


def cap_night(*, now: datetime) -> Sequence[Settled]:
    """Let CAP work through the calls that it took."""
    return [*_settle(System.CAP, now=now), *_over(System.CAP, now=now)]


def sec_night(*, now: datetime) -> Sequence[Settled]:
    """Carry what CAP said a day ago to SEC, and let SEC write its report (R2)."""
    before = last_run("sec-night", before=now)
    since = None if before is None else before - BEHIND_CAP
    if simulated(System.SEC):
        changed = CapGateway().changed(since=since, until=now - BEHIND_CAP)
        SecGateway().carry([carried(*row) for row in changed], now=now)
    CapGateway().forget(until=now - BEHIND_CAP)
    return [*_settle(System.SEC, now=now), *_over(System.SEC, now=now)]


def _settle(system: System, *, now: datetime) -> Sequence[Settled]:
    """Let what is due stand; a system that is fed by extracts says what it says."""
    return GATEWAYS[system].settle(now=now) if simulated(system) else ()


def _over(system: System, *, now: datetime) -> Sequence[Settled]:
    """Return what CAP or SEC has no line for because, as SESIS knows, no IEP names it any more (R10)."""
    unheld = HOLDERS[system].unheld(now=now) if simulated(system) else []
    gone = documents.over({one.line for one in unheld}, now=now)
    return [Ended(one.delivery, now) for one in unheld if one.line in gone]


def carried(*columns: Any) -> CarriedLine:
    """Return a row of CAP in SEC's words."""
    status = SEC_WORDS[CapStatus(columns[7])]
    in_words: tuple[Any, ...] = (*columns[:7], status, *columns[8:])
    return CarriedLine(*in_words)


@dataclass(frozen=True, slots=True)
class Night:
    """Nightly work: its name, when New York's clocks say it starts, and what it does."""

    task: str
    clock: time
    work: Callable[..., Sequence[Settled]]


NIGHTS = (
    Night("download", DOWNLOAD, download),
    Night("cap-night", CAP_NIGHT, cap_night),
    Night("sec-night", SEC_NIGHT, sec_night),
)

FURTHER: list[Night] = []
"""Nightly work of rooms that this one does not know; each begins when its room first says so."""


def last_run(task: str, *, before: datetime | None = None) -> datetime | None:
    """Return the due time of a night's last run (strictly before a moment, if one is given), or None."""
    runs = PeriodicRun.objects.filter(task=task)
    earlier = runs if before is None else runs.filter(due__lt=before)
    return earlier.order_by("-due").values_list("due", flat=True).first()


def begin(*, now: datetime) -> None:
    """Let the nights begin: those before ``now`` count as done, since nothing was there for them to do."""
    rows = [PeriodicRun(task=n.task, due=last_at(now, n.clock), started=now, done=now) for n in NIGHTS]
    PeriodicRun.objects.bulk_create(rows, ignore_conflicts=True)


def begin_further(*, now: datetime) -> None:
    """Let the nights of other rooms begin, unless they have."""
    begun = set(PeriodicRun.objects.values_list("task", flat=True).filter(task__in=[n.task for n in FURTHER]))
    fresh = [n for n in FURTHER if n.task not in begun]
    rows = [PeriodicRun(task=n.task, due=last_at(now, n.clock), started=now, done=now) for n in fresh]
    PeriodicRun.objects.bulk_create(rows, ignore_conflicts=True)


def is_due(*, now: datetime) -> bool:
    """Tell whether something has fallen due by world time ``now`` and is still to be done."""
    at, _night = _next_event(after=None)
    return at is not None and at <= now


def walk(*, until: datetime, after: datetime | None = None, each: Callable[[], object] = bool) -> int:
    """Do everything that falls due up to ``until`` (world time), in order, and return how many events that was.

    ``after`` is where the clock stood before it was moved; access that begins in between then counts from its own time.
    ``each`` is called before every event.
    """
    events = 0
    while True:
        each()
        at, night = _next_event(after=after)
        if at is None or at > until:
            break
        if night is None:
            _note(_settle(System.SESIS, now=at), now=at)
        else:
            run_night(night, at=at)
        after = at if after is None else max(after, at)
        events += 1
    # Access that began in the meantime opens what was held for it.
    _note(_settle(System.SESIS, now=until), now=until)
    return events


def _next_event(*, after: datetime | None) -> tuple[datetime | None, Night | None]:
    """Return the earliest thing that is to happen: a night, or (with None) SESIS at work; no time when nothing is."""
    ahead: list[tuple[datetime, Night | None]] = []
    for night in (*NIGHTS, *FURTHER):
        last = last_run(night.task)
        if last is not None:
            ahead.append((next_at(last, night.clock), night))
    entry = GATEWAYS[System.SESIS].next_due(after=after or ALWAYS)
    if entry is not None and simulated(System.SESIS):
        ahead.append((entry, None))
    return min(ahead, key=lambda one: one[0], default=(None, None))


def run_night(night: Night, *, at: datetime) -> bool:
    """Do a night once, whoever else tries at the same time; False when it was somebody else's."""
    with transaction.atomic():
        if not run(START_RUN, [night.task, at, at, at]):
            return False
        _note(night.work(now=at), now=at)
        if night in NIGHTS:
            touch_changed(now=at)
    return True


def _note(settled: Sequence[Settled], *, now: datetime) -> None:
    """Write down on the deliveries what now stands, and what no longer can, and whose picture that changed."""
    if settled:
        shown = Delivery.objects.filter(pk__in=[one.delivery for one in settled])
        touch(Touched.Kind.STUDENT, shown.values_list("student", flat=True).distinct(), now=now)
    for kind, statement in ((Shown, SHOWN), (Ended, ENDED)):
        ones = [one for one in settled if isinstance(one, kind)]
        if ones:
            run(statement, {"ids": [one.delivery for one in ones], "at": [one.at for one in ones], "reason": OVER})
