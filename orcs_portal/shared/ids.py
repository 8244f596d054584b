"""Reading ids that came from outside."""

from __future__ import annotations

import re

DIGITS = re.compile(r"[0-9]{1,18}")


def read_id(text: str) -> int | None:
    """Return the id that stands in a text of a form or an address, or None for anything that can be none.

    Eighteen digits fit a column of 64 bits; thousands of them would not even fit Python's own reading of numbers.
    """
    return int(text) if DIGITS.fullmatch(text) else None
