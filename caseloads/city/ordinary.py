"""Ordinary students: what a city looks like when nothing is wrong, with everything that is still on its way."""

from __future__ import annotations

from caseloads.city.case import AFTERNOON, Case
from caseloads.city.folk import Person, Place
from caseloads.city.lives import Lives, Served
from caseloads.city.loads import Loads
from caseloads.city.records import Enrolled, Pupil, Unit, Version
from caseloads.city.shares import BY_SERVICE, UNITS, UNSERVED, UNSERVED_BILINGUAL, Draw
from caseloads.city.times import DOWNLOAD, Unreachable
from caseloads.city.unserved import await_provider, be_transmitted, be_vacant
from caseloads.city.world import World
from caseloads.kinds import EntryState, IepKind, IepStatus
from providers.kinds import Language, Service
from providers.policy.rules import call_due

STILL, RENEWED, NEW, COMING, MOVED, LEFT = range(6)
FATES = Draw([(STILL, 58), (RENEWED, 26), (NEW, 7), (COMING, 1.5), (MOVED, 5), (LEFT, 1.5)])
KINDS = Draw([(IepKind.ANNUAL, 78), (IepKind.REEVALUATION, 14), (IepKind.AMENDMENT, 8)])
DROPPED, ADDED, REPLACED, DRAFTED = 0.12, 0.15, 0.04, 0.02
YOUNG = 8
"""School days within which a school year is too young for students to have moved or IEPs to be renewed in it."""


def ordinary(world: World, place: Place, loads: Loads) -> Pupil:
    """Return a student about whom everything agrees, or will when its time has come."""
    case = Case(world, place)
    fate = FATES(world.rng)
    young = place.days.gone < YOUNG
    maker = Ordinary(case, loads)
    if fate == NEW and not young:
        maker.new()
    elif fate == RENEWED and not young:
        maker.renewed(in_days=-maker.some_days())
    elif fate == COMING:
        maker.renewed(in_days=world.rng.randrange(1, 15))
    elif fate == MOVED and not young:
        maker.moved()
    elif fate == LEFT and not young:
        maker.left()
    else:
        maker.still()
    if world.rng.random() < DRAFTED:
        maker.drafted()
    return case.pupil


class Ordinary:
    """The fates of one student."""

    def __init__(self, case: Case, loads: Loads) -> None:
        self.case = case
        self.loads: Loads | None = loads
        self.lives = Lives(case)
        self.times = case.times
        self.rng = case.rng

    def some_days(self) -> int:
        """Return how many days ago something happened in this school year, a weekend's left out."""
        return self.rng.randrange(1, self.times.day - self.times.first)

    def still(self) -> None:
        """Keep the IEP that was there when the school year began."""
        self.live(self.case.settled(KINDS(self.rng)))

    def new(self) -> None:
        """Have a first IEP in this school year, with consent."""
        self.live(self.case.fresh(self.times.day - self.some_days(), IepKind.INITIAL))

    def live(self, version: Version) -> None:
        """Add services to a version, and let each go its way."""
        for _ in range(UNITS(self.rng)):
            self.go(self.case.unit(version))

    def go(self, unit: Unit) -> None:
        """Let a unit be served, by a second person if the first has left; or not yet."""
        foreign = unit.language != Language.ENGLISH
        if self.rng.random() < (UNSERVED_BILINGUAL if foreign else UNSERVED):
            self.be_unserved(unit)
        elif self.rng.random() < REPLACED and self.case.place.days.gone > 2 * YOUNG:
            self.replaced(unit)
        else:
            self.serve(unit)

    def serve(self, unit: Unit) -> Served:
        """Let a unit be served, by a heavy caseload where one still takes students."""
        taken = self.loads.take(self.case, self.lives, unit) if self.loads is not None else None
        return taken or self.lives.serve(unit)

    def be_unserved(self, unit: Unit) -> None:
        """Let nobody serve a unit, within the time that each step has."""
        case, days, contracting = self.case, self.case.place.days, self.case.world.contracting
        version = self.lives.version_of(unit.lines[0])
        contract = contracting.of_ours(case.place, unit.service, unit.language)
        try:
            day = days.back(self.rng.randrange(10))
            if contract is not None and day >= version.starts and call_due(BY_SERVICE[Service(unit.service)].given_by):
                be_transmitted(self.lives, unit, contract, on=day)
                return
            day = days.back(self.rng.randrange(5))
            if day >= version.starts and contracting.may_be_vacant(case.place, unit.service, unit.language):
                be_vacant(self.lives, unit, since=day)
                return
        except Unreachable:
            pass
        if version.download is None or self.times.day_of(version.download) >= days.back(1):
            await_provider(self.lives, unit)
        else:
            self.lives.serve(unit)

    def replaced(self, unit: Unit) -> None:
        """Let somebody else take over a service some weeks later."""
        first = self.lives.serve(unit)
        change = self.times.day - self.rng.randrange(5 * YOUNG)
        if self.may_change(first, change):
            self.lives.take_over(first, self.somebody_else(first), change)

    def somebody_else(self, served: Served) -> Person:
        """Return a person of the DOE who is not the one who serves now."""
        found = self.case.somebody(served.unit, contracted=False)
        if found is not served.person:
            return found
        return self.case.world.staff.another(self.case.place, served.unit.service)

    def may_change(self, served: Served, change: int) -> bool:
        """Return whether somebody can be replaced from a day on: they called and the latest IEP began before it."""
        called = served.call is None or self.times.day_of(served.call.received) < change
        return called and served.starts < change and served.unit.lines[0].starts < change

    def renewed(self, *, in_days: int) -> None:
        """Have a new IEP in this school year, or soon: with most services as before, some dropped, some added."""
        old = self.case.settled(KINDS(self.rng))
        units = [self.case.unit(old) for _ in range(UNITS(self.rng))]
        starts = self.times.day + in_days
        final = self.times.on(min(starts, self.times.day) - self.rng.randrange(2, 9), AFTERNOON)
        new = self.case.version(starts, final, kind=KINDS(self.rng))
        for index, unit in enumerate(units):
            if index and self.rng.random() < DROPPED:
                self.dropped(unit, starts)
            else:
                self.serve(self.case.carried(unit, new))
        if self.rng.random() < ADDED:
            self.lives.serve(self.case.unit(new))

    def dropped(self, unit: Unit, starts: int) -> None:
        """Let a service end with the IEP before."""
        gone = Unit(unit.service, unit.language, [], unit.lines)
        due = max(unit.lines[0].starts, self.times.staff)
        served = self.lives.serve(gone, called=starts > due + 2 * YOUNG)
        if starts <= self.times.day:
            for entry in served.entries:
                entry.state, entry.since = EntryState.ENDED, self.times.on(starts, DOWNLOAD)

    def moved(self) -> None:
        """Have come from another school near by, where others served."""
        here, move = self.case.place, self.times.day - self.some_days()
        there = self.rng.choice(self.case.world.near(here))
        version = self.case.settled(KINDS(self.rng))
        self.case.place, self.case.pupil.enrolled = there, [Enrolled(there, self.times.staff)]
        served = [self.lives.serve(self.case.unit(version)) for _ in range(UNITS(self.rng))]
        if there is here or not all(self.may_change(one, move) for one in served):
            return
        self.case.place = here
        self.case.pupil.enrolled = [Enrolled(there, self.times.staff, move - 1), Enrolled(here, move)]
        for one in served:
            self.lives.take_over(one, self.somebody_else(one), move)

    def left(self) -> None:
        """Be discharged some days ago, once all had begun, with nothing left on a caseload, and so on no heavy one."""
        self.loads = None
        self.still()
        pupil = self.case.pupil
        called = max((self.times.day_of(one.received) for one in pupil.calls), default=0)
        day = max(called, self.times.day - self.some_days())
        begun = all(one.cap is not None and one.cap.first_attend is not None for one in pupil.tracks)
        if day == self.times.day or not begun:
            return
        pupil.enrolled[-1].ends = day
        for assigned in pupil.assigned:
            assigned.ends = max(day, assigned.starts)
        for entry in pupil.entries:
            entry.state, entry.since = EntryState.ENDED, self.times.on(day + 1, DOWNLOAD)

    def drafted(self) -> None:
        """Have another IEP in the making, which counts nowhere yet."""
        version = self.case.version(
            self.times.day + self.rng.randrange(5, 40), 0, kind=KINDS(self.rng), status=IepStatus.DRAFT
        )
        self.case.unit(version)
