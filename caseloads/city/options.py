"""What is asked for when a city is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from providers.directory import Listed

MOST_STUDENTS = 2_000_000
MOST_RATE = 0.2


@dataclass(frozen=True, slots=True)
class Options:
    """A city: how many students, by which seed, at which moment of world time.

    ``schools`` are those of a directory, or None; ``rate`` is the share of lines with a fault, None for the usual, 0
    for a clean city.
    """

    students: int
    seed: int
    at: datetime
    schools: Sequence[Listed] | None = None
    rate: float | None = None


def read_students(text: str) -> int:
    """Return a number of students; raises ``ValueError``."""
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text) <= MOST_STUDENTS:
        raise ValueError(f"a city has from 1 to {MOST_STUDENTS:,} students, not {text!r}")
    return int(text)


def read_seed(text: str) -> int:
    """Return a seed; raises ``ValueError``."""
    if not text.strip().isascii() or not text.strip().isdigit():
        raise ValueError(f"a seed is a whole number from 0 on, not {text!r}")
    return int(text)


def read_rate(text: str) -> float:
    """Return a share; raises ``ValueError``."""
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= MOST_RATE:
        raise ValueError(f"the share of lines with a fault lies between 0 and {MOST_RATE}, not {text!r}")
    return rate
