"""What an accepted call is marked with, for the coordinator to look at."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from caseloads.models import Call
from providers.policy.verdict import Flag

TITLES = {
    Flag.HOLIDAY: "No school on that day",
    Flag.OTHER_PROVIDER: "Another provider is assigned",
}
_TEXTS = {
    Flag.HOLIDAY: "The call counts, and is marked so that the coordinator looks at the date.",
    Flag.OTHER_PROVIDER: "The call counts, and is marked so that the coordinator looks at who serves the student.",
}
MARKED = Q(on_holiday=True) | Q(other_provider=True)
"""The condition on calls that are marked."""


def marks_of(call: Call) -> list[Flag]:
    """Return what a call is marked with."""
    marks = ((Flag.HOLIDAY, call.on_holiday), (Flag.OTHER_PROVIDER, call.other_provider))
    return [flag for flag, marked in marks if marked]


def notices_of(flags: Iterable[Flag]) -> list[dict[str, str]]:
    """Return marks as a page shows them: tone, title and text."""
    return [{"tone": "due", "title": TITLES[flag], "text": _TEXTS[flag]} for flag in flags]
