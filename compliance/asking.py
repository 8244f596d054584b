"""What the pages about students are asked: a name or a number, the day of a consent, a school and a day of SEC's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from orcs_portal.shared.dayfield import DayField
from orcs_portal.shared.say import say_date

NAMELESS = "Type a name or a number"
WRONG_DBN = "Enter a DBN of one of your schools, such as 15K321"
TOO_LONG = "Type no more than 100 letters: one name or one number"


class SearchForm(forms.Form):
    """A student's name or OSIS number, or the number of a call; sent by POST, since addresses are kept everywhere."""

    q = forms.CharField(
        label="Name or number",
        max_length=100,
        help_text="A name or its beginning, in any order. Or an OSIS number, a confirmation number, or a reference.",
        error_messages={"required": NAMELESS, "max_length": TOO_LONG, "null_characters_not_allowed": NAMELESS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the browser from remembering whom one looked for."""
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class ConsentForm(forms.Form):
    """The day on which the parents consented to the first IEP (R11)."""

    given = DayField(
        label="Parents consented on",
        missing="Enter the day on which the parents consented",
        help_text="As the signed form says. For example 11/9/2026.",
    )

    def __init__(self, *args: Any, today: date, earliest: date, **kwargs: Any) -> None:
        """Take no day after ``today``, and none before ``earliest``, which cannot be about this IEP."""
        super().__init__(*args, **kwargs)
        self._today, self._earliest = today, earliest
        self.fields["given"].today = today  # type: ignore[attr-defined] # DayField

    def clean_given(self) -> date:
        """Return the day; raises ``ValidationError`` for one that lies ahead or too long ago to be meant."""
        given: date = self.cleaned_data["given"]
        if given > self._today:
            raise forms.ValidationError("Enter a day up to today: consent is recorded once it is given", code="ahead")
        if given < self._earliest:
            since = say_date(self._earliest, self._today)
            raise forms.ValidationError(
                f"Check the year: a consent before {since} is not about this student's first IEP", code="long ago"
            )
        return given


class ReportForm(forms.Form):
    """Which school's report, and of which day; ``schools`` to choose from, or none for whoever types a DBN."""

    school = forms.ChoiceField(
        label="School",
        required=False,
        error_messages={"invalid_choice": "Choose one of your schools"},
    )
    dbn = forms.CharField(
        label="School's DBN",
        required=False,
        max_length=12,
        help_text="District, borough letter and number. For example 15K321.",
        error_messages={"max_length": WRONG_DBN, "null_characters_not_allowed": WRONG_DBN},
    )
    on = DayField(
        label="Day",
        required=False,
        missing="",
        help_text="Month, day, year. For example 11/9/2026. Left empty it is today.",
    )

    def __init__(self, *args: Any, today: date, schools: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer one's own schools, or take a DBN where they are too many to list."""
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["on"].today = today  # type: ignore[attr-defined] # DayField
        if schools:
            self.fields["school"].choices = [(str(key), name) for key, name in schools]  # type: ignore[attr-defined] # ChoiceField
        del self.fields["dbn" if schools else "school"]

    def clean_on(self) -> date:
        """Return the day, today where none is given; raises ``ValidationError`` for one that lies ahead."""
        day: date = self.cleaned_data["on"] or self._today
        if day > self._today:
            raise forms.ValidationError("SEC has no report of a day to come. Enter a day up to today", code="ahead")
        return day
