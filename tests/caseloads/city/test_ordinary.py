"""Ordinary students: every fate, and nothing wrong with any of them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from caseloads.city.loads import LIMIT, Loads
from caseloads.city.ordinary import ordinary
from caseloads.city.records import Pupil
from caseloads.kinds import EntryState, IepKind, IepStatus, Outcome, Transfer
from providers.kinds import Language, Service
from tests.caseloads.city.faults.ages import age
from tests.caseloads.city.worlds import DAY, place, world

DAYS = [DAY, date(2026, 9, 10), date(2026, 9, 14), date(2027, 6, 9)]


def students(day: date = DAY, count: int = 300, *, heavy: int = 0) -> tuple[list[Pupil], Loads]:
    """Return ordinary students of one school."""
    city = world(day)
    loads = Loads(city, heavy)
    return [ordinary(city, place(city), loads) for _ in range(count)], loads


def test_there_is_every_fate() -> None:
    found, _loads = students()
    versions = Counter(sum(one.status == IepStatus.FINAL for one in pupil.versions) for pupil in found)
    assert set(versions) == {1, 2}
    assert any(one.status == IepStatus.DRAFT for pupil in found for one in pupil.versions)
    assert any(pupil.versions[-1].starts > DAY.toordinal() for pupil in found)
    assert any(pupil.enrolled[-1].ends is not None for pupil in found)
    assert any(len(pupil.enrolled) == 2 for pupil in found)
    assert any(pupil.consent is not None for pupil in found)
    assert any(pupil.transmittals for pupil in found)
    assert {one.kind for pupil in found for one in pupil.versions} == set(IepKind)


@pytest.mark.parametrize("day", DAYS)
def test_every_final_document_came_down_with_consent_where_it_is_needed(day: date) -> None:
    for pupil in students(day)[0]:
        for version in pupil.versions:
            if version.status == IepStatus.FINAL:
                assert version.transfer == Transfer.SUCCESSFUL
                assert pupil.consent is not None or version.kind != IepKind.INITIAL


@pytest.mark.parametrize("day", DAYS)
def test_everybody_calls_within_five_school_days_of_the_assignment(day: date) -> None:
    city = world(day)
    loads = Loads(city, 0)
    for pupil in (ordinary(city, place(city), loads) for _ in range(300)):
        called = {(call.person.number, call.service) for call in pupil.calls}
        for one in pupil.assigned:
            waits = one.ends is None and one.starts <= day.toordinal() and one.person.calls
            gone = pupil.enrolled[-1].ends is not None
            if waits and not gone and (one.person.number, one.line.service) not in called:
                assert age(city, max(one.starts, city.times.first - 1)) <= 5


@pytest.mark.parametrize("day", DAYS)
def test_every_call_is_accepted_and_stands_in_cap(day: date) -> None:
    for pupil in students(day)[0]:
        assert {call.outcome for call in pupil.calls} <= {Outcome.ACCEPTED}
        for track in pupil.tracks:
            if track.cap is not None and track.cap.first_attend is not None:
                days = {call.session_on for call in pupil.calls if call.service == track.service}
                assert track.cap.first_attend in days


def test_who_left_is_on_no_caseload_and_assigned_to_nobody() -> None:
    gone = [pupil for pupil in students(count=900)[0] if pupil.enrolled[-1].ends is not None]
    assert gone
    for pupil in gone:
        ends = pupil.enrolled[-1].ends
        assert ends is not None
        assert {entry.state for entry in pupil.entries} <= {EntryState.ENDED}
        assert all(one.ends is not None and one.ends <= ends for one in pupil.assigned)


def test_who_moved_is_served_at_the_new_school_by_others() -> None:
    moved = [pupil for pupil in students(count=600)[0] if len(pupil.enrolled) == 2]
    assert len(moved) > 5
    for pupil in moved:
        before, now = pupil.enrolled
        assert before.ends == now.starts - 1
        old = {one.person.number for one in pupil.assigned if one.starts < now.starts}
        new = {one.person.number for one in pupil.assigned if one.starts >= now.starts}
        assert old.isdisjoint(new)
        assert all(
            call.school is (before.school if call.session_on < now.starts else now.school) for call in pupil.calls
        )


def test_foreign_languages_are_unserved_more_often() -> None:
    def unserved(*, foreign: bool) -> float:
        lines = [
            track.cap.first_attend is None
            for pupil in found
            for track in pupil.tracks
            if track.cap is not None
            and track.service in (Service.SPEECH, Service.COUNSELING)
            and (track.language != Language.ENGLISH) is foreign
        ]
        return sum(lines) / len(lines)

    found, _loads = students(count=1500)
    assert 0.01 < unserved(foreign=False) < 0.09
    assert 0.06 < unserved(foreign=True) < 0.3


def test_heavy_caseloads_fill_over_the_limit_and_up_to_it() -> None:
    found, loads = students(count=500, heavy=1)
    assert [(one.open, one.students) for one in loads.full] == [(True, LIMIT + 1), (False, LIMIT)]
    for load in loads.full:
        assert load.person is not None
        entered = {
            pupil.osis
            for pupil in found
            for entry in pupil.entries
            if entry.person is load.person and entry.state != EntryState.ENDED and entry.line.service == Service.SPEECH
        }
        assert len(entered) == load.students
        assert (len(entered) > LIMIT) is load.open


def test_nobody_else_comes_near_the_limit() -> None:
    found, loads = students(count=900, heavy=1)
    heavy = {load.person for load in loads.full}
    counted = Counter(
        entry.person.number
        for pupil in found
        for entry in pupil.entries
        if entry.person not in heavy and entry.line.service == Service.SPEECH
    )
    assert max(counted.values()) < LIMIT


def test_a_young_year_fills_no_heavy_caseload() -> None:
    _found, loads = students(date(2026, 9, 10), count=300, heavy=2)
    assert loads.full == []
