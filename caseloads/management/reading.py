"""What commands read from their options: numbers as people write them."""

from __future__ import annotations

import re

from caseloads import confirmation

BETWEEN = re.compile(r"[\s\-\u2013.]+")


def osis(text: str) -> int:
    """Return a student number, whatever stands between its nine digits; raises ``ValueError``."""
    digits = BETWEEN.sub("", text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise ValueError("a student number has nine digits")
    return int(digits)


def provider_number(text: str) -> int:
    """Return a provider number; raises ``ValueError``."""
    if not re.fullmatch(r"[0-9]{6,9}", text.strip()):
        raise ValueError("a provider number has six to nine digits")
    return int(text)


def call_number(text: str) -> str:
    """Return a confirmation number or reference as it is stored; raises ``ValueError`` for a mistyped one."""
    number = confirmation.read(text)
    if number is None:
        raise ValueError(
            "a confirmation number has eight digits, a reference an R before them; check it digit by digit"
        )
    return number


UNITS = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
LONGEST = 31 * UNITS["d"]


def minutes(text: str) -> int:
    """Return the minutes of a duration such as ``90m``, ``2h``, ``1d``, ``1w`` or ``1d12h``; raises ``ValueError``."""
    if not re.fullmatch(r"([0-9]{1,5}[mhdw])+", text.strip().lower()):
        raise ValueError(f"{text!r} is not a duration such as 90m, 2h, 1d or 1w")
    total = sum(int(count) * UNITS[unit] for count, unit in re.findall(r"([0-9]+)([mhdw])", text.lower()))
    if not 1 <= total <= LONGEST:
        raise ValueError("the clock moves by at least a minute and at most 31 days at a time")
    return total
