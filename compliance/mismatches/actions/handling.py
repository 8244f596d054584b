"""Taking an item, handing it over to who can act, taking it back, and acknowledging it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from compliance.kinds import Code, EventKind, Handling, Owner
from compliance.mismatches.may import may_be_acknowledged, may_be_handed_over, may_be_taken_back
from compliance.mismatches.picking import Done, Picked, change, take
from compliance.mismatches.standing import is_open
from compliance.models import Finding
from compliance.queries.scope import schools_of
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day


@dataclass(frozen=True, slots=True)
class Order:
    """What goes with an item that is handed over: the help desk's ticket (R7), when to look again, and a note."""

    look_again: date
    ticket: str = ""
    note: str = ""


def hand_over(*, picked: Picked, order: Order, by: User, now: datetime) -> Done:
    """Hand items over to the owner whom each one's code names; whoever had none of them keeps watch from now on.

    A ticket goes with what the help desk gets, and with nothing else.
    """
    done = Done()

    def to(row: Finding) -> Mapping[str, Any]:
        return {
            "handling": Handling.HANDED_OVER,
            "handled_by_id": by.pk,
            "handled": now,
            "assigned_to_id": row.assigned_to_id or by.pk,
            "handed_to": row.owner,
            "ticket": order.ticket if row.owner == Owner.HELP_DESK else "",
            "look_again": order.look_again,
        }

    def told(row: Finding) -> Mapping[str, Any]:
        return {"to": int(row.owner), "ticket": row.ticket, "look_again": order.look_again.isoformat()}

    with transaction.atomic():
        rows = take(picked, done, fits=may_be_handed_over)
        change(rows, done, kind=EventKind.HANDED_OVER, to=to, told=told, note=order.note, by=by, now=now)
    return done


def assign(*, picked: Picked, to: User | None, by: User, now: datetime) -> Done:
    """Give items to somebody who works at their school, or to oneself; ``to`` None gives them to nobody."""
    done = Done()
    where = schools_of(to.pk, local_day(now)) if to is not None else frozenset()

    def fits(row: Finding) -> bool:
        return is_open(row) and (to is None or to == by or row.school_id in where)

    with transaction.atomic():
        change(
            take(picked, done, fits=fits),
            done,
            kind=EventKind.ASSIGNED,
            to=lambda _row: {"assigned_to_id": to.pk if to else None},
            told=lambda _row: {"to_user": to.pk if to else None},
            by=by,
            now=now,
        )
    return done


def take_back(*, picked: Picked, by: User, now: datetime) -> Done:
    """Take items back that were handed over, or that were acknowledged too soon."""
    done = Done()
    with transaction.atomic():
        change(
            take(picked, done, fits=may_be_taken_back),
            done,
            kind=EventKind.TAKEN_BACK,
            to=lambda _row: {**UNTOUCHED, "handled_by_id": by.pk, "handled": now},
            told=lambda _row: {},
            by=by,
            now=now,
        )
    return done


def acknowledge(*, picked: Picked, reason: str, by: User, now: datetime) -> Done:
    """Say of items that they are as they are and that nobody needs to act, and why; the reason stays on record."""
    done = Done()
    with transaction.atomic():
        change(
            take(picked, done, fits=may_be_acknowledged),
            done,
            kind=EventKind.ACKNOWLEDGED,
            to=lambda _row: {
                **UNTOUCHED,
                "handling": Handling.ACKNOWLEDGED,
                "handled_by_id": by.pk,
                "handled": now,
            },
            told=lambda row: {"code": Code(row.code).name},
            note=reason,
            by=by,
            now=now,
        )
    return done


UNTOUCHED: Mapping[str, Any] = {"handling": Handling.NONE, "handed_to": None, "ticket": "", "look_again": None}
