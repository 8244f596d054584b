"""Reading ids that came from outside."""

from __future__ import annotations

import re

DIGITS = re.compile(r"[0-9]{1,18}")
DBN = re.compile(r"[0-9A-Z]{1,6}")


def read_id(text: str) -> int | None:
    """Return the id that stands in a text of a form or an address, or None for anything that can be none.

    Eighteen digits fit a column of 64 bits; thousands of them would not even fit Python's own reading of numbers.
    """
    return int(text) if DIGITS.fullmatch(text) else None


def read_dbn(text: str) -> str:
    """Return a school's DBN, or the beginning of one, as it stands in an address, or "" for anything that is none."""
    upper = text.strip().upper()
    return upper if DBN.fullmatch(upper) else ""
