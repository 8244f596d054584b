"""Calls that did not arrive where they should have."""

from __future__ import annotations

from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.lives import ASSIGNED, Served
from caseloads.city.records import Called, Track
from caseloads.city.shares import GROUP, INDIVIDUAL
from caseloads.city.times import CAP_NIGHT, DOWNLOAD, MINUTES, Unreachable
from caseloads.kinds import EntryState, System
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Language, Service

DELIVERIES = Catalogue()
NO_CAP, NO_SEC, NO_CASELOAD = "CALL_NOT_IN_CAP", "CALL_NOT_IN_SEC", "CALL_NOT_ON_CASELOAD"


def lose(scene: Scene, call: Called, system: System) -> None:
    """Let a system never have had a call: given up, or lost on the way."""
    call.lost.add(system)
    if scene.rng.random() < 1 / 2:
        call.parked.add(system)


def only_assigned(scene: Scene, track: Track) -> None:
    """Let CAP not have heard of a first attend, nor SEC."""
    cap = scene.cap(track)
    cap.status, cap.first_attend, cap.since = ASSIGNED, None, scene.times.on(scene.times.staff, 1)
    shown = scene.sec(track)
    shown.status, shown.first_attend, shown.provider = SecStatus.ASSIGNED.value, None, cap.provider
    track.sec = [shown]


@DELIVERIES.open(NO_CAP, "a call of the first weeks")
def never_in_cap(scene: Scene) -> Subject:
    """Never have come to CAP."""
    served, call = scene.called()
    lose(scene, call, System.CAP)
    only_assigned(scene, served.tracks[0])
    return scene.about(call)


@DELIVERIES.open(NO_CAP, "in one of two lines")
def in_one_line(scene: Scene) -> Subject:
    """Have come to CAP for one line of two."""
    unit = scene.case.unit(
        scene.case.settled(), Service.SPEECH, language=Language.ENGLISH, settings=(INDIVIDUAL, GROUP)
    )
    served, call = scene.called(unit)
    call.marked = 1
    only_assigned(scene, served.tracks[1])
    return scene.about(call)


def called_at(scene: Scene, received: int, *, in_cap: bool = True) -> tuple[Served, Called]:
    """Let somebody assigned since a day have called at a moment, of which CAP has heard or not."""
    scene.need(4)
    unit = scene.unit(scene.case.settled())
    person = scene.case.somebody(unit, contracted=False)
    since = scene.days.back(3)
    session = scene.school_day_before(received)
    if session < since:
        raise Unreachable("that would be too long ago")
    scene.case.assign(unit.lines, person, since)
    call = scene.lives.call(unit, person, session, received)
    if call is None:
        raise Unreachable("that call is still to come")
    call.lag = 125
    entries = scene.lives.enter(unit, person, call, session)
    turns = scene.lives.turns(person, since, call if in_cap else None)
    return Served(unit, person, since, call, entries, scene.lives.hear(unit, turns), turns), call


@DELIVERIES.open(NO_CAP, "a call of the hours before CAP's last night")
def missed_last_night(scene: Scene) -> Subject:
    """Have been passed over by CAP's last night."""
    _served, call = called_at(scene, scene.times.last_at(CAP_NIGHT) - 130, in_cap=False)
    lose(scene, call, System.CAP)
    return scene.about(call)


@DELIVERIES.waiting(NO_CAP, "a call since CAP's last night")
def cap_tonight(scene: Scene) -> Subject:
    """Come to CAP tonight."""
    night = scene.times.last_at(CAP_NIGHT)
    _served, call = called_at(scene, scene.rng.randrange(night + 10, scene.times.at - 10))
    return scene.about(call)


@DELIVERIES.agrees(NO_CAP, "a call of which every system knows")
def everywhere(scene: Scene) -> Subject:
    """Have come everywhere."""
    _served, call = scene.called()
    return scene.about(call)


def unheard(scene: Scene, since: int | None = None) -> Subject:
    """Let CAP have a first attend of a call that SEC never heard of."""
    served, call = scene.called()
    (track,) = served.tracks
    cap = scene.cap(track)
    cap.since = scene.long_ago() if since is None else since
    shown = scene.sec(track)
    shown.status, shown.first_attend = SecStatus.ASSIGNED.value, None
    track.unheard = True
    lose(scene, call, System.SEC)
    return scene.about(call)


@DELIVERIES.open(NO_SEC, "a call that CAP has since days")
def never_in_sec(scene: Scene) -> Subject:
    """Never have come to SEC."""
    return unheard(scene)


@DELIVERIES.open(NO_SEC, "a call that CAP has for a day to the minute")
def in_cap_for_a_day(scene: Scene) -> Subject:
    """Be missing in SEC since a day after CAP had it."""
    return unheard(scene, scene.ago(hours=24))


@DELIVERIES.waiting(NO_SEC, "a call that CAP has for a day less a minute")
def in_cap_for_less(scene: Scene) -> Subject:
    """Be missing in SEC for less than a day."""
    return unheard(scene, scene.ago(hours=23, minutes=59))


@DELIVERIES.waiting(NO_SEC, "a call that CAP has since the last night")
def in_cap_since_last_night(scene: Scene) -> Subject:
    """Be in CAP since a few hours."""
    night = scene.times.last_at(CAP_NIGHT)
    _served, call = called_at(scene, night - scene.rng.randrange(130, 400))
    return scene.about(call)


def two_days_old(scene: Scene) -> tuple[Served, Called]:
    """Return a served unit whose call was made more than two days ago."""
    scene.need(5)
    served, call = scene.called()
    if call.received > scene.ago(hours=48):
        raise Unreachable("that call may still be on its way")
    return served, call


@DELIVERIES.open(NO_CASELOAD, "a call of the first weeks")
def never_on_caseload(scene: Scene) -> Subject:
    """Never have come to the caseload."""
    served, call = two_days_old(scene)
    lose(scene, call, System.SESIS)
    for entry in served.entries:
        scene.pupil.entries.remove(entry)
    return scene.about(call)


@DELIVERIES.open(NO_CASELOAD, "an entry that has ended although the service goes on")
def ended_too_early(scene: Scene) -> Subject:
    """Have been on the caseload."""
    served, call = two_days_old(scene)
    for entry in served.entries:
        entry.state, entry.since = EntryState.ENDED, scene.times.on(scene.times.day - 1, 13)
    return scene.about(call)


def unentered(scene: Scene, received: int) -> Subject:
    """Let a call of a moment have no entry yet, because SESIS takes its time or has lost it."""
    served, call = called_at(scene, received)
    call.lag = 2 * MINUTES + 60
    for entry in served.entries:
        scene.pupil.entries.remove(entry)
    return scene.about(call)


@DELIVERIES.open(NO_CASELOAD, "a call of forty-eight hours ago to the minute")
def for_two_days(scene: Scene) -> Subject:
    """Be missing on the caseload after two days."""
    subject = unentered(scene, scene.ago(hours=48))
    lose(scene, scene.pupil.calls[-1], System.SESIS)
    return subject


@DELIVERIES.waiting(NO_CASELOAD, "a call of a minute less than forty-eight hours ago")
def for_less(scene: Scene) -> Subject:
    """Be missing on the caseload for less than two days."""
    return unentered(scene, scene.ago(hours=47, minutes=59))


@DELIVERIES.agrees(NO_CASELOAD, "an entry that ended with its assignment, since somebody else serves", alone=True)
def ended_with_assignment(scene: Scene) -> Subject:
    """Have been on the caseload of somebody who serves no more."""
    scene.need(9)
    served, call = scene.called()
    second = scene.world.staff.another(scene.place, served.unit.service)
    scene.lives.take_over(served, second, scene.days.back(2), delay=0)
    return scene.about(call)


@DELIVERIES.agrees(NO_CASELOAD, "an entry that ended with its assignment, and nobody serves", alone=True)
def ended_with_the_last_assignment(scene: Scene) -> Subject:
    """Have been on a caseload until the day before yesterday."""
    served, call = two_days_old(scene)
    last = scene.times.day - 2
    if scene.times.day_of(served.entries[0].since) > last:
        raise Unreachable("the entry would have been opened after the assignment")
    for assigned in scene.pupil.assigned:
        assigned.ends = last
    for entry in served.entries:
        entry.state, entry.since = EntryState.ENDED, scene.times.on(last + 1, DOWNLOAD)
    return scene.about(call)
