"""CAP says something else than the IEP, or something that no IEP says."""

from __future__ import annotations

from collections.abc import Callable

from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.records import Pupil, Said, Shown, Track
from caseloads.city.shares import BY_SERVICE, GROUP, INDIVIDUAL
from caseloads.city.times import DOWNLOAD, MINUTES
from caseloads.city.tracks import WORDS
from caseloads.kinds import EntryState, Transfer
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Language

CAP = Catalogue()
DIFFERS = "CAP_FIELD_DIFFERS"
Change = Callable[[Track, Said, Shown], None]


def put_wrong(scene: Scene, change: Change) -> Subject:
    """Let CAP say something else of a served line, and SEC what CAP says."""
    served, _call = scene.called()
    (track,) = served.tracks
    change(track, scene.cap(track), scene.sec(track))
    return scene.line(served.unit.lines[0])


@CAP.open(DIFFERS, "another frequency")
def other_frequency(scene: Scene) -> Subject:
    """Have a session more in CAP."""

    def change(_track: Track, cap: Said, sec: Shown) -> None:
        cap.frequency = sec.frequency = cap.frequency + 1

    return put_wrong(scene, change)


@CAP.open(DIFFERS, "another duration")
def other_duration(scene: Scene) -> Subject:
    """Have longer sessions in CAP."""

    def change(_track: Track, cap: Said, sec: Shown) -> None:
        cap.duration = sec.duration = cap.duration + 15

    return put_wrong(scene, change)


@CAP.open(DIFFERS, "another group size")
def other_group_size(scene: Scene) -> Subject:
    """Have a larger group in CAP."""
    served, _call = scene.called(scene.unit(scene.case.settled(), setting=GROUP))
    (track,) = served.tracks
    cap, sec = scene.cap(track), scene.sec(track)
    cap.group_size = sec.group_size = cap.group_size + 1
    return scene.line(served.unit.lines[0])


@CAP.open(DIFFERS, "begins a day earlier")
def begins_earlier(scene: Scene) -> Subject:
    """Have begun in CAP the day before."""

    def change(_track: Track, cap: Said, _sec: Shown) -> None:
        cap.starts -= 1

    return put_wrong(scene, change)


@CAP.open(DIFFERS, "ends in CAP alone")
def ends_in_cap(scene: Scene) -> Subject:
    """Have an end in CAP that the IEP does not name."""
    end = scene.times.day + 60

    def change(_track: Track, cap: Said, _sec: Shown) -> None:
        cap.ends = end

    return put_wrong(scene, change)


@CAP.open(DIFFERS, "the same service in another language")
def other_language(scene: Scene) -> Subject:
    """Be one line in two languages: left over on both sides, and read as a pair."""

    def change(track: Track, _cap: Said, _sec: Shown) -> None:
        track.language = Language.POLISH.value

    return put_wrong(scene, change)


@CAP.open(DIFFERS, "the same service in the other setting")
def other_setting(scene: Scene) -> Subject:
    """Be one line in two settings: left over on both sides, and read as a pair."""
    served, _call = scene.called(scene.unit(scene.case.settled(), setting=INDIVIDUAL))
    (track,) = served.tracks
    track.setting = GROUP
    scene.cap(track).group_size = scene.sec(track).group_size = 3
    return scene.line(served.unit.lines[0])


@CAP.agrees(DIFFERS, "a closed row that differs, beside the open one")
def differs_and_closed(scene: Scene) -> Subject:
    """Have said something else once."""
    served, _call = scene.called()
    (track,) = served.tracks
    cap = scene.cap(track)
    track.closed = Said(
        scene.long_ago(), cap.frequency + 1, 45, cap.group_size, cap.starts, cap.ends, CapStatus.CLOSED.value
    )
    return scene.line(served.unit.lines[0])


@CAP.agrees(DIFFERS, "a new version on its way explains the difference", alone=True)
def explained_by_transit(scene: Scene) -> Subject:
    """Differ until tonight."""
    served, _call = scene.called()
    final = scene.since_last_night()
    version = scene.case.version(scene.times.day + 1, final, transfer=Transfer.NEVER)
    new = scene.case.carried(served.unit, version).lines[0]
    new.frequency = served.unit.lines[0].frequency + 1
    scene.pupil.assigned[-1].ends = scene.times.day
    scene.case.assign([new], served.person, scene.times.day + 1)
    return scene.line(new)


@CAP.agrees(DIFFERS, "a student who has left", alone=True)
def differs_and_left(scene: Scene) -> Subject:
    """Differ for somebody who has left."""
    subject = put_wrong(scene, _more)
    leave(scene)
    return subject


def _more(_track: Track, cap: Said, sec: Shown) -> None:
    cap.frequency = sec.frequency = cap.frequency + 1


def leave(scene: Scene) -> None:
    """Let the student have left yesterday, with nothing on a caseload."""
    scene.pupil.enrolled[-1].ends = scene.times.day - 1
    for entry in scene.pupil.entries:
        entry.state, entry.since = EntryState.ENDED, scene.times.last_at(DOWNLOAD)


# Not on the IEP

EXTRA = "CAP_NOT_ON_IEP"


def extra(scene: Scene, status: CapStatus = CapStatus.APB) -> Track:
    """Add a line of a service that the student's IEPs do not name to CAP and SEC."""
    used = scene.case.used()
    kind = scene.rng.choice([one for one in BY_SERVICE.values() if one.service not in used])
    frequency, duration = kind.figures(scene.rng)
    since = scene.long_ago()
    said = Said(since, frequency, duration, 1, scene.times.first - 20, None, status.value)
    word = WORDS[status.value]
    shown = Shown(frequency, duration, 1, word or 1, None, None, since + 2 * MINUTES)
    made = Track(kind.service.value, Language.ENGLISH.value, INDIVIDUAL, said, [shown])
    scene.pupil.tracks.append(made)
    return made


@CAP.open(EXTRA, "a service that no IEP names")
def of_no_iep(scene: Scene) -> Subject:
    """Have a service in CAP alone."""
    scene.served()
    return scene.line(extra(scene))


@CAP.open(EXTRA, "a service that ended on the IEP and not in CAP")
def ended_on_the_iep(scene: Scene) -> Subject:
    """Have a service in CAP that ended yesterday or before."""
    served, _call = scene.called()
    end = scene.days_ago(1, 9)
    (line,) = served.unit.lines
    line.ends = max(end, line.starts)
    scene.pupil.assigned[-1].ends = max(line.ends, scene.pupil.assigned[-1].starts)
    for entry in served.entries:
        entry.state, entry.since = EntryState.ENDED, scene.times.on(line.ends + 1, DOWNLOAD)
    return scene.line(line)


@CAP.open(EXTRA, "a number that no student has", alone=True)
def of_a_stranger(scene: Scene) -> Subject:
    """Be a number that only CAP and SEC know."""
    scene.pupil = stranger(scene)
    return scene.line(extra(scene))


def stranger(scene: Scene) -> Pupil:
    """Return a number that no student has, instead of the student."""
    made = Pupil(0, next(scene.world.ids.strangers))
    scene.lives.pupil = scene.case.pupil = made
    return made


@CAP.agrees(EXTRA, "a closed row of a service that no IEP names")
def of_no_iep_and_closed(scene: Scene) -> Subject:
    """Have had a service in CAP alone."""
    scene.served()
    made = extra(scene)
    cap = scene.cap(made)
    cap.status, cap.ends = CapStatus.CLOSED.value, scene.times.day - 5
    made.closed, made.cap, made.sec = cap, None, []
    return scene.line(made)


@CAP.agrees(EXTRA, "a service that ends today")
def ends_today(scene: Scene) -> Subject:
    """Have a last day today, in SESIS as in CAP."""
    served, _call = scene.called()
    (track,) = served.tracks
    served.unit.lines[0].ends = scene.cap(track).ends = scene.times.day
    return scene.line(track)


@CAP.agrees(EXTRA, "a new version on its way drops the service", alone=True)
def dropped_in_transit(scene: Scene) -> Subject:
    """Have a service in CAP until tonight."""
    served, _call = scene.called()
    kept = scene.unit(scene.pupil.versions[0])
    scene.served(kept)
    version = scene.case.version(scene.times.day + 1, scene.since_last_night(), transfer=Transfer.NEVER)
    scene.case.carried(kept, version)
    for one in scene.pupil.assigned:
        one.ends = scene.times.day
    return scene.line(served.unit.lines[0])


@CAP.agrees(EXTRA, "a service of CAP alone, of a student who has left", alone=True)
def of_no_iep_and_left(scene: Scene) -> Subject:
    """Have a service in CAP alone after leaving."""
    scene.served()
    made = extra(scene)
    leave(scene)
    return scene.line(made)
