"""Acts of people on calls, deliveries, documents and the demonstration's knobs.

Each takes who acts and when, writes rows and rings the bell; none sends anything itself.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from caseloads.kinds import DeliveryState, Fault, System
from caseloads.models import Breaker, ClockMove, Consent, Delivery, Iep, KnobTurn, SystemSetting
from caseloads.propagation.bell import ring_on_commit
from caseloads.systems.sesis import documents
from orcs_portal.accounts.models import User
from orcs_portal.shared.models import Touched, WorldClock

CannotFinalise = documents.CannotFinalise
HALF, ALL = 50, 100  # percent


def replay(*, deliveries: QuerySet[Delivery], by: User | None, now: datetime) -> list[int]:
    """Send parked or failed deliveries again at once, and return their ids; ``now`` is real time.

    Their attempts start anew; what is under way or taken already stays as it is.
    """
    with transaction.atomic():
        chosen = list(
            deliveries.filter(state__in=[DeliveryState.PARKED, DeliveryState.WAITING])
            .select_for_update(of=("self",))
            .values_list("id", "system")
        )
        ids = [one for one, _ in chosen]
        Delivery.objects.filter(pk__in=ids).update(
            state=DeliveryState.WAITING,
            attempts=0,
            due=now,
            queued=now,
            failed=None,
            reason="",
            replayed_by=by,
            replayed=now,
        )
        # Somebody who asks for a try wants it now: an open breaker lets its probe through at once.
        systems = {system for _, system in chosen}
        Breaker.objects.filter(system__in=systems, opened__isnull=False).update(probe=now)
        ring_on_commit()
    return ids


def set_fault(*, system: System, fault: Fault, by: User | None, now: datetime, world: datetime) -> None:
    """Make a simulated system misbehave, or behave again, which also lets the breaker's probe through at once.

    ``now`` is real time; ``world`` is when it happened for those who read the simulator's log.
    """
    with transaction.atomic():
        SystemSetting.objects.update_or_create(
            system=system, defaults={"fault": fault, "rate": _rate(fault), "changed_by": by, "changed": world}
        )
        KnobTurn.objects.create(system=system, fault=fault, turned=world, by=by)
        if fault == Fault.NONE:
            Breaker.objects.filter(system=system, opened__isnull=False).update(probe=now)
            waiting = Delivery.objects.filter(system=system, state=DeliveryState.WAITING, due__gt=now)
            waiting.update(due=now)
        ring_on_commit()


def _rate(fault: Fault) -> int:
    """Return the share of messages in percent that a fault strikes, where it strikes single ones."""
    return HALF if fault == Fault.LOSE else ALL


def ask_clock(*, minutes: int, by: User | None, now: datetime) -> ClockMove:
    """Ask that the demonstration's clock move on; a worker does it.  Raises ``ValueError`` where there is none.

    While it is moving nothing new is asked for, and that move is returned: two clicks are one night.
    """
    if not settings.DEMO:
        raise ValueError("Only a demonstration's clock can be moved")
    with transaction.atomic():
        # Two clicks at once wait here for each other.
        WorldClock.objects.select_for_update().filter(pk=1).first()
        under_way = ClockMove.objects.filter(done__isnull=True).order_by("id").first()
        if under_way is not None:
            return under_way
        move = ClockMove.objects.create(minutes=minutes, asked_by=by, asked=now)
        ring_on_commit()
    return move


def finalise_iep(*, iep_id: int, by: User | None, now: datetime) -> Iep:
    """Make a draft IEP final at world time ``now``: it governs from its start, and CAP has it next night (R10, R11).

    Raises ``CannotFinalise`` with the reason in plain words.
    """
    with transaction.atomic():
        iep = documents.finalise(iep_id=iep_id, by=by, now=now)
        Touched.objects.create(kind=Touched.Kind.STUDENT, subject_id=iep.student_id, at=now)
        ring_on_commit()
    return iep


def record_consent(*, student_id: int, given: date, by: User, now: datetime) -> bool:
    """Record that a student's parents consented on a day, and return whether nobody had done so before (R11).

    The first record stands: of two at once the second changes nothing.  A first IEP that waited for it goes to CAP in
    the next night.  ``now`` is world time.
    """
    with transaction.atomic():
        known = {"given": given, "recorded": now, "recorded_by": by}
        _, is_new = Consent.objects.get_or_create(student_id=student_id, defaults=known)
        if is_new:
            Touched.objects.create(kind=Touched.Kind.STUDENT, subject_id=student_id, at=now)
            ring_on_commit()
    return is_new


__all__ = ["CannotFinalise", "ask_clock", "finalise_iep", "record_consent", "replay", "set_fault"]
