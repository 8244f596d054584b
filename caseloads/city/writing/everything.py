"""All sheets of a city together."""

from __future__ import annotations

from caseloads.city.records import Pupil
from caseloads.city.writing.behind import Behind
from caseloads.city.writing.calls import CallSheets
from caseloads.city.writing.people import PeopleSheets
from caseloads.city.writing.pupils import PupilSheets
from caseloads.city.writing.sheets import Sheet
from caseloads.city.writing.systems import SystemSheets

PORTION = 5_000
"""Students between two writings."""


class Writing:
    """Takes students as they are made, and writes them in portions behind."""

    def __init__(self, pupils: PupilSheets, calls: CallSheets, people: PeopleSheets) -> None:
        self.pupils = pupils
        self.calls = calls
        self.people = people
        self.systems = SystemSheets()
        self.rows = 0
        self.waiting = 0

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of our own tables, in an order in which rows find what they point at."""
        pupils, calls, people = self.pupils, self.calls, self.people
        return (
            *people.sheets,
            *(pupils.student, pupils.enrolment, pupils.consent, pupils.iep, pupils.mandate, pupils.assignment),
            *(calls.call, calls.delivery, pupils.entry, pupils.transmittal, pupils.letter),
        )

    @property
    def mandates(self) -> int:
        """How many mandates of all versions there are so far."""
        return self.pupils.mandate.count

    def add(self, pupil: Pupil, grade: str, behind: Behind) -> None:
        """Add a student, or a number that only CAP and SEC know."""
        self.systems.add(pupil)
        if pupil.id:
            self.pupils.add(pupil, grade)
            for call in pupil.calls:
                self.calls.add(call, pupil)
        self.waiting += 1
        if self.waiting >= PORTION:
            self.flush(behind)

    def flush(self, behind: Behind) -> None:
        """Let be written what was added since the last time."""
        own = [sheet.batch() for sheet in self.sheets]
        behind.hand_over([*own, *self.calls.received(), *self.systems.batches()])
        self.waiting = 0

    def finish(self, behind: Behind) -> None:
        """Write the rest, and let CAP and SEC say what they say."""
        self.flush(behind)
        behind.wait()
        self.rows = behind.rows
        self.systems.finish()
