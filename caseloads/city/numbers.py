"""Numbers and names that are plainly invented, each number given out once."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from random import Random

from stdnum import damm

from caseloads.city.shares import Draw

FIRST_OSIS = 910_000_000
"""Students of the city count up from here, numbers that only CAP and SEC know from ``FIRST_STRANGER``."""
FIRST_STRANGER = 970_000_000
FIRST_PROVIDER = 910_000_000
LOWEST, HOW_MANY, STRIDE = 1_000_000, 9_000_000, 4_999_999
"""Seven digits before the check digit; steps of ``STRIDE``, which shares no factor, meet every number once."""

Names = tuple[tuple[str, ...], tuple[str, ...]]


def confirmations(rng: Random, taken: Collection[str]) -> Iterator[str]:
    """Yield confirmation numbers: none of them twice, and none that is ``taken``."""
    at = rng.randrange(HOW_MANY)
    for _ in range(HOW_MANY):
        at = (at + STRIDE) % HOW_MANY
        payload = str(LOWEST + at)
        number = payload + damm.calc_check_digit(payload)
        if number not in taken:
            yield number


@cache
def _languages() -> Draw[Names]:
    """Return the names of every language, drawn by its share of the city."""
    file = Path(__file__).with_name("names.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8")).values()
    return Draw(((tuple(one["given"]), tuple(one["family"])), one["share"]) for one in tables)


def names(rng: Random) -> tuple[str, str]:
    """Return a given and a family name of one language; one in ten has two family names."""
    given, family = _languages()(rng)
    first, last = rng.choice(given), rng.choice(family)
    if rng.random() < 1 / 10:
        last = f"{last}-{rng.choice(family)}"
    return first, last
