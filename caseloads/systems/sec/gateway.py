"""The way into SEC and out of it; nothing else writes SEC's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from caseloads.systems.contract import FirstAttend, Shown, Taken, Unheld
from caseloads.systems.nights import CAP_NIGHT, MORNING, SEC_NIGHT, next_at
from caseloads.systems.rows import fetch, insert_values, run
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.models import SecNotice
from caseloads.systems.sec.statements import CARRY, CLOSE_LINES, DROP, OPEN_LINES, SHOW, TAKE, TAKEN, UNHELD

BEHIND_CAP = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A CAP mandate as it is carried to SEC; ``status`` None means that CAP closed it."""

    osis: int
    service: int
    language: int
    setting: int
    frequency: int
    duration: int
    group_size: int
    status: SecStatus | None
    provider_number: int | None
    first_attend: date | None

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The line's identity in SEC."""
        return (self.osis, self.service, self.language, self.setting)

    def row(self, now: datetime) -> tuple[object, ...]:
        """Return the line as SEC keeps it."""
        mandate = (self.frequency, self.duration, self.group_size)
        status = None if self.status is None else int(self.status)
        return (*self.key, *mandate, status, self.provider_number, self.first_attend, now)


def expected_after(received: datetime) -> datetime:
    """Return by when a first attend should show: CAP's next night, a day for SEC, SEC's night, six in the morning."""
    return shows_after(next_at(received, CAP_NIGHT))


def shows_after(in_cap: datetime) -> datetime:
    """Return by when what CAP says since ``in_cap`` should show: a day for SEC, SEC's night, six in the morning."""
    return next_at(next_at(in_cap + BEHIND_CAP, SEC_NIGHT), MORNING)


class SecGateway:
    """SEC derives its report from CAP a day later, and shows the first attend of a call that it has heard of itself."""

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        """Store notices; the report changes once CAP has had them for a day (R2)."""
        insert_values(
            TAKE,
            [
                (m.delivery, m.osis, m.service, m.language, [*m.settings], m.provider_number, m.session_on, now)
                for m in messages
            ],
        )
        known = fetch(TAKEN, [[m.delivery for m in messages]])
        return {delivery: Taken(expected_after(received), applied) for delivery, received, applied in known}

    def carry(self, lines: Sequence[CarriedLine], *, now: datetime) -> None:
        """Take over what CAP said a day ago; the last line of a key counts."""
        latest = {line.key: line for line in lines}
        kept = [line.row(now) for line in latest.values() if line.status is not None]
        gone = [key for key, line in latest.items() if line.status is None]
        insert_values(CARRY, kept)
        if gone:
            run(DROP, [list(column) for column in zip(*gone, strict=True)])

    def settle(self, *, now: datetime) -> list[Shown]:
        """Write the report anew by difference, and return the first attends that it shows for the first time."""
        params = {"now": now, "assigned": SecStatus.ASSIGNED}
        with transaction.atomic():
            run(CLOSE_LINES, params)
            run(OPEN_LINES, params)
            return [Shown(delivery, now) for (delivery,) in fetch(SHOW, params)]

    def unheld(self, *, now: datetime) -> list[Unheld]:
        """Return what was received by ``now``, is not shown, and is about a line that CAP does not say any more."""
        return [Unheld(*row) for row in fetch(UNHELD, [now])]

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return the next night, where a notice waits for it."""
        waiting = SecNotice.objects.filter(applied__isnull=True).exists()
        return next_at(after, SEC_NIGHT) if waiting else None
