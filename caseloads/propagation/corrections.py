"""What offices put right between the systems: what one of them missed is carried to it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caseloads.kinds import Act, DeliveryState, System
from caseloads.models import Call, Delivery
from caseloads.propagation.bell import ring_on_commit
from caseloads.propagation.nightly import carried
from caseloads.systems.cap import corrections as cap
from caseloads.systems.sec import corrections as sec
from caseloads.systems.sesis import corrections as sesis

FORGET = {System.CAP: cap.forget_notice, System.SEC: sec.forget_notice, System.SESIS: sesis.forget}


def catch_up_sec(*, osis: int, service: int, language: int, setting: int, now: datetime) -> None:
    """Let SEC say of a line what CAP says now (R11)."""
    key = {"osis": osis, "service": service, "language": language, "setting": setting}
    row = cap.row_of(key=key)
    sec.catch_up(key=key, line=None if row is None else carried(*row), now=now)


def correct_cap(*, osis: int, service: int, language: int, setting: int, held: tuple[int, int], now: datetime) -> bool:
    """Make CAP say of a line what the latest IEP says; False where the IEP does not name it (R11).

    ``held`` is the language and setting under which CAP has it.
    """
    key = {"osis": osis, "service": service, "language": language, "setting": setting}
    shape = sesis.line_of(**key)
    return shape is not None and bool(cap.correct(key=key, held=held, shape=shape, now=now))


def close_in_cap(*, osis: int, service: int, language: int, setting: int, now: datetime) -> bool:
    """Close CAP's row of a line; False where there is none (R11)."""
    key = {"osis": osis, "service": service, "language": language, "setting": setting}
    return bool(cap.close(key=key, now=now))


def send_again(*, call: Call, system: System, real: datetime) -> None:
    """Carry an accepted call to a system that lost it, as if it had never been there; ``real`` is real time."""
    if call.student_id is None:
        raise ValueError("Only an accepted call is carried anywhere")
    with transaction.atomic():
        delivery, _made = Delivery.objects.select_for_update().get_or_create(
            call=call,
            system=system,
            act=Act.FIRST_ATTEND,
            defaults={"student_id": call.student_id, "service": call.service, "queued": real, "due": real},
        )
        FORGET[system](delivery=delivery.pk)
        Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.SENDING).update(
            state=DeliveryState.WAITING,
            attempts=0,
            queued=real,
            due=real,
            delivered=None,
            failed=None,
            reason="",
            expected=None,
            shown=None,
            ended=None,
        )
        ring_on_commit()
