"""Keeping findings up to date between two nights: what was touched, and whose wait is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from caseloads.propagation import nightly
from compliance.models import Run
from compliance.reconcile.kept import keep
from compliance.reconcile.run import LOCK, compare, scope_of
from compliance.reconcile.settings import numbers
from compliance.reconcile.statements import execute, statement
from compliance.reconcile.world import EVERYTHING, Scope, params
from orcs_portal.shared.models import Touched

MOST = 20_000
"""More students than this are compared as fast with everybody else."""

KINDS = {
    "of_student": Touched.Kind.STUDENT,
    "of_provider": Touched.Kind.PROVIDER,
    "of_agency": Touched.Kind.AGENCY,
    "of_school": Touched.Kind.SCHOOL,
}


class Mark(NamedTuple):
    """One thing that was touched, by kind and id."""

    kind: int
    subject: int


def catch_up(*, as_of: datetime, now: datetime) -> int:
    """Compare whatever was touched, or stopped waiting, up to world time ``as_of``; return how often it compared.

    Nothing is done while somebody else compares: they look once more before they leave.  Nor while nightly work is
    due, since half of a night's changes would be taken for disagreement.  ``now`` is real time.
    """
    made = 0
    while not nightly.is_due(now=as_of) and _once(as_of=as_of, now=now):
        made += 1
    return made


def _once(*, as_of: datetime, now: datetime) -> Run | None:
    """Compare what there is to compare, if there is something and nobody else is at it, in one transaction."""
    with transaction.atomic():
        ((mine,),) = execute("SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": LOCK})
        if not mine:
            return None
        scope = _scope(_take(), as_of=as_of)
        if scope is None:
            return None
        nightly.begin_further(now=as_of)
        run = compare(as_of=as_of, now=now, scope=scope)
        if scope.students is not None:
            keep(at=as_of, students=scope.students, providers=scope.providers)
        return run


def _take() -> list[Mark]:
    """Take what was touched off the list; a comparison that is cut off puts it back by itself."""
    return [Mark(*row) for row in execute("DELETE FROM shared_touched RETURNING kind, subject_id", {})]


def _scope(marks: Sequence[Mark], *, as_of: datetime) -> Scope | None:
    """Return whom to compare, or None for nobody; everybody where all was touched or nothing was ever compared."""
    seen = Run.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    if seen is None or any(mark.kind == Touched.Kind.ALL for mark in marks):
        return EVERYTHING
    values = {
        **params(at=as_of, numbers=numbers()),
        **KINDS,
        "kinds": [mark.kind for mark in marks],
        "ids": [mark.subject for mark in marks],
        "seen": seen,
    }
    ((students, providers),) = execute(statement("touched"), values)
    if not students and not providers:
        return None
    return EVERYTHING if len(students) > MOST else scope_of(students, providers)
