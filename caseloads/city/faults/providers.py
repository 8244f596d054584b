"""Nobody serves, or who served is still on a caseload."""

from __future__ import annotations

from caseloads.city.contracting import WITHDRAWN
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.records import Enrolled, Unit
from caseloads.city.times import DOWNLOAD, MINUTES, Unreachable
from caseloads.city.unserved import await_provider
from caseloads.kinds import EntryState
from caseloads.systems.cap.codes import CapStatus

PROVIDERS = Catalogue()
AWAITS, UNREPORTED, ENDED = "AWAITING_PROVIDER", "VACANCY_NOT_REPORTED", "CASELOAD_ENDED"
IN_TIME, DEFAULT = 2, 10
"""School days in which somebody is to be assigned, and after which a vacancy is to be reported."""


def awaiting(scene: Scene, age: int) -> Unit:
    """Return a service that CAP awaits a provider for since a day of this age."""
    day = scene.days.back(age)
    if day < scene.times.first:
        raise Unreachable("the document would be older than the school year")
    unit = scene.unit(scene.case.fresh(day))
    await_provider(scene.lives, unit)
    return unit


@PROVIDERS.open(AWAITS, "nobody assigned on the third day")
def third_day(scene: Scene) -> Subject:
    """Have nobody for a day too long."""
    return scene.line(awaiting(scene, IN_TIME + 1).lines[0])


@PROVIDERS.open(AWAITS, "nobody assigned on the tenth day")
def tenth_day(scene: Scene) -> Subject:
    """Have nobody for as long as that is not yet a vacancy to be reported."""
    return scene.line(awaiting(scene, DEFAULT).lines[0])


@PROVIDERS.open(AWAITS, "nobody assigned for some days")
def some_days(scene: Scene) -> Subject:
    """Have nobody for some days."""
    return scene.line(awaiting(scene, scene.rng.randrange(IN_TIME + 1, DEFAULT + 1)).lines[0])


@PROVIDERS.open(AWAITS, "nobody assigned since before the school year")
def since_summer(scene: Scene) -> Subject:
    """Have nobody since before school began, which ages from its first day on."""
    if not IN_TIME < scene.days.gone <= DEFAULT:
        raise Unreachable("the school year is too young or too old")
    unit = scene.unit(scene.case.settled())
    await_provider(scene.lives, unit)
    return scene.line(unit.lines[0])


@PROVIDERS.waiting(AWAITS, "nobody assigned on the second day")
def second_day(scene: Scene) -> Subject:
    """Have nobody for as long as that may take."""
    return scene.line(awaiting(scene, IN_TIME).lines[0])


@PROVIDERS.waiting(AWAITS, "nobody assigned since the last night")
def since_last_night(scene: Scene) -> Subject:
    """Have nobody since a few hours."""
    unit = scene.unit(scene.case.fresh(scene.times.day_of(scene.times.last_at(DOWNLOAD))))
    await_provider(scene.lives, unit)
    return scene.line(unit.lines[0])


@PROVIDERS.agrees(AWAITS, "a vacancy was logged since the last night")
def vacancy_logged(scene: Scene) -> Subject:
    """Have a vacancy that CAP hears of tonight."""
    unit = awaiting(scene, IN_TIME + 2)
    name_vacant(scene, unit, scene.since_last_night())
    return scene.line(unit.lines[0])


def name_vacant(scene: Scene, unit: Unit, logged: int) -> None:
    """Name a unit in the school's open vacancy."""
    if not scene.world.contracting.may_be_vacant(scene.place, unit.service, unit.language):
        raise Unreachable("the school's vacancy is not the city's")
    scene.world.contracting.vacant(scene.place, unit.lines, logged=logged)


@PROVIDERS.agrees(AWAITS, "somebody is assigned whom CAP hears of tonight")
def assigned_since_last_night(scene: Scene) -> Subject:
    """Have somebody since today."""
    unit = awaiting(scene, IN_TIME + 3)
    scene.case.assign(unit.lines, scene.case.somebody(unit, contracted=False), scene.times.day)
    return scene.line(unit.lines[0])


@PROVIDERS.open(UNREPORTED, "nobody assigned and no vacancy on the eleventh day")
def eleventh_day(scene: Scene) -> Subject:
    """Have nobody for a day longer than a vacancy may go unreported."""
    return scene.line(awaiting(scene, DEFAULT + 1).lines[0])


@PROVIDERS.open(UNREPORTED, "nobody assigned and no vacancy since before the school year")
def unreported_since_summer(scene: Scene) -> Subject:
    """Have nobody since before school began."""
    scene.need(DEFAULT + 1)
    unit = scene.unit(scene.case.settled())
    await_provider(scene.lives, unit)
    return scene.line(unit.lines[0])


@PROVIDERS.open(UNREPORTED, "a vacancy that was withdrawn weeks ago")
def withdrawn(scene: Scene) -> Subject:
    """Have had a vacancy."""
    unit = awaiting(scene, DEFAULT + 4)
    closed = scene.times.on(scene.days.back(2), 12)
    scene.world.contracting.over(scene.place, unit.lines, logged=closed - 5 * MINUTES, closed=closed, closing=WITHDRAWN)
    return scene.line(unit.lines[0])


@PROVIDERS.agrees(UNREPORTED, "a vacancy is open since long")
def reported(scene: Scene) -> Subject:
    """Have a vacancy."""
    unit = awaiting(scene, DEFAULT + 2)
    name_vacant(scene, unit, scene.times.on(scene.days.back(1), 11))
    return scene.line(unit.lines[0])


@PROVIDERS.agrees(UNREPORTED, "an IEP that begins tomorrow", alone=True)
def begins_tomorrow(scene: Scene) -> Subject:
    """Have nobody for what has not begun."""
    scene.need(DEFAULT + 4)
    night = scene.times.on(scene.days.back(DEFAULT + 2), DOWNLOAD)
    version = scene.case.version(scene.times.day + 1, night - MINUTES // 3)
    unit = scene.unit(version)
    await_provider(scene.lives, unit)
    return scene.line(unit.lines[0])


# Caseloads that have ended


@PROVIDERS.open(ENDED, "a student who left yesterday", alone=True)
def left_yesterday(scene: Scene) -> Subject:
    """Be on a caseload for a day too long."""
    return left(scene, scene.times.day - 1)


@PROVIDERS.open(ENDED, "a student who left some days ago", alone=True)
def left_long_ago(scene: Scene) -> Subject:
    """Be on a caseload since days."""
    scene.need(12)
    return left(scene, scene.days.back(scene.rng.randrange(3, 6)))


def left(scene: Scene, day: int) -> Subject:
    """Return a line of a student who left on a day and is still on a caseload: nobody ended the assignment."""
    served, call = scene.called()
    if scene.times.day_of(call.received) > day:
        raise Unreachable("the student left before the call")
    scene.pupil.enrolled[-1].ends = day
    return scene.line(served.unit.lines[0], served.person)


@PROVIDERS.open(ENDED, "a service that ended some days ago")
def service_over(scene: Scene) -> Subject:
    """Be on a caseload for a service that is over; CAP and SEC closed it, and nobody ended the assignment."""
    scene.need(10)
    served, _call = scene.called()
    (line,) = served.unit.lines
    line.ends = scene.times.day - scene.rng.randrange(3, 6)
    (track,) = served.tracks
    cap = scene.cap(track)
    cap.status, cap.ends, cap.since = CapStatus.CLOSED.value, line.ends, scene.times.on(line.ends + 1, DOWNLOAD)
    track.closed, track.cap = cap, None
    scene.sec(track).until_at = scene.times.in_sec(cap.since)
    return scene.line(line, served.person)


@PROVIDERS.open(ENDED, "a service that the new IEP has dropped", alone=True)
def service_dropped(scene: Scene) -> Subject:
    """Be on a caseload for what the IEP of today does not name, until SESIS's next night."""
    scene.need(12)
    old = scene.case.settled()
    unit, kept = scene.unit(old), scene.unit(old)
    starts = scene.days.back(scene.rng.randrange(3, 6))
    new = scene.case.version(starts, scene.times.on(starts - 4, 15))
    scene.served(scene.case.carried(kept, new))
    gone = Unit(unit.service, unit.language, [], unit.lines)
    served, _call = scene.called(gone)
    return scene.line(unit.lines[0], served.person)


@PROVIDERS.agrees(ENDED, "a student whose last day is today")
def leaves_today(scene: Scene) -> Subject:
    """Be on a caseload on the last day."""
    served, _call = scene.called()
    scene.pupil.enrolled[-1].ends = scene.times.day
    return scene.line(served.unit.lines[0], served.person)


@PROVIDERS.agrees(ENDED, "a student who left, and whose entry has ended", alone=True)
def left_and_ended(scene: Scene) -> Subject:
    """Be on no caseload any more."""
    subject = left(scene, scene.times.day - 1)
    for assigned in scene.pupil.assigned:
        assigned.ends = scene.times.day - 1
    for entry in scene.pupil.entries:
        entry.state, entry.since = EntryState.ENDED, scene.times.last_at(DOWNLOAD)
    return subject


@PROVIDERS.agrees(ENDED, "an entry of the IEP before, whose service goes on", alone=True)
def goes_on(scene: Scene) -> Subject:
    """Be on a caseload by the IEP before, for what the IEP of today names as well."""
    scene.need(12)
    unit = scene.unit(scene.case.settled())
    starts = scene.days.back(scene.rng.randrange(3, 6))
    new = scene.case.version(starts, scene.times.on(starts - 4, 15))
    served, _call = scene.called(scene.case.carried(unit, new))
    for entry in served.entries:
        entry.line = unit.lines[0]
    return scene.line(unit.lines[0], served.person)


@PROVIDERS.agrees(ENDED, "a student who came back", alone=True)
def came_back(scene: Scene) -> Subject:
    """Have left once, and be enrolled again."""
    scene.need(10)
    served, _call = scene.called()
    (enrolled,) = scene.pupil.enrolled
    back = scene.days.back(1)
    enrolled.ends = scene.days.back(3)
    scene.pupil.enrolled.append(Enrolled(scene.place, back))
    return scene.line(served.unit.lines[0], served.person)
