"""Caseloads over the limit, and such as just keep to it: one person who takes student after student."""

from __future__ import annotations

from dataclasses import dataclass

from caseloads.city.case import Case
from caseloads.city.faults.scene import Subject
from caseloads.city.folk import Person
from caseloads.city.lives import Lives, Served
from caseloads.city.records import Unit
from caseloads.city.world import World
from providers.kinds import Language, Service

OVER = "OVER_CASELOAD"
LIMIT = 65
"""Students with speech on one caseload."""


@dataclass(slots=True)
class Load:
    """A caseload that is to have so many students; ``open`` where that is over the limit."""

    open: bool
    students: int
    person: Person | None = None
    filled: int = 0

    @property
    def full(self) -> bool:
        """Whether it has them all."""
        return self.filled == self.students

    @property
    def subject(self) -> Subject:
        """The person with the service."""
        number = self.person.number if self.person is not None else None
        return Subject(service=Service.SPEECH.value, provider=number)


class Loads:
    """Caseloads that are filled one after the other, over and just under the limit by turns."""

    def __init__(self, world: World, count: int) -> None:
        self.world = world
        self.waiting = [
            Load(over, LIMIT + 1 + at % 3 if over else LIMIT) for at in range(count) for over in (True, False)
        ]
        self.waiting.reverse()
        self.full: list[Load] = []

    def take(self, case: Case, lives: Lives, unit: Unit) -> Served | None:
        """Let the next heavy caseload take a unit, where it is one that every system has known for days."""
        if not self.waiting or (unit.service, unit.language) != (Service.SPEECH, Language.ENGLISH):
            return None
        first = (unit.before or unit.lines)[0]
        if not unit.lines or first.starts > self.world.times.staff or case.place.days.gone < 3:  # noqa: PLR2004 - days of the year
            return None
        load = self.waiting[-1]
        if load.person is None:
            load.person = self.world.staff.another(case.place, unit.service)
        self.world.staff.post(load.person, case.place)
        served = lives.serve(unit, load.person, delay=1)
        load.filled += bool(served.entries)
        if load.full:
            self.full.append(self.waiting.pop())
        return served
