"""A city of a few schools without any database, and single scenes made in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from random import Random

from caseloads.city import invented
from caseloads.city.contracting import Contracted, Contracting
from caseloads.city.faults.catalogue import NEAR, PLANTED
from caseloads.city.faults.scenario import Scenario
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.folk import Place
from caseloads.city.records import Line, Track
from caseloads.city.staff import Staff
from caseloads.city.terms import HOLIDAY, days_off, term_of
from caseloads.city.times import SchoolDays, Times, minute
from caseloads.city.world import Ids, World
from orcs_portal.shared.clock import at_local
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.kinds import Borough

DAY = date(2026, 11, 24)
AGENCIES = {code: at for at, code in enumerate(invented.AGENCIES, start=1)}


def times(day: date = DAY, hour: int = 17) -> Times:
    """Return an hour of a day with its school year."""
    term = term_of(day)
    holidays = frozenset(one.day.toordinal() for one in days_off(term) if one.kind == HOLIDAY)
    at = minute(at_local(day, hour))
    return Times(at, term.starts.toordinal(), term.ends.toordinal(), term.staff.toordinal(), holidays)


def school_days(now: Times) -> SchoolDays:
    """Return a school's days with students."""
    first, last = date.fromordinal(now.first), date.fromordinal(now.last)
    closed = frozenset(one.day for one in days_off(term_of(first)))
    return SchoolDays([one.toordinal() for one in SchoolCalendar(closed, first, last).days], now)


def world(day: date = DAY, *, seed: int = 1, hour: int = 17, schools: int = 3) -> World:
    """Return a city of some schools of one district, where nobody is yet."""
    now, rng = times(day, hour), Random(seed)
    days = school_days(now)
    places = [Place(at, f"15K92{at}", Borough.BROOKLYN, ("1", "2"), days, 70 + at) for at in range(1, schools + 1)]
    contracting = Contracting(rng, now, first_vacancy=1, first_letter=1)
    starts = date(date.fromordinal(now.first).year, 7, 1).toordinal()
    for at, (code, service, language) in enumerate(invented.CONTRACTS, start=1):
        contract = Contracted(at, AGENCIES[code], starts)
        contracting.contracts[Borough.BROOKLYN, service, language].append(contract)
    return World(
        rng=rng,
        times=now,
        staff=Staff(rng, now, first_id=1, first_number=910_000_001),
        contracting=contracting,
        ids=Ids(count(1), count(1), count(1), count(1), count(1), count(910_000_001), count(970_000_001)),
        numbers=(f"{one:08}" for one in count(10_000_000)),
        hold=True,
        hold_since=now.on(now.staff, 0),
        places={"15K": places},
    )


def place(of: World) -> Place:
    """Return the first school of a city."""
    return of.places["15K"][0]


@dataclass(frozen=True, slots=True)
class Made:
    """A scene with the subject that it named."""

    scene: Scene
    subject: Subject

    @property
    def day(self) -> int:
        """Today."""
        return self.scene.times.day

    @property
    def line(self) -> Line:
        """The subject's line in the latest version that has it."""
        key = (self.subject.service, self.subject.language, self.subject.setting)
        lines = [line for version in self.scene.pupil.versions for line in version.lines if line.key == key]
        return lines[-1]

    @property
    def track(self) -> Track:
        """The subject's line in CAP and SEC."""
        key = (self.subject.service, self.subject.language, self.subject.setting)
        (found,) = [one for one in self.scene.pupil.tracks if (one.service, one.language, one.setting) == key]
        return found


def scenario(code: str, what: str) -> Scenario:
    """Return a scenario by its words."""
    (found,) = [one for one in (*PLANTED[code], *NEAR[code]) if one.what == what]
    return found


def make(code: str, what: str, day: date = DAY, *, seed: int = 1, hour: int = 17) -> Made:
    """Return a scene of a scenario."""
    city = world(day, seed=seed, hour=hour)
    scene = Scene(city, place(city))
    return Made(scene, scenario(code, what).make(scene))


def every() -> list[Scenario]:
    """Return every scenario there is."""
    return [one for listed in (*PLANTED.values(), *NEAR.values()) for one in listed]
