"""How many of each kind there are, and which student gets which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from caseloads.city.faults.catalogue import NEAR, PLANTED
from caseloads.city.faults.scenario import CODES, NEVER_OPEN
from caseloads.city.loads import LIMIT, OVER

LINES_A_STUDENT = 1.8
STUDENTS_TO_ONE = 400
"""Up to ``SMALL`` students there is one of each kind to so many; above, a share of all lines has a fault."""
SMALL, SHARE = 20_000, 0.025
HEAVY_SHARE = 0.33
"""The share of students who may be on heavy caseloads."""

LOST, DOZEN = "IEP_NOT_IN_CAP", 12
SHOWN, SHOWN_NEAR = 2, 1
"""How many of each kind the featured school has: final IEPs that never reached CAP by the dozen."""

Job = tuple[str, bool, int]
"""A code, whether it is to be open, and which of its ways comes first."""


def how_many(students: int, rate: float | None) -> int:
    """Return how many of each code are planted, and how many near misses there are of it."""
    openable = len(CODES) - len(NEVER_OPEN)
    if rate is not None:
        return round(rate * students * LINES_A_STUDENT / openable)
    if students <= SMALL:
        return max(1, students // STUDENTS_TO_ONE)
    return max(SMALL // STUDENTS_TO_ONE, round(SHARE * students * LINES_A_STUDENT / openable))


def how_many_heavy(students: int, each: int) -> int:
    """Return how many caseloads are over the limit, and as many just under it: as many as there are students for."""
    return min(each, int(students * HEAVY_SHARE) // (2 * LIMIT + 3))


def jobs(each: int) -> Iterator[Job]:
    """Yield one of every kind, then the next of every kind, and so on."""
    for at in range(each):
        for code in CODES:
            if code == OVER:
                continue
            if PLANTED[code]:
                yield code, True, at
            if NEAR[code]:
                yield code, False, at


def deal(rng: Random, sizes: Sequence[int], each: int, *, featured: int | None) -> dict[int, Job]:
    """Return which student, counted through all schools, gets which job.

    The school at ``featured`` has its share of every kind; where there are more jobs than students, the last ones go.
    """
    every = list(jobs(each))
    begins = sum(sizes[:featured]) if featured is not None else 0
    here = range(begins, begins + sizes[featured]) if featured is not None else range(0)
    own = [job for job in every if _is_shown(job)][: len(here) // 2]
    elsewhere = set(every) - set(own)
    rest = [at for at in range(sum(sizes)) if at not in here]
    return {**_some(rng, here, own), **_some(rng, rest, [job for job in every if job in elsewhere])}


def _is_shown(job: Job) -> bool:
    """Return whether a job belongs to the featured school."""
    code, is_open, at = job
    return at < (DOZEN if code == LOST and is_open else SHOWN if is_open else SHOWN_NEAR)


def _some(rng: Random, students: Sequence[int], every: Sequence[Job]) -> dict[int, Job]:
    count = min(len(students), len(every))
    return dict(zip(rng.sample(students, count), every[:count], strict=True))
