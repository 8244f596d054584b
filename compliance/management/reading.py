"""What the compliance room's commands read from their options: moments and states."""

from __future__ import annotations

from datetime import date, datetime

from compliance.kinds import Code, State
from orcs_portal.shared.clock import NEW_YORK, at_local
from orcs_portal.shared.commands import day

CLOSE_OF_DAY = 17
"""The hour that a bare day means: five in the afternoon in New York."""


def moment(text: str, *, today: date) -> datetime:
    """Return the moment that is meant by an ISO time with its zone, or by a day at 5 pm; raises ``ValueError``.

    A time without a zone is New York's.
    """
    if "T" not in text.strip().upper():
        return at_local(day(text, today=today), CLOSE_OF_DAY)
    try:
        meant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a time such as {today.isoformat()}T17:00:00-05:00") from None
    return meant if meant.tzinfo else meant.replace(tzinfo=NEW_YORK)


STATES = tuple(one.slug for one in State)


def state(text: str) -> State:
    """Return a state by its slug; raises ``ValueError`` naming what is allowed."""
    return State.from_slug(text)


def code(text: str) -> Code:
    """Return a code by its name; raises ``ValueError`` naming what is allowed."""
    return Code.from_name(text)
