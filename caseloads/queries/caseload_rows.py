"""The rows a caseload is made of, loaded by a fixed number of queries and brought together by line of service."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from caseloads.facts import running_on
from caseloads.kinds import EntryState, Outcome, System
from caseloads.models import Assignment, Call, Delivery, Enrolment, Entry, Mandate, RsaLetter, Student, Transmittal
from orcs_portal.shared.clock import local_day
from providers.models import Provider

Key = tuple[int, int, int]


def folded(name: str) -> str:
    """Return a name without case and accents: al-Hashimi stands among the A's, and Țîrlea before Tse."""
    bare = (one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return "".join(bare).casefold()


@dataclass(slots=True)
class Line:
    """One student's service in one language on a provider's caseload: what is mandated, called and entered."""

    student: Student
    service: int
    language: int
    mandates: list[Mandate] = field(default_factory=list)
    assignment: int | None = None
    entries: list[Entry] = field(default_factory=list)
    ended: Entry | None = None
    call: Call | None = None
    refused: Call | None = None
    transmitted: date | None = None
    lettered: date | None = None
    earlier: list[Mandate] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """The student, the service and the language."""
        return (self.student.pk, self.service, self.language)

    @property
    def name(self) -> tuple[str, str, str]:
        """What the caseload is ordered by: names as a reader looks them up, whatever their case and accents."""
        return (folded(self.student.last_name), folded(self.student.first_name), self.service_label)

    @property
    def service_label(self) -> str:
        """The service in words."""
        return str(self.mandates[0].get_service_display()) if self.mandates else ""


def lines_of(provider: Provider, *, today: date, year: date) -> list[Line]:
    """Return the lines of a provider's caseload: assigned, entered or called for since the school year began."""
    assigned = list(
        Assignment.objects.filter(running_on(today), provider=provider, mandate__iep__governs__contains=today)
        .select_related("mandate")
        .order_by("mandate__setting", "id")
    )
    entries = list(Entry.objects.filter(provider=provider).select_related("mandate", "provider").order_by("since"))
    present = [one for one in entries if one.state != EntryState.ENDED]
    calls = list(_calls(provider, year))
    keys = {_key(one.mandate) for one in assigned} | {_key(one.mandate) for one in present}
    keys |= {key for one in calls if one.outcome == Outcome.ACCEPTED and (key := _call_key(one)) is not None}
    lines = _empty_lines(keys)
    for assignment in assigned:
        line = lines[_key(assignment.mandate)]
        line.mandates.append(assignment.mandate)
        line.assignment = line.assignment or assignment.pk
    for entry in present:
        lines[_key(entry.mandate)].entries.append(entry)
    _add_ended(lines, entries)
    _add_calls(lines, calls)
    _add_mandates(lines, today)
    _add_papers(lines, provider)
    return sorted((line for line in lines.values() if not _is_over(line)), key=lambda line: line.name)


def _add_ended(lines: Mapping[Key, Line], entries: Iterable[Entry]) -> None:
    """Put the last ended entry beside each line that has no present one."""
    for entry in entries:
        line = lines.get(_key(entry.mandate))
        if line is not None and entry.state == EntryState.ENDED and not line.entries:
            line.ended = entry


def _is_over(line: Line) -> bool:
    """Return whether a line is mandated no more and was served, or called for too late: off the caseload (R10)."""
    late = line.call is not None and any(
        one.system == System.SESIS and one.ended is not None for one in line.call.deliveries.all()
    )
    return not line.mandates and (late or line.ended is not None)


def _key(mandate: Mandate) -> Key:
    return (mandate.student_id, mandate.service, mandate.language)


def _call_key(call: Call) -> Key | None:
    if call.student_id is None or call.language is None:
        return None
    return (call.student_id, call.service, call.language)


def _calls(provider: Provider, year: date) -> Iterable[Call]:
    return (
        Call.objects.filter(provider=provider, school_year=year, student__isnull=False)
        .prefetch_related(Prefetch("deliveries", Delivery.objects.order_by("system")))
        .order_by("received", "id")
    )


def _empty_lines(keys: Iterable[Key]) -> dict[Key, Line]:
    wanted = set(keys)
    students = Student.objects.filter(pk__in={key[0] for key in wanted}).prefetch_related(
        Prefetch("enrolments", Enrolment.objects.select_related("school").order_by("-starts"))
    )
    by_id = {student.pk: student for student in students}
    return {key: Line(by_id[key[0]], key[1], key[2]) for key in wanted}


def _add_calls(lines: Mapping[Key, Line], calls: Iterable[Call]) -> None:
    """Put the accepted call and the last refused one beside each line."""
    for call in calls:
        key = _call_key(call)
        if key is None or key not in lines:
            continue
        if call.outcome == Outcome.ACCEPTED:
            lines[key].call = call
        elif call.outcome == Outcome.REFUSED:
            lines[key].refused = call


def _add_mandates(lines: Mapping[Key, Line], today: date) -> None:
    """Fill in the governing mandates of lines without an assignment, and the versions before the present one (R10)."""
    students = {key[0] for key in lines}
    rows = (
        Mandate.objects.filter(Q(iep__governs__isnull=False), student__in=students)
        .select_related("iep")
        .order_by("iep__version", "setting", "id")
    )
    governing: dict[Key, list[Mandate]] = defaultdict(list)
    earlier: dict[Key, list[Mandate]] = defaultdict(list)
    for row in rows:
        (governing if today in row.iep.governs else earlier)[_key(row)].append(row)
    for key, line in lines.items():
        assigned = {one.pk for one in line.mandates}
        present = governing[key]
        line.mandates = [one for one in present if one.pk in assigned] or present
        line.earlier = [one for one in earlier[key] if not line.mandates or one.starts < line.mandates[0].starts]


def _add_papers(lines: Mapping[Key, Line], provider: Provider) -> None:
    """Put the transmittal and the approval letter beside each line (R8)."""
    students = {key[0] for key in lines}
    if provider.agency_id is not None:
        sent = Transmittal.objects.filter(agency=provider.agency_id, student__in=students)
        for student, service, language, at in sent.values_list("student", "service", "language", "processed"):
            if (student, service, language) in lines:
                lines[student, service, language].transmitted = local_day(at)
    letters = RsaLetter.objects.filter(provider=provider, student__in=students, processed__isnull=False)
    for letter in letters:
        key = (letter.student_id, letter.service, letter.language)
        if letter.processed is not None and key in lines:
            lines[key].lettered = local_day(letter.processed)
