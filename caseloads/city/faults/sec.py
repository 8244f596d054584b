"""SEC says something else than CAP said a day ago."""

from __future__ import annotations

from caseloads.city.faults.cap import extra, leave, stranger
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.records import Called, Heard, Track
from caseloads.city.times import MINUTES
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Service

SEC = Catalogue()
STALE, WAITS, ONLY = "SEC_STALE", "SEC_WAITING", "SEC_ONLY"


def behind(scene: Scene) -> Track:
    """Return a served line of which CAP has said the same for days."""
    return misheard(scene)[0]


def misheard(scene: Scene) -> tuple[Track, Called]:
    """Return such a line and its call, of which SEC may have taken down something else."""
    served, call = scene.called()
    (track,) = served.tracks
    scene.age_cap(track, min(scene.cap(track).since, scene.long_ago()))
    return track, call


@SEC.open(STALE, "another frequency than CAP")
def other_frequency(scene: Scene) -> Subject:
    """Show what CAP no longer says."""
    track = behind(scene)
    scene.sec(track).frequency += 1
    return scene.line(track)


@SEC.open(STALE, "another provider than CAP")
def other_provider(scene: Scene) -> Subject:
    """Show who no longer serves."""
    track, call = misheard(scene)
    shown = scene.sec(track)
    shown.provider = (shown.provider or 0) + 50_000_000
    call.misheard = Heard(shown.provider, call.session_on)
    return scene.line(track)


@SEC.open(STALE, "another first attend than CAP")
def other_first_attend(scene: Scene) -> Subject:
    """Show another day than CAP."""
    track, call = misheard(scene)
    shown = scene.sec(track)
    shown.first_attend = (shown.first_attend or 0) - 1
    call.misheard = Heard(call.person.number, shown.first_attend)
    return scene.line(track)


@SEC.open(STALE, "still awaiting where CAP has somebody assigned")
def still_awaiting(scene: Scene) -> Subject:
    """Show nobody where a nurse serves."""
    scene.need(2)
    served = scene.lives.serve(scene.unit(scene.case.settled(), Service.NURSE))
    (track,) = served.tracks
    shown = scene.sec(track)
    shown.status, shown.provider = SecStatus.AWAITING.value, None
    return scene.line(track)


@SEC.open(STALE, "nothing of what CAP has")
def lacks_the_line(scene: Scene) -> Subject:
    """Show nothing of a line."""
    track = behind(scene)
    track.sec = []
    return scene.line(track)


@SEC.open(STALE, "behind for a day to the minute")
def behind_for_a_day(scene: Scene) -> Subject:
    """Be behind since 24 hours, no minute more."""
    track = behind(scene)
    scene.sec(track).duration += 15
    scene.age_cap(track, scene.ago(hours=24))
    return scene.line(track)


@SEC.waiting(WAITS, "behind for a day less a minute")
def behind_for_less(scene: Scene) -> Subject:
    """Be behind since a minute less than 24 hours."""
    track = behind(scene)
    scene.sec(track).duration += 15
    scene.age_cap(track, scene.ago(hours=23, minutes=59))
    return scene.line(track)


@SEC.waiting(WAITS, "nothing yet of what CAP has since the last night", alone=True)
def not_yet(scene: Scene) -> Subject:
    """Be new in CAP."""
    version = scene.case.fresh(scene.times.day_of(scene.times.last_at(1)))
    served = scene.lives.serve(scene.unit(version), delay=3)
    (track,) = served.tracks
    return scene.line(track)


@SEC.agrees(STALE, "another first day than CAP, which SEC does not show")
def first_day_is_not_compared(scene: Scene) -> Subject:
    """Show the same of what SEC shows at all."""
    return scene.line(behind(scene))


@SEC.agrees(STALE, "a student who has left", alone=True)
def stale_and_left(scene: Scene) -> Subject:
    """Be behind for somebody who has left."""
    track = behind(scene)
    scene.sec(track).frequency += 1
    leave(scene)
    return scene.line(track)


@SEC.open(ONLY, "a service that CAP never had")
def never_in_cap(scene: Scene) -> Subject:
    """Show what nobody said."""
    scene.served()
    made = extra(scene)
    made.cap = None
    return scene.line(made)


def closed(scene: Scene, at: int) -> Track:
    """Add a service that CAP closed at a moment and SEC still shows."""
    scene.served()
    made = extra(scene)
    cap = scene.cap(made)
    cap.status, cap.since, cap.ends = CapStatus.CLOSED.value, at, scene.times.day_of(at) - 1
    made.closed, made.cap = cap, None
    made.sec[-1].from_at = min(made.sec[-1].from_at, at - 2 * MINUTES)
    return made


@SEC.open(ONLY, "closed in CAP for a day to the minute")
def closed_for_a_day(scene: Scene) -> Subject:
    """Show what CAP closed 24 hours ago."""
    return scene.line(closed(scene, scene.ago(hours=24)))


@SEC.open(ONLY, "closed in CAP since days")
def closed_for_days(scene: Scene) -> Subject:
    """Show what CAP closed days ago."""
    return scene.line(closed(scene, scene.long_ago()))


@SEC.open(ONLY, "a number that no student has", alone=True)
def of_a_stranger(scene: Scene) -> Subject:
    """Be a number that only SEC knows."""
    scene.pupil = stranger(scene)
    made = extra(scene)
    made.cap = None
    return scene.line(made)


@SEC.waiting(WAITS, "closed in CAP for a day less a minute")
def closed_for_less(scene: Scene) -> Subject:
    """Show what CAP closed a minute less than 24 hours ago."""
    return scene.line(closed(scene, scene.ago(hours=23, minutes=59)))


@SEC.agrees(ONLY, "shown once and no longer")
def shown_no_longer(scene: Scene) -> Subject:
    """Have shown what CAP closed."""
    made = closed(scene, scene.long_ago())
    made.sec[-1].until_at = scene.ago(hours=5)
    return scene.line(made)


@SEC.agrees(ONLY, "a service of SEC alone, of a student who has left", alone=True)
def only_and_left(scene: Scene) -> Subject:
    """Show what nobody said of somebody who has left."""
    scene.served()
    made = extra(scene)
    made.cap = None
    leave(scene)
    return scene.line(made)
