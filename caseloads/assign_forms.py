"""The forms of an assignment: whom to, from when, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from caseloads.queries.candidates import Candidate
from orcs_portal.shared.dayfield import DayField


class AssignForm(forms.Form):
    """One provider for some students: a candidate from the list, or anybody by number, from a day on."""

    mandates = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)
    provider = forms.TypedChoiceField(
        label="Provider", coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label="Somebody else, by provider id",
        max_length=40,
        required=False,
        help_text="Six to nine digits. The same rules are applied.",
        error_messages={
            "max_length": "Enter a provider id of six to nine digits",
            "null_characters_not_allowed": "Enter a provider id of six to nine digits",
        },
    )
    starts = DayField(label="From", missing="Enter the first day")

    def __init__(self, *args: Any, mandates: Sequence[int], candidates: Sequence[Candidate], **kwargs: Any) -> None:
        """Take these lines and these candidates, and nobody else's."""
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["mandates"].choices = [(one, str(one)) for one in mandates]  # type: ignore[attr-defined] # a choice field
        people = [(one.provider.pk, one.provider.full_name) for one in candidates]
        self.fields["provider"].choices = people  # type: ignore[attr-defined] # as above
        self.fields["provider"].error_messages["invalid_choice"] = "Choose a provider from the list"
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean_number(self) -> int | None:
        """Return the number, or None where none was typed."""
        digits = re.sub(r"[\s\-\u2013.]+", "", self.cleaned_data["number"])
        if not digits:
            return None
        if not re.fullmatch(r"[0-9]{6,9}", digits):
            raise forms.ValidationError("Enter a provider id of six to nine digits", code="number")
        return int(digits)

    def clean(self) -> None:
        """Ask for exactly one provider."""
        if {"provider", "number"} & set(self.errors):
            return
        chosen = (self.cleaned_data.get("provider"), self.cleaned_data.get("number"))
        if not any(chosen):
            self.add_error("provider", "Choose a provider")
        elif all(chosen):
            self.add_error("number", "Choose one from the list or enter a provider id, not both")


class EndForm(forms.Form):
    """The last day of an assignment."""

    last_day = DayField(label="Last day", missing="Enter the last day")
