"""Forms on access to SESIS, on contacts and on the hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from orcs_portal.shared.dayfield import DayField

NUMBER = re.compile(r"[0-9]{6,9}")
BETWEEN = re.compile(r"[\s\-\u2013.]+")
NO_NULL = "Take out the signs that cannot be read"


class GalaxyForm(forms.Form):
    """Whom the head adds to a school's Galaxy; whether it is the right door is the policy's to say (R6, R9)."""

    school = forms.TypedChoiceField(
        label="School",
        coerce=int,
        error_messages={"required": "Choose the school", "invalid_choice": "Choose one of your schools"},
    )
    number = forms.CharField(
        label="Provider id",
        max_length=40,
        help_text="Six to nine digits, as on the phone line.",
        error_messages={
            "required": "Enter the provider id",
            "max_length": "Enter a provider id of six to nine digits",
            "null_characters_not_allowed": "Enter a provider id of six to nine digits",
        },
    )

    def __init__(self, *args: Any, schools: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the schools whose head this is."""
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = list(schools)  # type: ignore[attr-defined] # TypedChoiceField
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean_number(self) -> int:
        """Return the number, whatever stands between its digits."""
        digits = BETWEEN.sub("", self.cleaned_data["number"])
        if not NUMBER.fullmatch(digits):
            raise forms.ValidationError("Enter a provider id of six to nine digits", code="number")
        return int(digits)


class ContactForm(forms.Form):
    """Whom to write to."""

    full_name = forms.CharField(
        label="Name",
        max_length=150,
        error_messages={
            "required": "Enter the contact's name",
            "max_length": "Enter a name of at most 150 letters",
            "null_characters_not_allowed": NO_NULL,
        },
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Enter the contact's e-mail address",
            "invalid": "Enter an e-mail address, such as related-services@school.example",
            "max_length": "Enter an e-mail address of at most 254 letters",
            "null_characters_not_allowed": NO_NULL,
        },
    )
    phone = forms.CharField(
        label="Phone (optional)",
        max_length=30,
        required=False,
        error_messages={
            "max_length": "Enter a phone number of at most 30 signs",
            "null_characters_not_allowed": NO_NULL,
        },
    )


class HoldForm(forms.Form):
    """From which day on the hold is on or off, and why (R13)."""

    on = forms.TypedChoiceField(
        label="From that day on",
        coerce=lambda value: value == "on",
        choices=[("off", "Lift the hold: RSA providers may start"), ("on", "Set the hold: no RSA provider may start")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether the hold is lifted or set",
            "invalid_choice": "Choose whether the hold is lifted or set",
        },
    )
    starts = DayField(label="From which day", missing="Enter the day from which it counts")
    reason = forms.CharField(
        label="Reason",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody reads it. No names of students.",
        error_messages={
            "required": "Enter the reason",
            "max_length": "Enter a reason of at most 400 signs",
            "null_characters_not_allowed": NO_NULL,
        },
    )
