"""How times, days, mandates and numbers are said.

Every page, message and line of the call uses these words, so that the same fact never reads in two ways.
Blanks that must not break at a line's end are non-breaking.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as said

BLANK = "\N{NO-BREAK SPACE}"
TIMES = f"{BLANK}\N{MULTIPLICATION SIGN}{BLANK}"

_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def say_time(moment: datetime) -> str:
    """Return the New York time of an aware moment, such as ``7:41 am``."""
    local = timezone.localtime(moment)
    half = "am" if local.hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{local.hour % 12 or 12}:{local.minute:02d}{BLANK}{half}"


def say_date(day: date, today: date) -> str:
    """Return a date without its weekday, such as ``Nov 23``; the year is added when it is not today's."""
    year = "" if day.year == today.year else f", {day.year}"
    return said(day, f"M{BLANK}j") + year


def say_day(day: date, today: date) -> str:
    """Return ``yesterday``, ``today`` or ``tomorrow``, else the weekday and date, such as ``Mon, Nov 30``."""
    return _NEAR.get((day - today).days) or f"{said(day, 'D')}, {say_date(day, today)}"


def say_day_in_full(day: date, today: date) -> str:
    """Return a date that nobody can mistake, such as ``Tue, Nov 24, 2026, today``, for answers read back."""
    near = _NEAR.get((day - today).days)
    return say_day_stamp(day) + (f", {near}" if near else "")


def say_day_stamp(day: date) -> str:
    """Return a day in full, such as ``Tue, Nov 24, 2026``, for what stands still while days go by."""
    return said(day, f"D, M{BLANK}j, Y")


def say_when(moment: datetime, now: datetime) -> str:
    """Return the day and time of an aware moment as seen from ``now``, such as ``tomorrow, 6:00 am``.

    Days are New York's: a minute past midnight is already the next one.
    """
    day = timezone.localtime(moment).date()
    return f"{say_day(day, timezone.localtime(now).date())}, {say_time(moment)}"


def say_stamp(moment: datetime) -> str:
    """Return an aware moment in full, such as ``Tue, Nov 24, 2026, 7:52 am``, for paper that outlives the day."""
    return f"{say_day_stamp(timezone.localtime(moment).date())}, {say_time(moment)}"


def cap(text: str) -> str:
    """Return the text with a capital first letter, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def say_number(number: int) -> str:
    """Return a whole number with its thousands set off, such as ``4,410``."""
    return f"{number:,}"


def notation(frequency: int, duration: int, group_size: int) -> str:
    """Return a mandate in the field's notation, ``3 × 30 × 2``: sessions a week, minutes, group size (R10)."""
    return TIMES.join(str(figure) for figure in (frequency, duration, group_size))


def in_words(frequency: int, duration: int, group_size: int) -> str:
    """Return a mandate in words, such as ``3 times a week, 30 minutes, group of 2`` or ``… one to one``."""
    often = "once" if frequency == 1 else f"{frequency}{BLANK}times"
    together = "one to one" if group_size == 1 else f"group of{BLANK}{group_size}"
    return f"{often} a week, {duration}{BLANK}minutes, {together}"


def osis_groups(osis: int | str) -> tuple[str, str, str]:
    """Return a student number as three groups of three digits; a number kept as an integer gets its zeros back."""
    digits = str(osis).zfill(9)
    return digits[:3], digits[3:6], digits[6:]


def number_groups(number: str) -> tuple[str, ...]:
    """Return a confirmation number as two groups of four digits; a reference keeps its R as a group before them."""
    letters, digits = (number[:1], number[1:]) if number[:1].isalpha() else ("", number)
    groups = tuple(digits[at : at + 4] for at in range(0, len(digits), 4))
    return (letters, *groups) if letters else groups


def group_number(number: str) -> str:
    """Return a confirmation number or reference as one text, ``4071 2310`` or ``R 4071 2288``."""
    return BLANK.join(number_groups(number))
