"""Questions about one student that several rules ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseloads.kinds import IepStatus, Outcome
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Affiliation, Language, Service
from tests.compliance.reader.days import day_of
from tests.compliance.reader.world import Assigned, Called, Document, InCap, InSec, Line, Person, Pupil, Times, World


def covers(starts: date, ends: date | None, day: date) -> bool:
    """Return whether a day lies between two, both included."""
    return starts <= day and (ends is None or day <= ends)


@dataclass(slots=True)
class Case:
    """A student in their world at a moment."""

    pupil: Pupil
    world: World
    times: Times
    day: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = day_of(self.times.at)

    @property
    def enrolled(self) -> bool:
        """Whether an enrolment covers today."""
        return any(covers(one.starts, one.ends, self.day) for one in self.pupil.enrolled)

    def school_on(self, day: date) -> int | None:
        """Return where the student was enrolled on a day: 0, 1 or nowhere."""
        for one in self.pupil.enrolled:
            if covers(one.starts, one.ends, day):
                return one.at
        return None

    @property
    def latest(self) -> Document | None:
        """The final version that governs without end."""
        for one in self.pupil.documents:
            if one.status == IepStatus.FINAL and one.governs is not None and one.governs[1] is None:
                return one
        return None

    def governing(self, day: date) -> Document | None:
        """Return the version that governs on a day."""
        for one in self.pupil.documents:
            if one.governs is not None and one.governs[0] <= day and (one.governs[1] is None or day < one.governs[1]):
                return one
        return None

    @property
    def begun(self) -> bool:
        """Whether the latest version governs already."""
        return self.latest is not None and self.latest.governs is not None and self.latest.governs[0] <= self.day

    @property
    def lines(self) -> list[Line]:
        """What SESIS has: the latest version's mandates that have not ended."""
        latest = self.latest
        return [one for one in latest.lines if one.ends is None or one.ends >= self.day] if latest else []

    @property
    def cap(self) -> list[InCap]:
        """What CAP has."""
        return [one for one in self.pupil.cap if one.status != CapStatus.CLOSED]

    @property
    def sec(self) -> list[InSec]:
        """What SEC has."""
        at = self.times.at
        return [one for one in self.pupil.sec if one.from_at <= at and (one.until_at is None or one.until_at > at)]

    def pairs(self) -> tuple[list[tuple[Line, InCap]], list[Line], list[InCap]]:
        """Return lines with their CAP rows, lines that CAP lacks, and CAP rows left over."""
        lines, rows = list(self.lines), list(self.cap)
        found: list[tuple[Line, InCap]] = []
        for alike in (("language", "setting"), ("language",), ("setting",), ()):
            for line in sorted(lines, key=lambda one: (one.language, one.setting)):
                for row in sorted(rows, key=lambda one: (one.language, one.setting)):
                    if all(getattr(line, name) == getattr(row, name) for name in ("service", *alike)):
                        found.append((line, row))
                        lines.remove(line)
                        rows.remove(row)
                        break
        return found, lines, rows

    def assigned_to(self, line: Line, day: date | None = None) -> list[Assigned]:
        """Return who is assigned to a line on a day (None: today)."""
        on = day or self.day
        return [one for one in self.pupil.assigned if one.line == line.id and covers(one.starts, one.ends, on)]

    def person(self, number: int) -> Person:
        """Return a provider of this world."""
        return self.world.people[number]

    def accepted(self, service: Service, language: Language | None = None) -> list[Called]:
        """Return accepted calls of this school year."""
        return [
            one
            for one in self.pupil.calls
            if one.outcome == Outcome.ACCEPTED
            and one.service == service
            and (language is None or one.language == language)
        ]

    def gate(self, person: Person, service: Service, language: Language) -> date | None:
        """Return since when somebody of an agency, or independent, may call (R8)."""
        at = self.times.at
        if person.affiliation == Affiliation.AGENCY:
            opened = [one.processed for one in self.pupil.sent if (one.service, one.language) == (service, language)]
        else:
            opened = [
                one.processed
                for one in self.pupil.letters
                if one.provider == person.number
                and (one.service, one.language) == (service, language)
                and one.processed is not None
            ]
        opened = [one for one in opened if one <= at]
        return day_of(min(opened)) if opened else None
