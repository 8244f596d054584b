"""A day as people type it: month, day and year, in the ways that are usual."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms

FORMATS = (
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%m.%d.%Y",
    "%m %d %Y",
    "%Y-%m-%d",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%m/%d/%y",
    "%m-%d-%y",
)
WITHOUT_YEAR = ("%b %d", "%B %d", "%m/%d")
SUMMER = 7
"""The month in which one school year's dates end and the next one's begin."""
LONGEST = 40  # characters; no way of writing a day is longer
EXAMPLE = "Month, day, year. For example 11/9/2026."
ABBREVIATED = re.compile(r"\b(Sept|[A-Za-z]{3,9})\.?(?= )")


class DayField(forms.DateField):
    """A date field that reads every usual way of writing a day and shows one.

    With ``today`` set it also reads a day without its year, as the one of today's school year.
    """

    today: date | None = None

    def __init__(self, *, missing: str, help_text: str = EXAMPLE, example: str = "11/9/2026", **kwargs: Any) -> None:
        """``missing`` is what to do when nothing was typed, such as ``Enter the first day``."""
        super().__init__(
            input_formats=FORMATS,
            widget=forms.DateInput(format="%m/%d/%Y", attrs={"autocomplete": "off"}),
            help_text=help_text,
            error_messages={
                "required": missing,
                "invalid": f"Enter the date as month, day and year, for example {example}",
            },
            **kwargs,
        )

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """Return the day; raises ``ValidationError`` for what is none."""
        if not isinstance(value, str) or len(value) > LONGEST:
            return super().to_python(value)
        tidied = tidy(value)
        found = None if self.today is None else of_the_school_year(tidied, self.today)
        return found or super().to_python(tidied)


def tidy(text: str) -> str:
    """Return a day with plain single blanks and its month as ``Nov``, whether typed or copied from a page."""
    return ABBREVIATED.sub(lambda month: month[1][:3] if month[1] == "Sept" else month[1], " ".join(text.split()))


def of_the_school_year(text: str, today: date) -> date | None:
    """Return the day that a month and a day mean within today's school year, July to June; None for anything else."""
    first = today.year if today.month >= SUMMER else today.year - 1
    for year in (first, first + 1):
        for form in WITHOUT_YEAR:
            try:
                found = datetime.strptime(f"{text} {year}", f"{form} %Y").date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if (found.month >= SUMMER) == (year == first):
                return found
    return None
