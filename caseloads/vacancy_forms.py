"""The forms on the way of a vacancy: reported, added to, answered by a letter, closed (R12, R13, R15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from caseloads.models import Mandate, Vacancy
from caseloads.queries.calls import grade_on
from orcs_portal.shared.dayfield import DayField
from orcs_portal.shared.say import notation, say_date
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.kinds import Language, Service

EVALUATION = "evaluation"
"""What stands in the list of services and is none: it belongs into SESIS (R14)."""
NUMBER = re.compile(r"(?<!\d)\d(?:[\s\-\u2013.]?\d){8}(?!\d)")
NO_NULL = "Take out the signs that cannot be read"


def by_label(kind: type[Service | Language]) -> list[tuple[str, str]]:
    """Return slugs and labels in the order of the alphabet."""
    return sorted(((one.slug, str(one.label)) for one in kind), key=lambda pair: pair[1])


class LineField(forms.TypedMultipleChoiceField):
    """Students without a provider, to be ticked; the value is the mandate's id."""

    def __init__(self, **kwargs: Any) -> None:
        """Say what to do when nobody is ticked."""
        missing = "Tick at least one student without a provider"
        super().__init__(
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": "One of these students waits no more. Tick again"},
            **kwargs,
        )


def offer_lines(form: forms.Form, lines: Iterable[Mandate], today: date) -> None:
    """Have a form offer these lines to be ticked, by student and mandate."""
    field = form.fields["mandates"]
    field.choices = [(line.pk, said_line(line, today)) for line in lines]  # type: ignore[attr-defined] # a choice field


def said_line(line: Mandate, today: date) -> str:
    """Return a student and a mandate in one line: name, grade, ``3 × 30 × 2``."""
    grade = grade_on(line.student.enrolments.all(), today)
    return f"{line.student.full_name}, {grade}, {notation(line.frequency, line.duration, line.group_size)}"


class VacancyForm(forms.Form):
    """Which students of one service and language have nobody, since when, and what ORCS should know."""

    school = forms.CharField(label="School", max_length=40)
    service = forms.ChoiceField(
        label="Service",
        choices=[("", "Choose a service"), *by_label(Service), (EVALUATION, "Evaluation")],
        help_text="An evaluation is not a vacancy: it is requested through SESIS (R14).",
        error_messages={
            "required": "Choose the service that is vacant",
            "invalid_choice": "Choose the service that is vacant from the list",
        },
    )
    language = forms.ChoiceField(
        label="Language of service",
        choices=[("", "Choose a language"), *by_label(Language)],
        error_messages={
            "required": "Choose the language of service",
            "invalid_choice": "Choose the language of service from the list",
        },
    )
    mandates = LineField(
        label="Students without a provider",
        help_text="Only students whose final IEP names this service and language and who have nobody. Those served"
        " meanwhile drop off by themselves.",
    )
    since = DayField(label="Unserved since", missing="Enter since when nobody serves them")
    note = forms.CharField(
        label="What should ORCS know? (optional)",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="No student names: this text goes to agencies.",
        error_messages={
            "max_length": "Write at most 400 signs",
            "null_characters_not_allowed": NO_NULL,
        },
    )

    def __init__(
        self,
        *args: Any,
        schools: Sequence[tuple[str, str]],
        lines: Sequence[Mandate],
        calendar: SchoolCalendar,
        today: date,
        change: str = "",
        **kwargs: Any,
    ) -> None:
        """Offer the schools, or (without any) ask for a DBN, and the students of what is chosen so far."""
        super().__init__(*args, **kwargs)
        self.lines, self.calendar, self.today = lines, calendar, today
        self._schools(schools)
        offer_lines(self, lines, today)
        if not lines:
            # Nothing to tick yet: the field comes with the students.
            self.fields["mandates"].widget = forms.MultipleHiddenInput()
        if change in self.fields:
            self.fields[change].widget.attrs["autofocus"] = True

    def _schools(self, schools: Sequence[tuple[str, str]]) -> None:
        field = self.fields["school"]
        field.error_messages["required"] = "Choose the school" if schools else "Enter the school's DBN"
        if schools:
            field.widget = forms.Select(choices=schools)
            field.help_text = "You are the related-services designee there (R15)."
        else:
            field.widget.attrs |= {"autocomplete": "off"}
            field.help_text = "District, letter and number, such as 15K321. Recorded as logged on its behalf (R15)."

    def clean_since(self) -> date:
        """Return the day; it is a school day up to today, since unserved days are counted in those."""
        since: date = self.cleaned_data["since"]
        if since > self.today or not self.calendar.is_school_day(since):
            words = f"Unserved since must be a school day up to today, {say_date(self.today, self.today)}"
            raise forms.ValidationError(words, code="since")
        return since

    def clean_note(self) -> str:
        """Return the note, if it names none of these students and holds no student number."""
        note: str = self.cleaned_data["note"]
        names = {word for line in self.lines for word in (line.student.last_name, line.student.full_name)}
        if NUMBER.search(note) or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note) for name in names):
            raise forms.ValidationError("Take out names and numbers of students: this text goes to agencies")
        return note


class StudentsForm(forms.Form):
    """Which students are added to a vacancy."""

    mandates = LineField(label="Students without a provider")

    def __init__(self, *args: Any, lines: Sequence[Mandate], today: date, **kwargs: Any) -> None:
        """Offer the students."""
        super().__init__(*args, **kwargs)
        self.lines = lines
        offer_lines(self, lines, today)


class LetterForm(forms.Form):
    """Whose approval letter is processed, for which student (R8, R13)."""

    student = forms.TypedChoiceField(
        label="Student",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the student", "invalid_choice": "Choose a student who waits here"},
    )
    number = forms.CharField(
        label="Provider id of the independent provider",
        max_length=40,
        help_text="Six to nine digits, as on the phone line.",
        error_messages={
            "required": "Enter the provider id",
            "max_length": "Enter a provider id of six to nine digits",
            "null_characters_not_allowed": "Enter a provider id of six to nine digits",
        },
    )
    approved = DayField(label="Letter of", missing="Enter the letter's day")

    def __init__(self, *args: Any, students: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the students who wait."""
        super().__init__(*args, **kwargs)
        self.fields["student"].choices = list(students)  # type: ignore[attr-defined] # TypedChoiceField
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean_number(self) -> int:
        """Return the number, whatever stands between its digits."""
        digits = re.sub(r"[\s\-\u2013.]+", "", self.cleaned_data["number"])
        if not re.fullmatch(r"[0-9]{6,9}", digits):
            raise forms.ValidationError("Enter a provider id of six to nine digits", code="number")
        return int(digits)


class CloseForm(forms.Form):
    """Why a vacancy is closed."""

    closing = forms.TypedChoiceField(
        label="Why",
        coerce=Vacancy.Closing.from_slug,
        choices=[
            (Vacancy.Closing.WITHDRAWN.slug, "Withdrawn: the school needs nobody any more"),
            (Vacancy.Closing.FILLED.slug, "Filled: everybody has a provider"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is closed", "invalid_choice": "Choose why it is closed"},
    )
