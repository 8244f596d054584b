"""What scenarios are made with."""

from __future__ import annotations

from dataclasses import dataclass

from caseloads.city.case import Case
from caseloads.city.folk import Person, Place
from caseloads.city.lives import Lives, Served
from caseloads.city.records import Called, Line, Said, Shown, Track, Unit, Version
from caseloads.city.shares import BY_SERVICE, GROUP, INDIVIDUAL, Draw
from caseloads.city.times import MINUTES, Unreachable
from caseloads.city.world import World
from providers.kinds import Language, Service

COMMON = Draw(
    [
        (Service.SPEECH, 40),
        (Service.OCCUPATIONAL_THERAPY, 25),
        (Service.COUNSELING, 25),
        (Service.PHYSICAL_THERAPY, 10),
    ]
)
FULLY_KNOWN = 3
"""School days after which every system has a first session of the year's first day."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a scenario is about; what the subject lacks is None."""

    osis: int | None = None
    service: int | None = None
    language: int | None = None
    setting: int | None = None
    provider: int | None = None
    dbn: str | None = None
    call: str | None = None


class Scene:
    """One student, with the ways to make something of them and to put it wrong."""

    def __init__(self, world: World, place: Place) -> None:
        self.world = world
        self.place = place
        self.case = Case(world, place)
        self.lives = Lives(self.case)
        self.times = world.times
        self.rng = world.rng
        self.days = place.days
        self.pupil = self.case.pupil

    # Making

    def unit(
        self,
        version: Version,
        service: Service | None = None,
        *,
        language: Language = Language.ENGLISH,
        setting: int | None = None,
    ) -> Unit:
        """Add a common service of one line, in English unless said otherwise."""
        chosen = service if service is not None else self._unused()
        kind = BY_SERVICE[chosen]
        drawn = GROUP if self.rng.random() < kind.grouped else INDIVIDUAL
        return self.case.unit(version, chosen, language=language, settings=(setting or drawn,))

    def _unused(self) -> Service:
        used = self.case.used()
        while (service := COMMON(self.rng)) in used:
            pass
        return service

    def served(self, unit: Unit | None = None, person: Person | None = None) -> Served:
        """Return a unit that somebody of the DOE serves, of which every system knows since days."""
        self.need(FULLY_KNOWN)
        unit = unit or self.unit(self.case.settled())
        who = person or self.case.somebody(unit, contracted=False)
        delay = self.rng.randrange(1, max(2, min(6, self.days.gone - 1)))
        return self.lives.serve(unit, who, delay=delay)

    def called(self, unit: Unit | None = None, person: Person | None = None) -> tuple[Served, Called]:
        """Return such a unit and its call."""
        served = self.served(unit, person)
        if served.call is None:
            raise Unreachable("nobody has called yet")
        return served, served.call

    def company(self, version: Version) -> None:
        """Add some services to a version that nothing is wrong with."""
        for _ in range(self.rng.choice((0, 0, 1, 1, 2))):
            self.lives.serve(self.case.unit(version))

    def need(self, days: int) -> None:
        """Stop unless the school year had this many school days by now; raises ``Unreachable``."""
        if self.days.gone < days:
            raise Unreachable(f"the school year has had fewer than {days} school days")

    def other(self) -> Place:
        """Return another school of the district; raises ``Unreachable`` where there is none."""
        others = [one for one in self.world.near(self.place) if one is not self.place]
        if not others:
            raise Unreachable("the district has one school")
        return self.rng.choice(others)

    # Moments

    def ago(self, *, hours: int, minutes: int = 0) -> int:
        """Return a moment by the clock."""
        return self.times.at - hours * 60 - minutes

    def since_last_night(self) -> int:
        """Return a moment between the last download and now."""
        night = self.times.last_at(1)
        return self.rng.randrange(night + 5, self.times.at - 5)

    def days_ago(self, least: int, most: int) -> int:
        """Return a day between two numbers of days ago."""
        return self.times.day - self.rng.randrange(least, most + 1)

    def school_day_before(self, moment: int) -> int:
        """Return the last school day that had begun by a moment; raises ``Unreachable`` before the year's first."""
        day = self.times.day_of(moment) - (moment < self.times.on(self.times.day_of(moment), 9))
        found = [one for one in self.days.days if one <= day]
        if not found:
            raise Unreachable("no school day was before")
        return found[-1]

    # Rows

    def cap(self, track: Track) -> Said:
        """Return what CAP says of a line."""
        if track.cap is None:
            raise ValueError("CAP has closed the line")
        return track.cap

    def sec(self, track: Track) -> Shown:
        """Return what SEC shows of a line; raises ``Unreachable`` where SEC has not heard of it yet."""
        if not track.sec:
            raise Unreachable("SEC does not have the line yet")
        return track.sec[-1]

    def age_cap(self, track: Track, since: int) -> None:
        """Let CAP say what it says since another moment."""
        self.cap(track).since = since

    def long_ago(self) -> int:
        """Return a moment some days back, so that no lag counts from it any more."""
        return self.times.at - self.rng.randrange(4, 12) * MINUTES

    # Subjects

    def document(self) -> Subject:
        """Return the student's document."""
        return Subject(osis=self.pupil.osis)

    def line(self, line: Line | Track, person: Person | None = None) -> Subject:
        """Return a line, or a line and a provider."""
        number = person.number if person is not None else None
        return Subject(self.pupil.osis, line.service, line.language, line.setting, number)

    def about(self, call: Called) -> Subject:
        """Return a call."""
        return Subject(self.pupil.osis, call.service, call.language, provider=call.person.number, call=call.told)

    def at_school(self, person: Person, place: Place | None = None) -> Subject:
        """Return a provider at a school."""
        return Subject(provider=person.number, dbn=(place or self.place).dbn)

    def letter(self, unit: Unit, person: Person) -> Subject:
        """Return an RSA letter."""
        return Subject(self.pupil.osis, unit.service, unit.language, provider=person.number)
