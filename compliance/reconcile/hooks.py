"""Where the comparison hangs onto the world: its night, its bell, and the clock's arrival.

The rooms below know nothing of it; what they offer to hang onto takes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from caseloads.propagation import bell, moves, nightly
from caseloads.systems.contract import Settled
from compliance.reconcile import touched
from compliance.reconcile.run import reconcile
from compliance.reconcile.statements import execute
from orcs_portal.shared.models import Touched
from orcs_portal.shared.touched import written

CATCH_UP = "compliance.reconcile.tasks.catch_up"
QUEUE = "world"
MORNING = time(5, 0)
"""When New York's clocks say that everything is compared: after the nights, before anybody looks."""


def comparison(*, now: datetime) -> Sequence[Settled]:
    """Compare everything as of world time ``now``; nothing of it is delivered.

    What was touched meanwhile is compared once more after it.
    """
    ((real,),) = execute("SELECT clock_timestamp()", {})
    reconcile(as_of=now, now=real)
    ring()
    return ()


NIGHT = nightly.Night("comparison", MORNING, comparison)


def tell() -> bool:
    """Tell the workers that something was touched; False when the broker could not be reached."""
    return bell.send([(CATCH_UP, QUEUE, [])])


BELL = bell.Bell(tell)


def ring(**_signal: Any) -> None:
    """Ring once what was touched is committed; what was committed stands either way."""
    transaction.on_commit(BELL.ring, robust=True)


def arrive(*, now: datetime, real: datetime) -> None:
    """Catch up with where the clock has come to."""
    touched.catch_up(as_of=now, now=real)


def hang() -> None:
    """Hang on, once in a process."""
    nightly.FURTHER.append(NIGHT)
    moves.ARRIVALS.append(arrive)
    post_save.connect(ring, sender=Touched, dispatch_uid="comparison")
    written.connect(ring, dispatch_uid="comparison")
