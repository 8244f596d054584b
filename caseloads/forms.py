"""The first-call form."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from caseloads.facts import Asked
from caseloads.intake import Form
from orcs_portal.shared.dayfield import FORMATS, DayField
from providers.kinds import Language, Service

DATE_FORMATS = list(FORMATS)
BETWEEN = re.compile(r"[\s\-\u2013.]+")
LOST = "We could not tell whether this form was sent before, so nothing was recorded. Check it, and send it again"


class FirstCallForm(forms.Form):
    """Whom a provider met first, for which service and when; its token makes one form one call."""

    osis = forms.CharField(
        label="Student's OSIS number",
        max_length=40,
        help_text="Nine digits. Spaces and dashes do not matter.",
        error_messages={
            "required": "Enter the student's OSIS number",
            "max_length": "Enter a student number of nine digits",
            "null_characters_not_allowed": "Enter a student number of nine digits",
        },
    )
    service = forms.TypedChoiceField(
        label="Service",
        coerce=lambda value: Service(int(value)),
        error_messages={"required": "Choose the service", "invalid_choice": "Choose the service from the list"},
    )
    language = forms.TypedChoiceField(
        label="Language of service",
        coerce=lambda value: Language(int(value)),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Choose the language from the list"},
    )
    session_on = DayField(
        label="First session on",
        missing="Enter the date of the first session",
        help_text="Month, day, year. For example 11/23/2026, or Nov 23 of this school year.",
        example="11/23/2026",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: date | None = None,
        languages: tuple[Language, ...] = (),
        change: str = "",
        **kwargs: Any,
    ) -> None:
        """Offer the languages to choose from, where there is a choice; ``change`` is the field to go to first.

        ``today`` tells the school year of a date that was typed without one.
        """
        super().__init__(*args, **kwargs)
        self.fields["session_on"].today = today  # type: ignore[attr-defined] # DayField
        services = sorted(((one.value, one.label) for one in Service), key=lambda pair: pair[1])
        self.fields["service"].choices = [("", "Choose a service"), *services]  # type: ignore[attr-defined] # TypedChoiceField
        self.fields["osis"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}
        self._languages(languages)
        if change in self.fields:
            self.fields[change].widget.attrs["autofocus"] = True

    def _languages(self, languages: tuple[Language, ...]) -> None:
        """Show the language only where it must be chosen, or was chosen before."""
        chosen = self.data.get(self.add_prefix("language"), "") or self.initial.get("language", "")
        if not languages and not chosen:
            del self.fields["language"]
            return
        offered = languages or tuple(Language)
        field = self.fields["language"]
        field.choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined] # TypedChoiceField
        field.widget = forms.RadioSelect(choices=field.choices) if languages else field.widget  # type: ignore[attr-defined] # as above

    def clean_osis(self) -> int:
        """Return the number as an integer, whatever stands between its digits."""
        digits = BETWEEN.sub("", self.cleaned_data["osis"])
        if not re.fullmatch(r"[0-9]{9}", digits) or int(digits) == 0:
            raise forms.ValidationError("Enter a student number of nine digits", code="osis")
        return int(digits)

    def clean(self) -> None:
        """Give a form without a readable token a new one, and have it looked at once more before it counts."""
        if "token" in self.errors:
            del self.errors["token"]
            self.data = {**self.data.dict(), "token": str(uuid4())} if isinstance(self.data, QueryDict) else self.data
            raise forms.ValidationError(LOST, code="token")

    @property
    def asked(self) -> Asked:
        """What the form asks, once it is valid."""
        data = self.cleaned_data
        return Asked(data["osis"], data["service"], data.get("language"), data["session_on"])

    @property
    def form(self) -> Form:
        """The form's token, and a digest of what it says."""
        asked = self.asked
        said = [asked.osis, int(asked.service), asked.language and int(asked.language), asked.session_on.isoformat()]
        return Form(self.cleaned_data["token"], hashlib.sha256(json.dumps(said).encode()).hexdigest())

    @property
    def typed(self) -> list[dict[str, str]]:
        """What stands in the form, field by field, as it was typed."""
        return [
            {"label": str(bound.label), "value": _said(bound)}
            for bound in self
            if not bound.is_hidden and bound.value() not in (None, "")
        ]


def _said(bound: forms.BoundField) -> str:
    """Return a field's value in the words of its choices."""
    value = bound.value()
    choices = dict(getattr(bound.field, "choices", ()))
    said = {str(key): str(label) for key, label in choices.items()}.get(str(value))
    return said or (value.strftime("%m/%d/%Y") if isinstance(value, date) else str(value))


def fresh(typed: dict[str, Any], **kwargs: Any) -> FirstCallForm:
    """Return an unsent form that holds what was typed before, with a token of its own."""
    return FirstCallForm(initial={**typed, "token": uuid4()}, **kwargs)
