"""One vacancy: for whom, how far it has come, who was asked and answered, and what was written (R8, R12, R13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from caseloads.contracting.lines import Waiting, open_lines
from caseloads.contracting.offers import contracts_for
from caseloads.mandates import at_schools, governing, still_assigned
from caseloads.models import Mandate, Message, Offer, RsaLetter, Student, Transmittal, Vacancy
from caseloads.queries.calls import grade_on
from caseloads.queries.unserved import unserved_of, with_students
from caseloads.queries.vacancy_scope import sees_whole
from providers.kinds import Language, Service
from providers.scope import Standing


@dataclass(frozen=True, slots=True)
class Loaded:
    """A vacancy with its rows; ``lines`` are those whom the reader may see, ``left`` how many students are not here."""

    vacancy: Vacancy
    whole: bool
    lines: Sequence[Mandate]
    waits: frozenset[int]
    left: int
    offers: Sequence[Offer]
    messages: Sequence[Message]
    transmittals: Sequence[Transmittal]
    letters: Sequence[RsaLetter]
    waiting: Waiting

    @property
    def students(self) -> set[int]:
        """The students whom the page shows."""
        return {line.student_id for line in self.lines}


def load(vacancy: Vacancy, standing: Standing, *, on: date) -> Loaded:
    """Return everything about a vacancy that its reader may see; a fixed number of queries.

    An agency sees its own offer alone, and students only once they were transmitted to it (R8).
    """
    whole = sees_whole(standing, vacancy)
    own = Q() if whole else Q(agency__in=standing.agencies)
    sent = list(vacancy.transmittals.filter(own).select_related("agency", "processed_by").order_by("processed", "pk"))
    rows = lines_of(vacancy, on)
    lines = rows if whole else [line for line in rows if line.student_id in {one.student_id for one in sent}]
    waits = open_lines([vacancy.pk], on).get(vacancy.pk, [])
    named = set(vacancy.mandates.values_list("student", flat=True))
    return Loaded(
        vacancy=vacancy,
        whole=whole,
        lines=lines,
        waits=frozenset(line.mandate for line in waits),
        left=len(named - {line.student_id for line in rows}),
        offers=list(vacancy.offers.filter(own).select_related("agency", "offered_by", "answered_by").order_by("pk")),
        messages=list(_messages(vacancy, own)),
        transmittals=sent,
        letters=list(vacancy.letters.select_related("provider", "processed_by")) if whole else [],
        waiting=Waiting(len({line.student for line in waits}), sum(line.minutes for line in waits)),
    )


def lines_of(vacancy: Vacancy, on: date) -> list[Mandate]:
    """Return the lines in force of the students whom a vacancy names and who are still at the school, by name."""
    asked = vacancy.mandates.filter(student=OuterRef("student"), setting=OuterRef("setting"))
    rows = governing(on).filter(Exists(asked), service=vacancy.service, language=vacancy.language)
    return with_students(at_schools(rows, Q(school=vacancy.school_id), on), on)


def addable(vacancy: Vacancy, on: date) -> list[Mandate]:
    """Return the lines of the vacancy's school, service and language that have nobody and are not named in it."""
    lines = unserved_of(vacancy.school, Service(vacancy.service), Language(vacancy.language), on=on)
    named = set(vacancy.mandates.values_list("pk", flat=True))
    return [line for line in lines if line.pk not in named]


def students_waiting(vacancy: Vacancy, on: date) -> list[int]:
    """Return the students who wait in a vacancy."""
    return sorted({line.student for line in open_lines([vacancy.pk], on).get(vacancy.pk, [])})


def students_by_name(vacancy: Vacancy, on: date) -> list[tuple[int, str]]:
    """Return the students who wait in a vacancy, with their names, in their order."""
    rows = Student.objects.filter(pk__in=students_waiting(vacancy, on))
    return [(row.pk, row.full_name) for row in rows]


def _messages(vacancy: Vacancy, own: Q) -> Any:  # noqa: ANN401 - a queryset of messages with their agencies
    offers = vacancy.offers.filter(own)
    return Message.objects.filter(offer__in=offers).select_related("offer__agency", "written_by")


def line_rows(loaded: Loaded, *, on: date) -> list[dict[str, Any]]:
    """Return the students as the page shows them, with who serves them; one query."""
    serving: dict[int, str] = {}
    for row in still_assigned(on).filter(mandate__in=loaded.lines).select_related("provider").order_by("pk"):
        serving[row.mandate_id] = row.provider.full_name
    sent = {one.student_id for one in loaded.transmittals}
    return [
        {
            "student_name": line.student.full_name,
            "osis": line.student.osis,
            "grade": grade_on(line.student.enrolments.all(), on),
            "shape": line,
            "waits": line.pk in loaded.waits,
            "provider": serving.get(line.pk, ""),
            "transmitted": line.student_id in sent,
            "id": line.pk,
        }
        for line in loaded.lines
    ]


def agency_rows(loaded: Loaded, *, on: date) -> list[dict[str, Any]]:
    """Return every agency under contract or asked, with its offer; an agency sees its own alone.  One query."""
    by_agency = {one.agency_id: one for one in loaded.offers}
    contracts = contracts_for(loaded.vacancy, on) if loaded.whole else {}
    agencies = {key: one.agency for key, one in contracts.items()} | {key: one.agency for key, one in by_agency.items()}
    return [
        {
            "agency": agencies[key],
            "contracted": key in contracts,
            "offer": by_agency.get(key),
        }
        for key in sorted(agencies, key=lambda one: agencies[one].name)
    ]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a vacancy: when, what, and by whom."""

    at: datetime
    text: str
    by: str


def events(loaded: Loaded) -> list[Event]:
    """Return what happened, the latest first; no student is named."""
    vacancy = loaded.vacancy
    how = ", by ORCS on the school's behalf" if vacancy.for_school else ""
    found = [Event(vacancy.logged, f"Logged for {vacancy.school.dbn}{how}.", str(vacancy.logged_by))]
    for offer in loaded.offers:
        found.append(Event(offer.offered, f"Offered to {offer.agency}.", str(offer.offered_by)))
        if offer.answered is not None:
            said = "accepted" if offer.answer == Offer.Answer.ACCEPTED else "declined"
            behalf = ", entered by ORCS on its behalf" if offer.for_agency else ""
            found.append(Event(offer.answered, f"{offer.agency} {said}{behalf}.", str(offer.answered_by or "")))
    found += _papers(loaded)
    if vacancy.closed is not None:
        found.append(
            Event(vacancy.closed, f"Closed: {vacancy.get_closing_display().lower()}.", str(vacancy.closed_by or ""))
        )
    return sorted(found, key=lambda one: one.at, reverse=True)


def _papers(loaded: Loaded) -> list[Event]:
    """Return the transmittals, those of one moment together, and the letters."""
    found: dict[datetime, list[Transmittal]] = {}
    for one in loaded.transmittals:
        found.setdefault(one.processed, []).append(one)
    sent = [
        Event(
            at,
            f"Transmittal to {rows[0].agency} for {len(rows)} student{'' if len(rows) == 1 else 's'}.",
            str(rows[0].processed_by or ""),
        )
        for at, rows in found.items()
    ]
    letters = [
        Event(one.processed, f"Approval letter of {one.provider} processed.", str(one.processed_by or ""))
        for one in loaded.letters
        if one.processed is not None
    ]
    return sent + letters
