"""How the hold on independent providers stands, and how it got there (R13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from providers.models import PolicySwitch
from providers.policy.facts import Switch
from providers.policy.rules import hold_on


@dataclass(frozen=True, slots=True)
class Hold:
    """Whether the hold is on, since when (None: since ever), and what is switched on a day to come."""

    on: bool
    since: date | None
    switches: tuple[PolicySwitch, ...]
    ahead: tuple[PolicySwitch, ...]


def hold(today: date) -> Hold:
    """Return how the hold stands on a day, with every switch there was, the latest first; one query."""
    rows = tuple(
        PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD).select_related("set_by").order_by("-starts", "-id")
    )
    now = hold_on(today, _plain(rows))
    return Hold(now, _since(rows, today, on=now), rows, tuple(row for row in rows if row.starts > today)[::-1])


def rsa_hold(on: date) -> bool:
    """Return whether R13 holds RSA providers back on a day."""
    rows = PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD).values_list("starts", "on")
    return hold_on(on, [Switch(starts, state) for starts, state in rows])


def _plain(rows: tuple[PolicySwitch, ...]) -> list[Switch]:
    return [Switch(row.starts, row.on) for row in reversed(rows)]


def _since(rows: tuple[PolicySwitch, ...], today: date, *, on: bool) -> date | None:
    """Return the first day of the present run of the same state."""
    since = None
    for row in rows:
        if row.starts > today:
            continue
        if row.on is not on:
            return since
        since = row.starts
    return since
