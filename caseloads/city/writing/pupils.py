"""Students with their documents, who serves them, and the papers for it."""

from __future__ import annotations

from caseloads.city.records import Pupil, Version
from caseloads.city.times import written
from caseloads.city.writing.sheets import Sheet, day, moment, number, text
from caseloads.kinds import EntryState, IepStatus
from caseloads.models import Assignment, Consent, Enrolment, Entry, Iep, Mandate, RsaLetter, Student, Transmittal
from caseloads.systems.copying import NULL


class PupilSheets:
    """Sheets for students; ``orcs`` is the account that processed their papers."""

    def __init__(self, *, orcs: int) -> None:
        self.orcs = orcs
        self.student = Sheet(Student, "id osis first_name last_name")
        self.enrolment = Sheet(Enrolment, "student_id school_id grade starts ends")
        self.consent = Sheet(Consent, "student_id given recorded")
        self.iep = Sheet(
            Iep, "id student_id version kind status starts finalised governs transfer transfer_at passed_over"
        )
        self.mandate = Sheet(
            Mandate,
            "id iep_id student_id service language setting frequency duration group_size starts ends months",
        )
        self.assignment = Sheet(Assignment, "mandate_id provider_id starts ends")
        self.entry = Sheet(Entry, "mandate_id student_id provider_id school_id call_id state held_for since")
        self.transmittal = Sheet(
            Transmittal, "agency_id contract_id student_id service language vacancy_id processed processed_by_id"
        )
        self.letter = Sheet(
            RsaLetter,
            "id provider_id affiliation student_id service language approved vacancy_id processed processed_by_id",
        )

    def add(self, pupil: Pupil, grade: str) -> None:
        """Add a student."""
        who = pupil.id
        self.student.add(f"{who}\t{pupil.osis}\t{text(pupil.first_name)}\t{text(pupil.last_name)}")
        for one in pupil.enrolled:
            self.enrolment.add(f"{who}\t{one.school.id}\t{grade}\t{day(one.starts)}\t{day(one.ends)}")
        if pupil.consent is not None:
            self.consent.add(f"{who}\t{day(pupil.consent[0])}\t{written(pupil.consent[1])}")
        for version in pupil.versions:
            self._add_version(version, who)
        for given in pupil.assigned:
            self.assignment.add(f"{given.line.id}\t{given.person.id}\t{day(given.starts)}\t{day(given.ends)}")
        self._add_entries(pupil)
        self._add_papers(pupil)

    def _add_version(self, one: Version, who: int) -> None:
        final = one.status == IepStatus.FINAL
        governs = f"[{day(one.starts)},{day(one.until) if one.until is not None else ''})" if final else NULL
        self.iep.add(
            f"{one.id}\t{who}\t{one.number}\t{one.kind.value}\t{one.status.value}\t{day(one.starts)}\t"
            f"{written(one.final) if final else NULL}\t{governs}\t{one.transfer.value}\t{moment(one.transfer_at)}\t"
            f"{'t' if one.passed_over else 'f'}"
        )
        for line in one.lines:
            self.mandate.add(
                f"{line.id}\t{one.id}\t{who}\t{line.service}\t{line.language}\t{line.setting}\t{line.frequency}\t"
                f"{line.duration}\t{line.group_size}\t{day(line.starts)}\t{day(line.ends)}\t{line.months}"
            )

    def _add_entries(self, pupil: Pupil) -> None:
        for one in pupil.entries:
            held = str(one.person.route.value) if one.state == EntryState.HELD else NULL
            call = number(one.call.id if one.call is not None else None)
            self.entry.add(
                f"{one.line.id}\t{pupil.id}\t{one.person.id}\t{one.school.id}\t{call}\t{one.state.value}\t{held}\t"
                f"{written(one.since)}"
            )

    def _add_papers(self, pupil: Pupil) -> None:
        for one in pupil.transmittals:
            vacancy = number(one.vacancy.id if one.vacancy is not None else None)
            self.transmittal.add(
                f"{one.agency}\t{one.contract}\t{pupil.id}\t{one.service}\t{one.language}\t{vacancy}\t"
                f"{written(one.processed)}\t{self.orcs}"
            )
        for letter in pupil.letters:
            vacancy = number(letter.vacancy.id if letter.vacancy is not None else None)
            by = NULL if letter.processed is None else str(self.orcs)
            self.letter.add(
                f"{letter.id}\t{letter.person.id}\t{letter.person.affiliation.value}\t{pupil.id}\t{letter.service}\t"
                f"{letter.language}\t{day(letter.approved)}\t{vacancy}\t{moment(letter.processed)}\t{by}"
            )
