"""How items stand, as conditions: what is open, what is somebody's to do now, and what it was at an earlier moment.

*Open* in the account's sense is whatever is not finished: also what was handed over, until the systems agree.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from compliance.kinds import UNFINISHED, Condition, EventKind, Handling, State
from compliance.models import Finding, FindingEvent
from compliance.models.finding import open_states

RECENT = timedelta(days=7)
"""For how long a list shows what settled."""


def is_open(finding: Finding) -> bool:
    """Return whether an item is open in the account's sense."""
    return finding.state in UNFINISHED


def unfinished() -> Q:
    """Return the condition on what is open: not waiting, not settled, not acknowledged."""
    return open_states()


def to_do(today: date) -> Q:
    """Return the condition on open items that wait for nobody else: what was handed over counts from its date on."""
    return unfinished() & to_do_of_open(today)


def to_do_of_open(today: date) -> Q:
    """Return what ``to_do`` asks beyond that an item is open."""
    return Q(state=State.OPEN) | Q(look_again__lte=today)


def waits_for_another(today: date) -> Q:
    """Return the condition on open items that wait for somebody else: with ``to_do`` it makes what is open."""
    not_yet = Q(look_again__isnull=True) | Q(look_again__gt=today)
    return Q(state__in=[State.SNOOZED, State.HANDED_OVER]) & not_yet


def overdue(today: date) -> Q:
    """Return the condition on items whose last school day to act has gone by."""
    return Q(due__lt=today)


def recently_settled(now: datetime) -> Q:
    """Return the condition on what settled by itself within ``RECENT``."""
    return Q(state=State.RESOLVED, settled__gt=now - RECENT)


def _settled_between(since: datetime) -> Exists:
    """Return whether an item that came back after a moment had also settled after it, so that it was open then."""
    settled = FindingEvent.objects.filter(kind=EventKind.SETTLED, finding=OuterRef("pk"), at__gt=since)
    return Exists(settled)


def _not_back_since(since: datetime) -> Q:
    return Q(regressed__isnull=True) | Q(regressed__lte=since)


def came_back_since(since: datetime) -> Q:
    """Return the condition on open items that were settled at a moment and are back."""
    return unfinished() & back_of_open(since)


def back_of_open(since: datetime) -> Q:
    """Return what ``came_back_since`` asks beyond that an item is open."""
    return Q(regressed__gt=since) & ~Q(_settled_between(since))


def new_since(since: datetime) -> Q:
    """Return the condition on open items that no comparison had found before a moment."""
    return unfinished() & new_of_open(since)


def new_of_open(since: datetime) -> Q:
    """Return what ``new_since`` asks beyond that an item is open."""
    return Q(opened__gt=since) & _not_back_since(since)


def settled_since(since: datetime) -> Q:
    """Return the condition on items that were open at a moment and have settled by themselves."""
    return Q(state=State.RESOLVED, settled__gt=since) & _was_open(since)


def acknowledged_since(since: datetime) -> Q:
    """Return the condition on items that were open at a moment and that a person has acknowledged."""
    acknowledged = Q(state=State.ACKNOWLEDGED, condition=Condition.OPEN, handled__gt=since)
    return acknowledged & Q(opened__lte=since)


def waits_again_since(since: datetime) -> Q:
    """Return the condition on items that were open at a moment and are only waiting, or nobody's work, now."""
    waits, exempt = waits_again_parts(since)
    return waits | exempt


def waits_again_parts(since: datetime) -> tuple[Q, Q]:
    """Return the two conditions that make ``waits_again_since`` and share no row."""
    return _waits_since(since), _exempt_since(since)


def _waits_since(since: datetime) -> Q:
    return Q(state=State.WAITING) & _was_open(since)


def _exempt_since(since: datetime) -> Q:
    return Q(state=State.ACKNOWLEDGED, condition=Condition.EXEMPT) & _was_open(since)


def stayed_since(since: datetime) -> Q:
    """Return the condition on what is open and was so at a moment.

    With what is new and what came back since it makes what is open now, and nothing is counted twice.
    """
    back_and_forth = Q(regressed__gt=since) & Q(_settled_between(since))
    return unfinished() & (Q(opened__lte=since) & _not_back_since(since) | back_and_forth)


OPEN_BEFORE = (stayed_since, settled_since, acknowledged_since, _waits_since, _exempt_since)
"""What was open at a moment, by what became of it; each part has its own index, which one condition would not use."""


def open_at(since: datetime) -> Q:
    """Return the condition on what was open at a moment, as the rows tell it."""
    condition = OPEN_BEFORE[0](since)
    for part in OPEN_BEFORE[1:]:
        condition |= part(since)
    return condition


def _was_open(since: datetime) -> Q:
    """Return the condition on rows that had been found by a moment and that nobody had acknowledged then."""
    found = Q(opened__lte=since) & _not_back_since(since)
    return found & ~Q(handling=Handling.ACKNOWLEDGED, handled__lte=since)
