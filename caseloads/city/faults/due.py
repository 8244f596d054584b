"""Calls that are due, and such as are not (R1, R8, R13)."""

from __future__ import annotations

from caseloads.city.faults.gates import contracted
from caseloads.city.faults.letters import need_hold, of_nobody
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.unserved import approve
from caseloads.kinds import Origin
from providers.kinds import Language, Service

DUE = Catalogue()
LATE = "NO_FIRST_ATTEND"
TO_CALL = 5
"""School days in which a call is to be made."""


def assigned(scene: Scene, age: int) -> Subject:
    """Let somebody of the DOE be assigned since a day of this age, and not have called."""
    day = scene.days.back(age)
    unit = scene.unit(scene.case.settled())
    person = scene.case.somebody(unit, contracted=False)
    scene.lives.serve(unit, person, since=day, called=False)
    return scene.line(unit.lines[0], person)


@DUE.open(LATE, "not called on the sixth day")
def sixth_day(scene: Scene) -> Subject:
    """Be late by a day."""
    return assigned(scene, TO_CALL + 1)


@DUE.open(LATE, "not called for weeks")
def for_weeks(scene: Scene) -> Subject:
    """Be late by weeks."""
    return assigned(scene, scene.rng.randrange(TO_CALL + 2, 40))


@DUE.open(LATE, "assigned in summer, and not called since school began")
def since_summer(scene: Scene) -> Subject:
    """Be late since the school year's first week."""
    scene.need(TO_CALL + 1)
    unit = scene.unit(scene.case.settled())
    person = scene.case.somebody(unit, contracted=False)
    scene.lives.serve(unit, person, since=scene.times.staff, called=False)
    return scene.line(unit.lines[0], person)


def of_an_agency(scene: Scene, *, since: int, opened: int | None) -> Subject:
    """Let somebody of an agency be assigned on a day, and the gate have opened on a day or not at all."""
    unit = scene.unit(scene.case.settled())
    contract = contracted(scene, unit)
    person = scene.world.staff.serving(scene.place, unit.service, unit.language, agency=contract.agency)
    if opened is not None:
        scene.world.contracting.transmit(
            scene.pupil, scene.place, unit.lines, contract, processed=scene.times.on(opened, 6)
        )
    scene.case.assign(unit.lines, person, since)
    scene.lives.hear(unit, scene.lives.turns(person, since, None))
    return scene.line(unit.lines[0], person)


@DUE.open(LATE, "an agency's provider on the sixth day after the transmittal")
def sixth_day_of_the_gate(scene: Scene) -> Subject:
    """Be late by a day since the gate opened."""
    opened = scene.days.back(TO_CALL + 1)
    return of_an_agency(scene, since=opened - 2, opened=opened)


@DUE.waiting(LATE, "not called on the fifth day")
def fifth_day(scene: Scene) -> Subject:
    """Call as late as that may be."""
    return assigned(scene, TO_CALL)


@DUE.waiting(LATE, "assigned for weeks, transmitted five days ago")
def fifth_day_of_the_gate(scene: Scene) -> Subject:
    """Have been able to call since five days."""
    since = scene.days.back(TO_CALL + 4)
    return of_an_agency(scene, since=since, opened=scene.days.back(TO_CALL))


@DUE.agrees(LATE, "an agency's provider without a transmittal")
def gate_closed(scene: Scene) -> Subject:
    """Not be able to call."""
    return of_an_agency(scene, since=scene.days.back(TO_CALL + 3), opened=None)


@DUE.agrees(LATE, "an independent provider while the hold is on")
def held_back(scene: Scene) -> Subject:
    """Not be allowed to call."""
    need_hold(scene)
    unit, person = of_nobody(scene, (Language.ALBANIAN,))
    since = scene.days.back(TO_CALL + 3)
    approve(scene.lives, unit, person, on=max(since - 3, scene.times.day - 20))
    scene.case.assign(unit.lines, person, since)
    scene.lives.hear(unit, scene.lives.turns(person, since, None))
    return scene.line(unit.lines[0], person)


@DUE.agrees(LATE, "called in the city's log")
def called_in_the_log(scene: Scene) -> Subject:
    """Have called on the old line."""
    served, call = scene.called()
    call.origin = Origin.EXTRACT
    return scene.line(served.unit.lines[0], served.person)


@DUE.exempt("NURSE_EXEMPT", "a nurse, who makes no call")
def nurse(scene: Scene) -> Subject:
    """Serve by assignment alone (R1)."""
    unit = scene.unit(scene.case.settled(), Service.NURSE)
    served = scene.lives.serve(unit)
    return scene.line(unit.lines[0], served.person)
