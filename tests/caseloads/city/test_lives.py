"""How far a service comes: assigned, called about, on the caseload, in CAP, a day later in SEC."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.case import Case
from caseloads.city.lives import ASSIGNED, AWAITING, Lives
from caseloads.city.records import Said, Track, Unit
from caseloads.city.times import DAY_BEHIND
from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Affiliation, Language, Service
from tests.caseloads.city.faults.ages import age
from tests.caseloads.city.worlds import DAY, place, world


def started(day: date = DAY, hour: int = 17, seed: int = 1) -> tuple[Case, Lives]:
    """Return a student in the making."""
    city = world(day, seed=seed, hour=hour)
    case = Case(city, place(city))
    return case, Lives(case)


def speech(case: Case, **how: int) -> Unit:
    """Return individual speech in English on a settled IEP."""
    return case.unit(case.settled(), Service.SPEECH, language=Language.ENGLISH, settings=(1,), **how)


def cap(track: Track) -> Said:
    """Return what CAP says."""
    assert track.cap is not None
    return track.cap


def test_a_settled_iep_began_before_the_school_year_and_is_in_cap() -> None:
    case, _lives = started()
    version = case.settled()
    assert version.starts < case.times.staff
    assert version.transfer == Transfer.SUCCESSFUL
    assert version.download is not None
    assert version.final < version.download < case.times.at


def test_a_fresh_iep_comes_down_in_its_first_night() -> None:
    case, _lives = started()
    version = case.fresh(case.times.day - 3)
    assert version.download == case.times.on(case.times.day - 3, 1)
    assert (version.starts, version.until) == (case.times.day - 3, None)


def test_a_new_version_ends_the_one_before() -> None:
    case, _lives = started()
    old = case.settled()
    new = case.fresh(case.times.day - 3)
    assert (old.number, new.number) == (1, 2)
    assert old.until == new.starts


def test_a_draft_ends_nothing_and_goes_nowhere() -> None:
    case, _lives = started()
    old = case.settled()
    draft = case.version(case.times.day + 9, 0, status=IepStatus.DRAFT)
    assert old.until is None
    assert (draft.transfer, draft.download) == (Transfer.NEVER, None)


def test_a_first_iep_has_consent_the_day_before_and_another_has_none() -> None:
    case, _lives = started()
    version = case.fresh(case.times.day - 3, IepKind.INITIAL)
    assert case.pupil.consent is not None
    assert case.pupil.consent[1] < version.final
    other, _lives = started()
    other.fresh(other.times.day - 3)
    assert other.pupil.consent is None


def test_what_is_final_since_the_last_night_was_never_attempted() -> None:
    case, _lives = started()
    version = case.version(case.times.day, case.times.last_at(1) + 30)
    assert (version.transfer, version.download) == (Transfer.NEVER, None)


def test_services_of_one_student_are_different_ones() -> None:
    case, _lives = started()
    version = case.settled()
    services = [case.unit(version).service for _ in range(9)]
    assert len(set(services)) == 9


@pytest.mark.parametrize("seed", range(6))
def test_somebody_serves_and_calls_in_time_and_every_system_knows(seed: int) -> None:
    case, lives = started(seed=seed)
    served = lives.serve(speech(case), delay=3)
    (track,) = served.tracks
    assert served.call is not None
    assert age(case.world, served.starts) - age(case.world, served.call.session_on) <= 5
    assert cap(track).status == CapStatus.FIRST_ATTENDED
    assert cap(track).first_attend == track.sec[-1].first_attend == served.call.session_on
    assert cap(track).provider == track.sec[-1].provider == served.person.number
    assert [(entry.state, entry.call) for entry in served.entries] == [(EntryState.OPEN, served.call)]
    assert served.entries[0].since - served.call.received <= 605


def test_the_first_session_is_as_many_school_days_later_as_was_said() -> None:
    case, lives = started()
    served = lives.serve(speech(case), case.somebody(speech_unit(case), contracted=False), delay=2)
    assert served.call is not None
    days = case.place.days.days
    assert served.call.session_on == days[1]


def speech_unit(case: Case) -> Unit:
    """Return counseling, for somebody to be found for."""
    return case.unit(case.settled(), Service.COUNSELING, language=Language.ENGLISH, settings=(1,))


def test_who_starts_today_has_not_called_yet() -> None:
    case, lives = started()
    served = lives.serve(speech(case), since=case.times.day, delay=1)
    assert served.call is None
    assert served.entries == []
    (track,) = served.tracks
    assert (cap(track).status, cap(track).provider) == (ASSIGNED, served.person.number)
    assert track.sec[-1].status == SecStatus.AWAITING


def test_a_call_of_this_afternoon_is_in_no_system_yet() -> None:
    case, lives = started(hour=23)
    unit = speech(case)
    person = case.somebody(unit, contracted=False)
    served = lives.serve(unit, person, since=case.times.day - 1, delay=1)
    assert served.call is not None
    assert served.call.session_on == case.times.day
    (track,) = served.tracks
    assert cap(track).first_attend is None
    assert all(entry.since <= case.times.at for entry in served.entries)


def test_two_settings_are_one_service_and_one_call() -> None:
    case, lives = started()
    unit = case.unit(case.settled(), Service.SPEECH, language=Language.ENGLISH, settings=(1, 2))
    served = lives.serve(unit, delay=1)
    assert served.call is not None
    assert len(served.call.lines) == len(served.entries) == len(served.tracks) == served.call.marked == 2
    assert len(case.pupil.calls) == 1


def test_a_nurse_is_assigned_and_entered_without_a_call() -> None:
    case, lives = started()
    unit = case.unit(case.settled(), Service.NURSE, settings=(1,))
    served = lives.serve(unit)
    assert served.call is None
    assert [entry.call for entry in served.entries] == [None]
    assert cap(served.tracks[0]).status == ASSIGNED


@pytest.mark.parametrize("seed", range(4))
def test_an_agencys_provider_calls_after_the_transmittal(seed: int) -> None:
    case, lives = started(seed=seed)
    unit = speech(case)
    served = lives.serve(unit, case.somebody(unit, contracted=True))
    assert served.person.affiliation is Affiliation.AGENCY
    (sent,) = case.pupil.transmittals
    assert sent.agency == served.person.agency
    assert served.call is not None
    assert sent.processed < served.call.received


def test_a_service_goes_on_under_a_new_iep() -> None:
    case, lives = started()
    old = case.settled()
    unit = case.unit(old, Service.SPEECH, language=Language.ENGLISH, settings=(1,))
    new = case.fresh(case.times.day - 10)
    served = lives.serve(case.carried(unit, new), case.somebody(unit, contracted=False), delay=1)
    first, second = case.pupil.assigned
    assert (first.line.id, first.ends) == (unit.lines[0].id, new.starts - 1)
    assert (second.line.id, second.starts, second.ends) == (new.lines[0].id, new.starts, None)
    assert served.call is not None
    assert served.call.lines == unit.lines
    assert [entry.line for entry in served.entries] == new.lines
    assert cap(served.tracks[0]).starts == new.starts
    assert cap(served.tracks[0]).first_attend == served.call.session_on


def test_until_a_new_iep_begins_the_old_one_is_served() -> None:
    case, lives = started()
    old = case.settled()
    unit = case.unit(old, Service.SPEECH, language=Language.ENGLISH, settings=(1,))
    new = case.version(case.times.day + 5, case.times.on(case.times.day - 4, 15))
    served = lives.serve(case.carried(unit, new), case.somebody(unit, contracted=False), delay=1)
    assert [entry.line for entry in served.entries] == old.lines
    assert cap(served.tracks[0]).starts == new.starts


def test_a_dropped_service_is_closed_in_cap_and_gone_from_sec() -> None:
    case, lives = started()
    old = case.settled()
    unit = case.unit(old, Service.SPEECH, language=Language.ENGLISH, settings=(1,))
    case.unit(case.fresh(case.times.day - 10))
    served = lives.serve(Unit(unit.service, unit.language, [], unit.lines), delay=1)
    (track,) = served.tracks
    assert track.cap is None
    assert track.closed is not None
    assert track.closed.status == CapStatus.CLOSED
    assert track.sec[-1].until_at is not None
    assert [one.ends for one in case.pupil.assigned] == [case.times.day - 11]


def test_somebody_takes_over_and_the_first_attend_stays() -> None:
    case, lives = started()
    unit = speech(case)
    first = lives.serve(unit, case.somebody(unit, contracted=False), delay=1)
    other = case.world.staff.another(case.place, Service.SPEECH)
    second = lives.take_over(first, other, case.times.day - 20, delay=0)
    assert [(one.person, one.ends) for one in case.pupil.assigned] == [
        (first.person, case.times.day - 21),
        (other, None),
    ]
    assert second.call is not None
    assert second.call.marked == 0
    (track,) = case.pupil.tracks
    assert first.call is not None
    assert (cap(track).provider, cap(track).first_attend) == (first.person.number, first.call.session_on)
    assert [(entry.person, entry.state) for entry in case.pupil.entries] == [
        (first.person, EntryState.ENDED),
        (other, EntryState.OPEN),
    ]


def test_a_nurses_entry_ends_when_another_takes_over() -> None:
    case, lives = started()
    unit = case.unit(case.settled(), Service.NURSE, settings=(1,))
    first = lives.serve(unit)
    other = case.world.staff.another(case.place, Service.NURSE)
    lives.take_over(first, other, case.times.day - 20)
    assert [(entry.person, entry.state) for entry in case.pupil.entries] == [
        (first.person, EntryState.ENDED),
        (other, EntryState.OPEN),
    ]
    (track,) = case.pupil.tracks
    assert cap(track).provider == other.number


def test_sec_is_a_day_behind_cap() -> None:
    case, lives = started()
    for track in lives.serve(speech(case), delay=1).tracks:
        said = cap(track).since
        assert 0 <= track.sec[-1].from_at - (said + DAY_BEHIND) <= DAY_BEHIND


def test_nobody_serves_what_is_only_awaited() -> None:
    case, lives = started()
    (track,) = lives.hear(speech(case), [])
    assert (cap(track).status, cap(track).provider) == (AWAITING, None)
    assert track.sec[-1].status == SecStatus.AWAITING


def test_of_what_did_not_come_down_cap_says_nothing() -> None:
    case, lives = started()
    version = case.version(case.times.day, case.times.last_at(1) + 30)
    assert lives.hear(case.unit(version), []) == []


def test_a_call_still_to_come_is_not_made() -> None:
    case, lives = started()
    unit = speech(case)
    person = case.somebody(unit, contracted=False)
    assert lives.call(unit, person, case.times.day, case.times.at + 1) is None
    assert case.pupil.calls == []
