"""Students whom nobody serves, by service and language: to be assigned, or reported as vacant (R15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from caseloads.mandates import (
    at_schools,
    governing,
    minutes_a_week,
    still_assigned,
    unserved,
    unserved_since,
)
from caseloads.models import Assignment, Enrolment, Mandate, Transmittal, Vacancy
from caseloads.queries.ages import Ages
from caseloads.queries.calls import grade_on
from caseloads.queries.vacancy_scope import mandates_to_assign
from providers.kinds import Language, Service
from providers.models import School
from providers.scope import Standing

__all__ = ["minutes_a_week", "unserved_since"]  # what pages ask about lines, besides what stands here

BY_NAME = ("student__last_name", "student__first_name", "student__pk", "setting", "pk")


def unserved_of(school: School, service: Service, language: Language, *, on: date) -> list[Mandate]:
    """Return the lines of a school's students, of one service and language, that have nobody; by name."""
    rows = at_schools(governing(on), Q(school=school), on).filter(service=service, language=language)
    return with_students(unserved(rows, on), on)


def with_students(rows: QuerySet[Mandate], on: date) -> list[Mandate]:
    """Return lines by name, with their students and where those are enrolled."""
    enrolments = Prefetch(
        "student__enrolments", Enrolment.objects.select_related("school").order_by("-starts").filter(starts__lte=on)
    )
    return list(rows.select_related("student").prefetch_related(enrolments).order_by(*BY_NAME))


@dataclass(frozen=True, slots=True)
class Kind:
    """A service and language of which a school has students without anybody, and how many."""

    service: Service
    language: Language
    students: int

    @property
    def said(self) -> str:
        """The service and the language."""
        return f"{self.service.label}, {self.language.label}"


def kinds_unserved(school: School, *, on: date) -> list[Kind]:
    """Return which services and languages have students without anybody at a school; one query."""
    rows = unserved(at_schools(governing(on), Q(school=school), on), on)
    counted = rows.values_list("service", "language").annotate(Count("student", distinct=True))
    found = [Kind(Service(service), Language(language), number) for service, language, number in counted.order_by()]
    return sorted(found, key=lambda one: one.said)


def open_at(school: School) -> list[Vacancy]:
    """Return the vacancies that are open at a school."""
    return list(Vacancy.objects.filter(school=school, closed=None).order_by("service", "language"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list of lines is narrowed to."""

    school: School | None
    service: Service | None = None
    language: Language | None = None

    @property
    def condition(self) -> Q:
        """The condition on lines, apart from the school's."""
        chosen = {"service": self.service, "language": self.language}
        return Q(**{name: value for name, value in chosen.items() if value is not None})


def lines_for(standing: Standing, chosen: Chosen, *, on: date) -> QuerySet[Mandate]:
    """Return the lines that somebody assigns, narrowed; a school that is chosen is one of theirs."""
    if chosen.school is None:
        rows = mandates_to_assign(standing, on)
    else:
        rows = at_schools(governing(on), Q(school=chosen.school), on)
    return rows.filter(chosen.condition)


def groups_of(lines: Sequence[Mandate], *, when: Ages) -> list[dict[str, Any]]:
    """Return unserved lines as the page shows them, by service, language and school; three queries."""
    since = unserved_since(lines, when.today)
    vacancies, sent = _vacancies(lines), _transmitted(lines)
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for line in lines:
        service, language = Service(line.service), Language(line.language)
        enrolment = next(iter(line.student.enrolments.all()), None)
        school = enrolment.school if enrolment else None
        group = groups.setdefault(
            (str(service.label), str(language.label), school.dbn if school else ""),
            {"title": f"{service.label}, {language.label}", "service": service, "language": language, "rows": []},
        )
        group["dbn"] = school.dbn if school else ""
        group["rows"].append(
            {
                "id": line.pk,
                "student_name": line.student.full_name,
                "osis": line.student.osis,
                "grade": grade_on(line.student.enrolments.all(), when.today),
                "school": str(school or ""),
                "shape": line,
                "since": since[line.pk],
                "age": when.age(school.pk if school else None, since[line.pk]),
                "vacancy": vacancies.get((line.student_id, line.service, line.language)),
                "agency": sent.get((line.student_id, line.service, line.language), ""),
                "url": reverse("assign-one", args=[line.pk]),
            }
        )
    return [groups[key] for key in sorted(groups)]


Key = tuple[int, int, int]


def _vacancies(lines: Sequence[Mandate]) -> dict[Key, dict[str, str]]:
    """Return the open vacancy that names each student's service, where there is one."""
    rows = Vacancy.mandates.through.objects.filter(
        vacancy__closed=None, mandate__student__in={line.student_id for line in lines}
    ).select_related("vacancy", "mandate")
    return {
        (row.mandate.student_id, row.mandate.service, row.mandate.language): {
            "number": row.vacancy.number,
            "url": reverse("vacancy", args=[row.vacancy_id]),
        }
        for row in rows
    }


def _transmitted(lines: Sequence[Mandate]) -> dict[Key, str]:
    """Return the agency to which each student's service was last transmitted."""
    rows = Transmittal.objects.filter(student__in={line.student_id for line in lines}).select_related("agency")
    return {(row.student_id, row.service, row.language): str(row.agency) for row in rows.order_by("processed")}


@dataclass(frozen=True, slots=True)
class Sides:
    """The lines of a list by id: those that have nobody, and those that somebody serves now or later."""

    without: list[int]
    served: list[int]


def sides_of(rows: QuerySet[Mandate], *, on: date) -> Sides:
    """Return the lines of one's schools by whether anybody serves them; one query, and every other goes by its ids.

    A list of who is served is never longer than the schools that somebody works through: ORCS names one first.
    """
    sides: dict[bool, list[int]] = {False: [], True: []}
    served = Exists(still_assigned(on).filter(mandate=OuterRef("pk")))
    for key, is_served in rows.annotate(is_served=served).values_list("pk", "is_served").order_by("pk"):
        sides[is_served].append(key)
    return Sides(sides[False], sides[True])


def serving_count(sides: Sides, *, on: date) -> int:
    """Return how many assignments there are to the lines that somebody serves; one query."""
    return _serving(sides, on).count()


def unserved_page(sides: Sides, which: slice, *, on: date) -> list[Mandate]:
    """Return a slice of the lines that have nobody, by service, language and name."""
    ordered = Mandate.objects.filter(pk__in=sides.without).order_by("service", "language", *BY_NAME)
    ids = list(ordered.values_list("pk", flat=True)[which])
    found = {line.pk: line for line in with_students(Mandate.objects.filter(pk__in=ids), on)}
    return [found[key] for key in ids if key in found]


def serving_page(sides: Sides, which: slice, *, on: date) -> list[Assignment]:
    """Return a slice of who serves these lines now or later, by student."""
    ordered = _serving(sides, on).order_by(*(f"mandate__{name}" for name in BY_NAME), "pk")
    ids = list(ordered.values_list("pk", flat=True)[which])
    enrolments = Prefetch("mandate__student__enrolments", Enrolment.objects.filter(starts__lte=on).order_by("-starts"))
    shown = Assignment.objects.filter(pk__in=ids).select_related("mandate__student", "provider__agency")
    found = {one.pk: one for one in shown.prefetch_related(enrolments)}
    return [found[key] for key in ids if key in found]


def serving_rows(serving: Sequence[Assignment], *, on: date) -> list[dict[str, Any]]:
    """Return assignments as the page shows them; no query."""
    return [
        {
            "student_name": one.mandate.student.full_name,
            "osis": one.mandate.student.osis,
            "grade": grade_on(one.mandate.student.enrolments.all(), on),
            "what": said_kind(one.mandate),
            "shape": one.mandate,
            "provider": one.provider.full_name,
            "works_for": str(one.provider.agency or one.provider.get_affiliation_display()),
            "starts": one.starts,
            "ends": one.ends,
            "ahead": one.starts > on,
            "url": reverse("assign-end", args=[one.pk]),
        }
        for one in serving
    ]


def line_rows(lines: Sequence[Mandate], *, on: date) -> list[dict[str, Any]]:
    """Return lines as the page of candidates shows them; no query."""
    return [
        {
            "id": line.pk,
            "student_name": line.student.full_name,
            "osis": line.student.osis,
            "grade": grade_on(line.student.enrolments.all(), on),
            "shape": line,
        }
        for line in lines
    ]


def said_kind(line: Mandate) -> str:
    """Return a line's service and language."""
    return f"{line.get_service_display()}, {line.get_language_display()}"


def schools_of(lines: Sequence[Mandate]) -> set[int]:
    """Return where the students of lines are enrolled."""
    return {one.school_id for line in lines for one in line.student.enrolments.all()}


def _serving(sides: Sides, on: date) -> QuerySet[Assignment]:
    return still_assigned(on).filter(mandate__in=sides.served)
