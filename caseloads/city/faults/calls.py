"""Calls with something wrong about them."""

from __future__ import annotations

from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.folk import Person
from caseloads.city.records import Called, Enrolled, Unit
from caseloads.city.times import Unreachable
from caseloads.kinds import Origin, Outcome
from providers.kinds import Language, Service

CALLS = Catalogue()
# Calls about no mandate

NO_MANDATE = "CALL_NO_MANDATE"


def unlinked(scene: Scene, person: Person, service: Service, age: int) -> Called:
    """Let somebody have called about a service that no IEP names."""
    unit = Unit(service.value, Language.ENGLISH.value, [])
    received = scene.times.on(scene.days.back(age), 14, 20)
    return scene.lives.kept(unit, person, received, Outcome.UNLINKED, "R10", "no-mandate")


@CALLS.open(NO_MANDATE, "a service that no IEP names")
def of_no_mandate(scene: Scene) -> Subject:
    """Be called about for what nobody mandated."""
    scene.need(4)
    scene.served(scene.unit(scene.case.settled(), Service.COUNSELING))
    person = scene.world.staff.another(scene.place, Service.HEARING)
    return scene.about(unlinked(scene, person, Service.HEARING, scene.rng.randrange(1, 4)))


@CALLS.open(NO_MANDATE, "made twice: the latest counts")
def of_no_mandate_twice(scene: Scene) -> Subject:
    """Be called about twice for what nobody mandated."""
    scene.need(5)
    scene.served(scene.unit(scene.case.settled(), Service.COUNSELING))
    person = scene.world.staff.another(scene.place, Service.VISION)
    unlinked(scene, person, Service.VISION, 4)
    return scene.about(unlinked(scene, person, Service.VISION, 1))


@CALLS.agrees(NO_MANDATE, "accepted since the IEP was put right", alone=True)
def accepted_since(scene: Scene) -> Subject:
    """Be called about again, with a mandate."""
    scene.need(9)
    version = scene.case.fresh(scene.days.back(4))
    unit = scene.unit(version, Service.SPEECH)
    person = scene.case.somebody(unit, contracted=False)
    call = unlinked(scene, person, Service.SPEECH, 6)
    scene.lives.serve(unit, person, delay=1)
    return scene.about(call)


# Duplicates

TWICE = "DUPLICATE_CALL"


def again(scene: Scene, unit: Unit, person: Person) -> Called:
    """Let the city's log hold a first attend once more."""
    call = scene.lives.call(
        unit, person, scene.days.back(2), scene.times.on(scene.days.back(1), 8, 10), origin=Origin.EXTRACT
    )
    if call is None:
        raise Unreachable("that call is still to come")
    call.marked = 0
    return call


@CALLS.open(TWICE, "our line's call, and one in the city's log")
def twice(scene: Scene) -> Subject:
    """Be called about twice by one person."""
    scene.need(6)
    served, _call = scene.called()
    return scene.about(again(scene, served.unit, served.person))


@CALLS.open(TWICE, "two calls in the city's log")
def twice_in_the_log(scene: Scene) -> Subject:
    """Be called about twice by one person, on the old line."""
    scene.need(6)
    served, first = scene.called()
    first.origin = Origin.EXTRACT
    return scene.about(again(scene, served.unit, served.person))


@CALLS.agrees(TWICE, "one call each of two people who served one after the other", alone=True)
def two_people(scene: Scene) -> Subject:
    """Be called about by two people."""
    scene.need(9)
    first, _call = scene.called()
    second = scene.world.staff.another(scene.place, first.unit.service)
    taken = scene.lives.take_over(first, second, scene.days.back(2), delay=0)
    return scene.line(taken.unit.lines[0], second)


@CALLS.agrees(TWICE, "a call of the school year before")
def of_last_year(scene: Scene) -> Subject:
    """Be called about once a school year."""
    served, _call = scene.called()
    day = scene.times.first - 90
    call = scene.lives.call(served.unit, served.person, day, scene.times.on(day, 14), origin=Origin.EXTRACT)
    if call is None:
        raise Unreachable("that call is still to come")
    call.year, call.marked = scene.times.first - 364, 0
    return scene.about(call)


# Superseded mandates

OLD = "OLD_MANDATE_SERVED"


def superseded(scene: Scene, *, days_before: int) -> Called:
    """Let somebody call about the mandate before, some days before the new IEP began."""
    scene.need(10)
    old = scene.case.settled()
    unit = scene.unit(old)
    starts = scene.days.back(3)
    new = scene.case.version(starts, scene.times.on(starts - 5, 15))
    carried = scene.case.carried(unit, new)
    person = scene.case.somebody(carried, contracted=False)
    day = scene.days.back(3 + days_before)
    since = scene.days.back(6)
    scene.case.assign(unit.lines, person, since, starts - 1)
    scene.case.assign(carried.lines, person, starts)
    call = scene.lives.call(carried, person, day, scene.times.on(day, 14, 50), lines=unit.lines)
    scene.lives.enter(carried, person, call, day)
    scene.lives.hear(carried, scene.lives.turns(person, since, call))
    if call is None:
        raise Unreachable("that call is still to come")
    return call


@CALLS.open(OLD, "served by the mandate before on the new one's first day", alone=True)
def on_the_first_day(scene: Scene) -> Subject:
    """Be served by what no longer governs."""
    return scene.about(superseded(scene, days_before=0))


@CALLS.agrees(OLD, "served by the mandate before on its last school day", alone=True)
def on_the_last_day(scene: Scene) -> Subject:
    """Be served by what still governed."""
    return scene.about(superseded(scene, days_before=1))


# Schools

ELSEWHERE = "WRONG_SCHOOL"


@CALLS.open(ELSEWHERE, "a call that names a school of the district where the student never was")
def never_there(scene: Scene) -> Subject:
    """Be called about at another school."""
    other = scene.other()
    _served, call = scene.called()
    call.school = other
    return scene.about(call)


def moved(scene: Scene, *, at: str) -> Subject:
    """Let a student have moved, and be called about at the school before or the one of today."""
    scene.need(10)
    other, here = scene.other(), scene.place
    unit = scene.unit(scene.case.settled())
    move = scene.days.back(5)
    scene.pupil.enrolled = [Enrolled(other, scene.times.staff, move - 1), Enrolled(here, move)]
    person = scene.world.staff.another(here, unit.service)
    scene.world.staff.post(person, other)
    session = scene.days.back(6)
    scene.case.assign(unit.lines, person, session)
    call = scene.lives.call(
        unit, person, session, scene.times.on(session, 14, 30), place=here if at == "here" else other
    )
    scene.lives.enter(unit, person, call, session)
    scene.lives.hear(unit, scene.lives.turns(person, session, call))
    if call is None:
        raise Unreachable("that call is still to come")
    return scene.about(call)


@CALLS.open(ELSEWHERE, "a call that names today's school for a session before the student came", alone=True)
def before_coming(scene: Scene) -> Subject:
    """Be called about at today's school, for a session at the one before."""
    return moved(scene, at="here")


@CALLS.agrees(ELSEWHERE, "a call at the school of the session's day, before the student moved", alone=True)
def where_it_was(scene: Scene) -> Subject:
    """Be called about where the session was."""
    return moved(scene, at="there")


# Providers

OTHER = "WRONG_PROVIDER"


def by_another(scene: Scene) -> Subject:
    """Let somebody call for whom another person is assigned, who has called already."""
    scene.need(5)
    served, _call = scene.called()
    other = scene.world.staff.another(scene.place, served.unit.service)
    day = scene.days.back(1)
    call = scene.lives.call(served.unit, other, day, scene.times.on(day, 14, 15))
    if call is None:
        raise Unreachable("that call is still to come")
    call.other_provider, call.marked = True, 0
    scene.lives.enter(served.unit, other, call, day)
    return scene.about(call)


@CALLS.open(OTHER, "another person is assigned")
def not_the_assigned(scene: Scene) -> Subject:
    """Be called about by somebody else."""
    return by_another(scene)


@CALLS.agrees(OTHER, "both are assigned")
def both_assigned(scene: Scene) -> Subject:
    """Be called about by one of two."""
    subject = by_another(scene)
    call = scene.pupil.calls[-1]
    call.other_provider = False
    scene.case.assign(call.lines, call.person, scene.days.back(2))
    return subject


@CALLS.agrees(OTHER, "nobody was assigned on that day", alone=True)
def nobody_assigned(scene: Scene) -> Subject:
    """Be called about by somebody before anybody was assigned."""
    scene.need(8)
    unit = scene.unit(scene.case.settled())
    person = scene.world.staff.another(scene.place, unit.service)
    session = scene.days.back(5)
    call = scene.lives.call(unit, person, session, scene.times.on(session, 14, 25))
    scene.case.assign(unit.lines, person, scene.days.back(3))
    scene.lives.enter(unit, person, call, session)
    scene.lives.hear(unit, scene.lives.turns(person, session, call))
    if call is None:
        raise Unreachable("that call is still to come")
    return scene.about(call)


@CALLS.agrees(OTHER, "somebody else is assigned since", alone=True)
def replaced_since(scene: Scene) -> Subject:
    """Have been called about by who was assigned then."""
    scene.need(9)
    served, call = scene.called()
    second = scene.world.staff.another(scene.place, served.unit.service)
    scene.lives.take_over(served, second, scene.days.back(2), delay=0)
    return scene.about(call)
