"""Finding a student by name, by OSIS, or by the number of a call, among those whom one may see.

What is typed is never kept: it reaches the database as a parameter and goes nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from caseloads.models import Call, Enrolment, Student
from caseloads.models.names import TYPED_WORDS, Beginnings, NameVector
from caseloads.queries.calls import grade_on
from caseloads.queries.caseload_rows import folded
from caseloads.queries.pupils import students_of
from caseloads.queries.scope import calls_for
from caseloads.systems.rows import fetch
from orcs_portal.shared.clock import local_day
from providers.kinds import Borough
from providers.scope import Standing, places

MOST = 50
OSIS_DIGITS, CONFIRMATION_DIGITS = 9, 8
NUMBER = re.compile(r"([Rr]?)\s*((?:\d[\s\-\u2013.]*)+)")
SEPARATORS = re.compile(r"[\s\-\u2013.]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; ``more`` when there were students beyond the ``MOST`` that are shown."""

    students: tuple[Student, ...] = ()
    calls: tuple[Call, ...] = ()
    more: bool = False

    @property
    def only(self) -> str:
        """The address of the one thing found, or "" for none or several."""
        if len(self.students) + len(self.calls) != 1:
            return ""
        return address_of_student(self.students[0]) if self.students else reverse("call", args=[self.calls[0].pk])


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was typed: its digits, and whether an R of a reference stood before them."""

    digits: str
    is_reference: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether a student or a call can have it."""
        return len(self.digits) in ({CONFIRMATION_DIGITS} if self.is_reference else {OSIS_DIGITS, CONFIRMATION_DIGITS})


def number_in(text: str) -> Number | None:
    """Return the number that a text is, whatever blanks, dashes or dots group it; None for any other text."""
    match = NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    digits = "".join(str(unicodedata.digit(one)) for one in SEPARATORS.sub("", match[2]))
    return Number(digits, bool(match[1]))


def digits_wrong(number: Number) -> str:
    """Return what to say of a number that nobody can have."""
    count = len(number.digits)
    typed = f"you typed {count} digit{'' if count == 1 else 's'}"
    if number.is_reference:
        return f"A reference is R and eight digits; {typed} after the R"
    return f"A student number has nine digits and a confirmation number eight; {typed}"


def address_of_student(student: Student) -> str:
    """Return the address of a student's page, which names the student by a surrogate id alone."""
    return reverse("student", args=[student.pk])


def by_number(standing: Standing, number: Number, *, on: date) -> Found:
    """Return the student or the calls that bear a number; eight digits may be either, with the zero left out."""
    students: Sequence[Student] = ()
    if not number.is_reference:
        students = _with_schools(students_of(standing, on).filter(osis=int(number.digits)))
    calls: Sequence[Call] = ()
    if len(number.digits) == CONFIRMATION_DIGITS:
        named = Q(reference=f"R{number.digits}") if number.is_reference else Q(confirmation=number.digits)
        calls = list(calls_for(standing).filter(named).select_related("student", "provider"))
    return Found(tuple(students), tuple(calls))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name as PostgreSQL folds them, each once; one query."""
    return tuple(dict.fromkeys(fetch(TYPED_WORDS, [text])[0][0]))


def by_words(standing: Standing, words: Iterable[str], *, on: date) -> Found:
    """Return the students whose names have a word that begins with each of these; by name, no more than ``MOST``."""
    matching = students_of(standing, on).alias(words=NameVector()).filter(words=Beginnings(words))
    chosen = _with_schools(matching.order_by("last_name", "first_name", "id")[: MOST + 1])
    shown = sorted(chosen[:MOST], key=lambda one: (folded(one.last_name), folded(one.first_name), one.pk))
    return Found(tuple(shown), more=len(chosen) > MOST)


def _with_schools(students: QuerySet[Student]) -> list[Student]:
    enrolments = Enrolment.objects.select_related("school").order_by("-starts")
    return list(students.prefetch_related(Prefetch("enrolments", enrolments)))


def among(standing: Standing) -> str:
    """Return among whom somebody searches, in words; a query for those with schools of their own."""
    if standing.citywide:
        return "all students of the city"
    groups = []
    schools = [str(one) for one in places(standing) if one.pk in standing.active_schools]
    if schools:
        groups.append(f"the students of {schools[0] if len(schools) == 1 else f'your {len(schools)} schools'}")
    if standing.boroughs:
        groups.append(f"the students of {', '.join(Borough(one).label for one in sorted(standing.boroughs))}")
    if standing.provider is not None:
        groups.append("the students assigned to you")
    if standing.agencies:
        groups.append("the students transmitted to your agency")
    return " and ".join(groups)


def rows_of(found: Found, *, today: date) -> list[dict[str, Any]]:
    """Return the students found as rows of their list."""
    return [_row(one, today) for one in found.students]


def _row(student: Student, today: date) -> dict[str, Any]:
    enrolments = list(student.enrolments.all())
    present = next((one for one in enrolments if one.starts <= today and (one.ends is None or today <= one.ends)), None)
    return {
        "url": address_of_student(student),
        "name": student.full_name,
        "osis": student.osis,
        "grade": grade_on(enrolments, today) if present else "",
        "school": str(present.school) if present else "",
    }


def call_rows_of(found: Found) -> list[dict[str, Any]]:
    """Return the calls found as rows of their list."""
    return [
        {
            "url": reverse("call", args=[one.pk]),
            "number": one.confirmation or one.reference or "",
            "student_name": one.student.full_name if one.student else "No student",
            "service": one.get_service_display(),
            "provider_name": one.provider.full_name,
            "called_at": one.received,
            "called_on": local_day(one.received),
        }
        for one in found.calls
    ]
