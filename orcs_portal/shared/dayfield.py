"""A day as people type it: month, day and year, in the ways that are usual."""

from __future__ import annotations

from typing import Any

from django import forms

FORMATS = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m %d %Y", "%Y-%m-%d", "%b %d, %Y", "%B %d, %Y")
EXAMPLE = "Month, day, year. For example 11/9/2026."


class DayField(forms.DateField):
    """A date field that reads every usual way of writing a day and shows one."""

    def __init__(self, *, missing: str, help_text: str = EXAMPLE, **kwargs: Any) -> None:
        """``missing`` is what to do when nothing was typed, such as ``Enter the first day``."""
        super().__init__(
            input_formats=FORMATS,
            widget=forms.DateInput(format="%m/%d/%Y", attrs={"autocomplete": "off"}),
            help_text=help_text,
            error_messages={
                "required": missing,
                "invalid": "Enter the date as month, day and year, for example 11/9/2026",
            },
            **kwargs,
        )
