"""The switch of the hold on independent providers (R13)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.models import Touched
from orcs_portal.shared.say import say_date
from providers.models import PolicySwitch
from providers.policy.facts import Switch
from providers.policy.rules import hold_on


class CannotSwitch(Exception):
    """The hold is not switched; the message says why in plain words and ``field`` what to change."""

    def __init__(self, words: str, *, field: str) -> None:
        """Keep both."""
        super().__init__(words)
        self.field = field


def set_hold(*, on: bool, starts: date, reason: str, by: User, now: datetime) -> PolicySwitch:
    """Switch the hold on or off from a day on, with a reason (R13); what was switched before stays on record.

    The day is today or later: calls are judged by the hold on their session's day, and no past day is judged anew.
    Raises ``CannotSwitch`` for an earlier day, and where the hold is as asked on that day already.  Two at once are
    two rows, of which the later decides.
    """
    today = local_day(now)
    if starts < today:
        raise CannotSwitch(f"The day must be today, {say_date(today, today)}, or later", field="starts")
    with transaction.atomic():
        rows = PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD).order_by("starts", "id")
        if hold_on(starts, [Switch(row.starts, row.on) for row in rows]) is on:
            words = f"On {say_date(starts, today)} the hold is {'on' if on else 'off'} already"
            raise CannotSwitch(words, field="on")
        row = PolicySwitch.objects.create(
            rule=PolicySwitch.Rule.RSA_HOLD, starts=starts, on=on, reason=reason, set_by=by, set_at=now
        )
        # A day to come is reached by the night before it; from today on every letter is to be looked at anew.
        if starts == today:
            Touched.objects.create(kind=Touched.Kind.ALL, at=now)
    return row
