"""The comparison: one transaction that draws the pictures, judges them and writes what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import TypedDict

from django.db import transaction

from compliance.kinds import Code
from compliance.models import Run
from compliance.reconcile import picture
from compliance.reconcile.catalogue import CATALOGUE
from compliance.reconcile.entry import Entry
from compliance.reconcile.kept import keep
from compliance.reconcile.settings import numbers as in_force
from compliance.reconcile.statements import Plan, execute, planned, statement
from compliance.reconcile.world import EVERYTHING, Scope, listed, params

LOCK = 0x6F726373
"""The lock that every comparison holds to its end, so that two at once follow each other."""

MEMORY = "128MB"
"""For each sort and hash of a comparison: none of a city's pictures then goes through the disk."""


class Counts(TypedDict):
    """What a comparison found of one code: how many stand open and waiting, and what it changed."""

    open: int
    waiting: int
    new: int
    resolved: int
    regressed: int


def compare(
    *, as_of: datetime, now: datetime, scope: Scope = EVERYTHING, catalogue: Mapping[Code, Entry] = CATALOGUE
) -> Run:
    """Compare a scope as of world time ``as_of`` and write what changed; ``now`` is real time, when it began.

    Findings are written by difference: what holds as before is not touched.  A run that is cut off leaves nothing.
    """
    began = monotonic()
    with transaction.atomic():
        execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": LOCK})
        if scope.students is None:
            execute("DELETE FROM shared_touched", {})
        execute("SELECT set_config('work_mem', %(memory)s, true), set_config('jit', 'off', true)", {"memory": MEMORY})
        values = params(at=as_of, numbers=in_force(), scope=scope)
        picture.draw(values)
        picture.judge(catalogue, values)
        picture.witness(values)
        way = Plan.SWEEP if scope.students is None else Plan.LOOK_UP
        execute(";\n".join((planned(way), statement("verdicts"), planned(Plan.LOOK_UP), statement("write"))), values)
        counts = _counts(values)
        if scope.students is None:
            execute(statement("days"), values)
        picture.forget()
        execute(planned(Plan.FREE), {})
        if scope.students is None:
            keep(at=as_of)
        finished = now + timedelta(seconds=monotonic() - began)
        return Run.objects.create(
            as_of=as_of, full=scope.students is None, started=now, finished=finished, counts=counts
        )


def reconcile(*, as_of: datetime, now: datetime, students: Collection[int] | None = None) -> Run:
    """Compare everything, or (by id) some students and who has to do with them, as of world time ``as_of``.

    ``now`` is real time, when it began.
    """
    return compare(as_of=as_of, now=now, scope=EVERYTHING if students is None else scope_of(students))


def scope_of(students: Collection[int], providers: Collection[int] = ()) -> Scope:
    """Return the scope of some students and providers by id, with every provider who has to do with the students."""
    ((ids, numbers, related),) = execute(statement("scope"), {"students": listed(students), "asked": listed(providers)})
    return Scope(ids, numbers, related, providers)


def _counts(values: Mapping[str, object]) -> dict[str, Counts]:
    return {
        Code(code).name: Counts(open=opened, waiting=waiting, new=new, resolved=resolved, regressed=regressed)
        for code, opened, waiting, new, resolved, regressed in execute(statement("counts"), values)
    }
