"""Contracting out that does not go on, and calls before the gate (R8, R13)."""

from __future__ import annotations

from caseloads.city.contracting import Contracted
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.folk import Person
from caseloads.city.records import Called, Unit
from caseloads.city.times import Unreachable
from caseloads.city.unserved import be_transmitted, be_vacant
from caseloads.kinds import Origin, Outcome

GATES = Catalogue()
TO_TRANSMIT, TO_START = 5, 10
"""School days until ORCS transmits, and until an agency starts."""


# Vacancies that ORCS does not transmit


def vacant(scene: Scene, age: int) -> Unit:
    """Return a service that CAP says is contracted out since a day of this age."""
    day = scene.days.back(age)
    unit = scene.unit(scene.case.settled())
    if not scene.world.contracting.may_be_vacant(scene.place, unit.service, unit.language):
        raise Unreachable("the school's vacancy is not the city's")
    be_vacant(scene.lives, unit, since=day)
    return unit


NO_TRANSMITTAL = "NO_TRANSMITTAL"


@GATES.open(NO_TRANSMITTAL, "no transmittal on the sixth day")
def sixth_day(scene: Scene) -> Subject:
    """Wait a day too long."""
    return scene.line(vacant(scene, TO_TRANSMIT + 1).lines[0])


@GATES.open(NO_TRANSMITTAL, "no transmittal for weeks")
def weeks(scene: Scene) -> Subject:
    """Wait since weeks."""
    return scene.line(vacant(scene, scene.rng.randrange(TO_TRANSMIT + 2, 20)).lines[0])


@GATES.waiting(NO_TRANSMITTAL, "no transmittal on the fifth day")
def fifth_day(scene: Scene) -> Subject:
    """Wait as long as that may take."""
    return scene.line(vacant(scene, TO_TRANSMIT).lines[0])


@GATES.agrees(NO_TRANSMITTAL, "the transmittal was sent since the last night")
def sent_since(scene: Scene) -> Subject:
    """Have a transmittal that CAP hears of tonight."""
    unit = vacant(scene, TO_TRANSMIT + 2)
    contract = contracted(scene, unit)
    scene.world.contracting.transmit(scene.pupil, scene.place, unit.lines, contract, processed=scene.since_last_night())
    return scene.line(unit.lines[0])


def contracted(scene: Scene, unit: Unit) -> Contracted:
    """Return a contract of an agency of the city for a unit; raises ``Unreachable`` where there is none."""
    found = scene.world.contracting.of_ours(scene.place, unit.service, unit.language)
    if found is None:
        raise Unreachable("no agency of the city is contracted for this")
    return found


# Agencies that do not start

NOT_STARTED = "AGENCY_NOT_STARTED"


def transmitted(scene: Scene, age: int) -> Unit:
    """Return a service that was transmitted on a day of this age."""
    day = scene.days.back(age)
    unit = scene.unit(scene.case.settled())
    be_transmitted(scene.lives, unit, contracted(scene, unit), on=day)
    return unit


@GATES.open(NOT_STARTED, "nobody assigned on the eleventh day")
def eleventh_day(scene: Scene) -> Subject:
    """Wait a day too long for the agency."""
    return scene.line(transmitted(scene, TO_START + 1).lines[0])


@GATES.open(NOT_STARTED, "nobody assigned for weeks")
def not_for_weeks(scene: Scene) -> Subject:
    """Wait for the agency since weeks."""
    return scene.line(transmitted(scene, scene.rng.randrange(TO_START + 2, 30)).lines[0])


@GATES.waiting(NOT_STARTED, "nobody assigned on the tenth day")
def tenth_day(scene: Scene) -> Subject:
    """Wait as long as that may take."""
    return scene.line(transmitted(scene, TO_START).lines[0])


@GATES.agrees(NOT_STARTED, "somebody of the DOE serves instead")
def served_otherwise(scene: Scene) -> Subject:
    """Have somebody else."""
    scene.need(TO_START + 4)
    unit = scene.unit(scene.case.settled())
    day = scene.days.back(TO_START + 2)
    processed = scene.times.on(day, 11)
    scene.world.contracting.transmit(scene.pupil, scene.place, unit.lines, contracted(scene, unit), processed=processed)
    scene.served(unit)
    return scene.line(unit.lines[0])


# Calls before the gate

BEFORE = "CALL_BEFORE_GATE"


def of_an_agency(scene: Scene) -> tuple[Unit, Person, Contracted]:
    """Return a service and somebody of an agency that is contracted for it."""
    unit = scene.unit(scene.case.settled())
    contract = contracted(scene, unit)
    person = scene.world.staff.serving(scene.place, unit.service, unit.language, agency=contract.agency)
    return unit, person, contract


def refused(scene: Scene, unit: Unit, person: Person, age: int) -> Called:
    """Let somebody have called in vain on a day of this age."""
    at = scene.times.on(scene.days.back(age), 14, 30)
    return scene.lives.kept(unit, person, at, Outcome.REFUSED, "R8", "no-transmittal")


@GATES.open(BEFORE, "refused, and not made again since the transmittal")
def refused_once(scene: Scene) -> Subject:
    """Have called too early; the transmittal came since."""
    scene.need(9)
    unit, person, contract = of_an_agency(scene)
    call = refused(scene, unit, person, scene.rng.randrange(5, 8))
    scene.world.contracting.transmit(
        scene.pupil, scene.place, unit.lines, contract, processed=scene.times.on(scene.days.back(3), 11)
    )
    scene.lives.serve(unit, person, since=scene.days.back(2), called=False)
    return scene.about(call)


@GATES.open(BEFORE, "refused twice: the latest counts")
def refused_twice(scene: Scene) -> Subject:
    """Have called too early twice, while nothing was transmitted."""
    scene.need(7)
    unit, person, _contract = of_an_agency(scene)
    refused(scene, unit, person, 5)
    call = refused(scene, unit, person, 2)
    if not scene.world.contracting.may_be_vacant(scene.place, unit.service, unit.language):
        raise Unreachable("the school's vacancy is not the city's")
    be_vacant(scene.lives, unit, since=scene.days.back(4))
    return scene.about(call)


def logged(scene: Scene, opened: int | None) -> Subject:
    """Let somebody of an agency serve by a call of the city's log; the gate opened days after it, or not."""
    scene.need(8)
    unit, person, contract = of_an_agency(scene)
    session = scene.days.back(6)
    scene.case.assign(unit.lines, person, scene.days.back(7))
    call = scene.lives.call(unit, person, session, scene.times.on(session, 14, 40), origin=Origin.EXTRACT)
    if call is None:
        raise Unreachable("that call is still to come")
    if opened is not None:
        processed = scene.times.on(session + opened, 5, 30)
        scene.world.contracting.transmit(scene.pupil, scene.place, unit.lines, contract, processed=processed)
    scene.lives.enter(unit, person, call, session)
    scene.lives.hear(unit, scene.lives.turns(person, scene.days.back(7), call))
    return scene.about(call)


@GATES.open(BEFORE, "in the city's log days before the transmittal")
def logged_before(scene: Scene) -> Subject:
    """Have been taken by the old line before the gate opened."""
    return logged(scene, 2)


@GATES.open(BEFORE, "in the city's log without any transmittal")
def logged_without(scene: Scene) -> Subject:
    """Have been taken by the old line without a gate."""
    return logged(scene, None)


@GATES.agrees(BEFORE, "in the city's log the day after the transmittal")
def logged_after(scene: Scene) -> Subject:
    """Have been taken after the gate opened."""
    return logged(scene, -1)


@GATES.agrees(BEFORE, "refused, and made again since the transmittal")
def made_again(scene: Scene) -> Subject:
    """Have called again."""
    scene.need(10)
    unit, person, contract = of_an_agency(scene)
    call = refused(scene, unit, person, 8)
    day = scene.days.back(6)
    scene.world.contracting.transmit(
        scene.pupil, scene.place, unit.lines, contract, processed=scene.times.on(day, 5, 30)
    )
    scene.lives.serve(unit, person, since=day, delay=1)
    return scene.about(call)
