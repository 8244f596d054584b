"""The offices outside, as a demonstration plays them; whoever plays them says so here when the program starts."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from compliance.models import Finding
from orcs_portal.accounts.models import User


class CannotAnswer(Exception):
    """The office cannot do what the fix says; the text is a sentence without its full stop."""


class Office(Protocol):
    """Does what an item's fix says, through the systems' gateways, and returns a sentence that says what it did."""

    def __call__(self, *, finding: Finding, by: User, now: datetime, real: datetime) -> str:
        """Act at world time ``now`` and real time ``real``; raises ``CannotAnswer``."""
        ...


_open: list[Office] = []


def open_office(answer: Office) -> None:
    """Let this function answer for every office from now on."""
    _open[:] = [answer]


def office() -> Office | None:
    """Return who answers for the offices, or None where nobody does."""
    return _open[0] if _open else None
