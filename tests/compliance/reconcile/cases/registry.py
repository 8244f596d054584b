"""Where cases are written down: a small world put out of order, and all that must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from providers.kinds import Service
from tests.compliance.reconcile.worlds import World

Make = Callable[[World], None]


class When(Enum):
    """When a world is read: before the nights of its day, in the afternoon, or then with R13's hold on."""

    DAWN = auto()
    AFTERNOON = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Case:
    """A way to put a world out of order; ``said`` are codes and conditions, such as ``SEC_STALE open``."""

    name: str
    make: Make
    said: tuple[str, ...]
    service: Service
    when: When


CASES: dict[str, Case] = {}


def case(*said: str, service: Service = Service.SPEECH, when: When = When.AFTERNOON) -> Callable[[Make], Make]:
    """Register a function as a case, in a world of one service, of which exactly this is said.

    Contracts hold for a whole borough: cases that ask for them have services of their own.
    """

    def register(make: Make) -> Make:
        name = make.__name__
        assert name not in CASES, name
        CASES[name] = Case(name, make, tuple(sorted(said)), service, when)
        return make

    return register
