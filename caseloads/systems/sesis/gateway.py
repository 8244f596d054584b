"""The way into SESIS for calls; documents come in through ``documents``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from caseloads.kinds import EntryState, System
from caseloads.models.entry import Entry
from caseloads.models.system import SystemSetting
from caseloads.systems.contract import Ended, FirstAttend, Settled, Shown, Taken
from caseloads.systems.faults import draw
from caseloads.systems.rows import fetch, insert_values, run
from caseloads.systems.sesis.models import SesisNotice
from caseloads.systems.sesis.statements import APPLIED, DUE, ENDED, ENTER, OPENED, RELEASE, TAKE, TAKEN
from orcs_portal.shared.clock import local_day
from providers.kinds import Affiliation
from providers.models import AccessGrant
from providers.policy.rules import route_into_sesis

STEP = timedelta(minutes=5)
STATES = {"open": EntryState.OPEN, "held": EntryState.HELD, "over": EntryState.ENDED}


def due_at(knobs: SystemSetting, delivery: int, *, now: datetime) -> datetime:
    """Return when this delivery's entries are made: after a lag between the knobs' least and most, drawn by their seed.

    SESIS works in steps of five minutes, so that a day has few of them, however many calls it has.
    """
    span = knobs.lag_max - knobs.lag_min
    due = now + timedelta(minutes=knobs.lag_min + round(span * draw(knobs.seed, "lag", delivery)))
    return due + (datetime.min.replace(tzinfo=due.tzinfo) - due) % STEP if knobs.lag_max else due


class SesisGateway:
    """SESIS opens a caseload entry within two days, if the provider has access; else the entry is held (R2, R3)."""

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        """Store notices, each with the time at which its entries are made."""
        knobs, _ = SystemSetting.objects.get_or_create(system=System.SESIS)
        promise = now + timedelta(minutes=knobs.lag_promise)
        insert_values(
            TAKE,
            [
                (
                    m.delivery,
                    m.call,
                    m.provider,
                    m.school,
                    [*m.mandates],
                    now,
                    due_at(knobs, m.delivery, now=now),
                    promise,
                )
                for m in messages
            ],
        )
        known = fetch(TAKEN, [[m.delivery for m in messages]])
        return {delivery: Taken(expected, opened) for delivery, expected, opened in known}

    def settle(self, *, now: datetime) -> list[Settled]:
        """Make the entries that are due, open those whose provider has got access, and return what now stands.

        Besides it returns what no longer can: first attends of lines that no IEP names any more (R10).
        """
        with transaction.atomic():
            self._enter(now)
            params = {"now": now, "today": local_day(now), **STATES}
            run(RELEASE, params)
            shown = [Shown(delivery, now) for (delivery,) in fetch(OPENED, params)]
            return [*shown, *(Ended(delivery, now) for (delivery,) in fetch(ENDED, params))]

    def _enter(self, now: datetime) -> None:
        due = fetch(DUE, {"now": now, "today": local_day(now)})
        if not due:
            return
        params = {
            "now": now,
            "today": local_day(now),
            **STATES,
            "deliveries": [delivery for delivery, _ in due],
            "routes": [int(route_into_sesis(Affiliation(affiliation))) for _, affiliation in due],
        }
        run(ENTER, params)
        run(APPLIED, params)

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return when the next entry is made, or the next access of a provider with held entries begins."""
        entries = SesisNotice.objects.filter(applied__isnull=True, ended__isnull=True).aggregate(at=Min("due"))["at"]
        held = Entry.objects.filter(state=EntryState.HELD).values("provider")
        access = AccessGrant.objects.filter(provider__in=held, opened__gt=after).aggregate(at=Min("opened"))["at"]
        return min((at for at in (entries, access) if at is not None), default=None)
