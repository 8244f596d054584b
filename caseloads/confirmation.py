"""Confirmation numbers and references: how they are drawn, checked and read; pages group them by ``say``.

Eight digits, the last a check digit, after Damm.  Damm and Verhoeff both catch every wrong digit and every swap of
neighbors.  These numbers are heard and written down, and there *thirty* becomes *thirteen*: Damm lets 1 in 38 of such
slips pass, Verhoeff 1 in 6 (counted over 40,000 numbers).  Verhoeff is better at doubled and jumping digits, which
come from typing.

The first digit is never 0, because a spreadsheet would drop it.  Nine million numbers are possible, for all years
together; a draw may hit a used one, and the database's unique constraint tells, so that the caller draws again.
"""

from __future__ import annotations

import random
import re

from stdnum import damm

LENGTH = 8
SHAPE = re.compile(r"[1-9][0-9]{7}")
BETWEEN = re.compile(r"[\s.\-–]+")


def new_number(rng: random.Random) -> str:
    """Return a number drawn from ``rng``; pass ``secrets.SystemRandom()`` outside tests."""
    payload = str(rng.randrange(10 ** (LENGTH - 2), 10 ** (LENGTH - 1)))
    return payload + damm.calc_check_digit(payload)


def is_number(text: str) -> bool:
    """Return whether this is a well-formed confirmation number, written as eight plain digits."""
    return SHAPE.fullmatch(text) is not None and bool(damm.is_valid(text))


def new_reference(rng: random.Random) -> str:
    """Return a reference for a refused or unlinked call: ``R`` and eight digits, never called a confirmation."""
    return f"R{new_number(rng)}"


def is_reference(text: str) -> bool:
    """Return whether this is a well-formed reference, written as ``R`` and eight plain digits."""
    return text.startswith("R") and is_number(text[1:])


def read(text: str) -> str | None:
    """Return the number or reference a person means, or ``None``: blanks, dashes and a small ``r`` do not matter."""
    plain = BETWEEN.sub("", text).upper()
    return plain if is_number(plain) or is_reference(plain) else None
