"""What people type about items; the words for what must be put right say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser

from caseloads.forms import DATE_FORMATS
from compliance.mismatches.actions.handling import Order
from orcs_portal.shared.schooldays import SchoolCalendar

NOTE = 2000


class HandOverForm(forms.Form):
    """The ticket, where the help desk gets something (R7), the day to look again, and a note.

    The day is a school day, today or later: nobody looks on a day without school.
    """

    ticket = forms.CharField(
        label="Help desk ticket number",
        required=False,
        max_length=40,
        help_text="The number that the SESIS Help Desk gave you.",
    )
    look_again = forms.DateField(
        label="Look again on",
        input_formats=[*DATE_FORMATS, "%Y-%m-%d"],
        widget=forms.DateInput(format="%m/%d/%Y", attrs={"autocomplete": "off"}),
        help_text="A school day, as month, day, year.",
        error_messages={
            "required": "Choose the day on which you look again",
            "invalid": "Enter the day to look again as month, day and year, for example 12/01/2026",
        },
    )
    note = forms.CharField(
        label="Note, if you want one",
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, calendar: SchoolCalendar, today: date, ticket: bool, **kwargs: Any) -> None:
        """Ask for a ticket where ``ticket`` says that the help desk gets something."""
        super().__init__(*args, **kwargs)
        self._calendar, self._today = calendar, today
        self.fields["ticket"].widget.attrs["autocomplete"] = "off"
        if ticket:
            self.fields["ticket"].required = True
            self.fields["ticket"].error_messages["required"] = "Enter the ticket number that the help desk gave you"
        else:
            del self.fields["ticket"]

    def clean_look_again(self) -> date:
        """Return the day; refuse one that is over, or on which there is no school."""
        day: date = self.cleaned_data["look_again"]
        if day < self._today:
            raise forms.ValidationError("Choose a day to look again that is not over", code="past")
        if day > self._calendar.last_day:
            last = self._calendar.last_day
            raise forms.ValidationError(
                f"Choose a day of this school year, which ends on {last:%B} {last.day}", code="after the year"
            )
        if not self._calendar.is_school_day(day):
            raise forms.ValidationError("Choose a school day to look again: there is no school on that day", code="off")
        return day

    @property
    def order(self) -> Order:
        """What goes with the items, once the form is valid."""
        data = self.cleaned_data
        return Order(data["look_again"], data.get("ticket", "").strip(), data["note"].strip())


class AssignForm(forms.Form):
    """Who is to have an item: oneself, a colleague of the school, or nobody."""

    to = forms.ChoiceField(label="Give it to", error_messages={"required": "Choose who is to have it"})

    def __init__(self, *args: Any, me: AbstractBaseUser, colleagues: Sequence[AbstractBaseUser], **kwargs: Any) -> None:
        """Offer oneself first, then the others by name."""
        super().__init__(*args, **kwargs)
        others = [(str(one.pk), str(one)) for one in colleagues if one.pk != me.pk]
        self.fields["to"].choices = [(str(me.pk), "Me"), *others, (NOBODY, "Nobody")]  # type: ignore[attr-defined] # ChoiceField
        self.fields["to"].error_messages["invalid_choice"] = "Choose somebody who works at the school of the item"

    @property
    def chosen(self) -> int | None:
        """The user's id, or None for nobody."""
        to: str = self.cleaned_data["to"]
        return None if to == NOBODY else int(to)


NOBODY = "nobody"


class AcknowledgeForm(forms.Form):
    """Why an item may stay as it is."""

    reason = forms.CharField(
        label="Why it may stay as it is",
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it may stay as it is"},
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    note = forms.CharField(
        label="Add a note for colleagues",
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the note first"},
    )
