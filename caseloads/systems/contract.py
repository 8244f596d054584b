"""What every system promises to whoever sends to it.

A gateway takes batches.  Taking is idempotent by the delivery's id: a second arrival answers like the first and
changes nothing.  Taking is not showing: the effect stands later, after the system's lag, when ``settle`` is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Silent(Exception):
    """The whole system does not answer: nobody's own fault, so it feeds the breaker and no row's attempts."""


@dataclass(frozen=True, slots=True)
class FirstAttend:
    """A first attend as it is sent: ids of ours, and the field's own numbers for systems that know only those.

    ``accepted`` is the world time at which the call was accepted; ``settings`` and ``mandates`` name the lines that it
    marks.
    """

    delivery: int
    call: int
    confirmation: str
    provider: int
    provider_number: int
    school: int
    student: int
    osis: int
    service: int
    language: int
    settings: tuple[int, ...]
    mandates: tuple[int, ...]
    session_on: date
    accepted: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """The system has the message; its effect should show by ``expected``, or stands since ``shown`` (world time)."""

    expected: datetime
    shown: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The system will never take this message; the reason is its own words."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer came for this message: it may or may not have arrived, so it is sent again."""

    reason: str


Reply = Taken | Refused | NoReply


@dataclass(frozen=True, slots=True)
class Shown:
    """The effect of a delivery stands since ``at`` (world time)."""

    delivery: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """Since ``at`` (world time) nothing is left to show a delivery's effect on: its line is over.

    Should the line come back, the effect may still stand.
    """

    delivery: int
    at: datetime


Settled = Shown | Ended


@dataclass(frozen=True, slots=True)
class Unheld:
    """A delivery that a system took and has no line for: the line's student, by OSIS, its service and language."""

    delivery: int
    osis: int
    service: int
    language: int

    @property
    def line(self) -> tuple[int, int, int]:
        """The line, whatever its setting: a first attend is of both."""
        return (self.osis, self.service, self.language)


class Gateway(Protocol):
    """One system, as the propagation knows it."""

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        """Take messages at world time ``now`` and return when each effect is expected, by delivery id."""
        ...

    def settle(self, *, now: datetime) -> Sequence[Settled]:
        """Let every effect that is due by world time ``now`` stand, and return those, and those that no longer can."""
        ...

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return the next world time at which ``settle`` has work, or None while it has none."""
        ...
