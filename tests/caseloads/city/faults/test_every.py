"""What holds of every scenario, on any day that allows it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from caseloads.city.faults.scenario import Scenario
from caseloads.city.faults.scene import Scene
from caseloads.city.times import Unreachable
from caseloads.kinds import EntryState, IepStatus, Outcome
from tests.caseloads.city.worlds import DAY, every, place, world

DAYS = (DAY, date(2026, 9, 11), date(2026, 9, 17), date(2026, 11, 28), date(2027, 6, 9), date(2026, 7, 15))


def named(one: Scenario) -> str:
    """Return what a scenario is called in a report."""
    return f"{one.code}: {one.what}"


def scenes(one: Scenario) -> list[Scene]:
    """Return scenes of a scenario on every day that allows it, in the afternoon and in the morning."""
    found = []
    for at, day in enumerate(DAYS):
        for hour in (17, 8):
            city = world(day, seed=at, hour=hour)
            scene = Scene(city, place(city))
            try:
                one.make(scene)
            except Unreachable:
                continue
            found.append(scene)
    return found


@pytest.mark.parametrize("one", every(), ids=named)
def test_a_scenario_makes_one_student_whose_records_belong_together(one: Scenario) -> None:
    made = scenes(one)
    assert made, "no day allows it"
    for scene in made:
        pupil = scene.pupil
        lines = {line.id for version in pupil.versions for line in version.lines}
        calls = {call.id for call in pupil.calls}
        assert {assigned.line.id for assigned in pupil.assigned} <= lines
        assert {entry.line.id for entry in pupil.entries} <= lines
        assert {entry.call.id for entry in pupil.entries if entry.call is not None} <= calls
        assert {line.id for call in pupil.calls for line in call.lines} <= lines


@pytest.mark.parametrize("one", every(), ids=named)
def test_nothing_in_a_scenario_happens_after_now(one: Scenario) -> None:
    for scene in scenes(one):
        pupil, now = scene.pupil, scene.times.at
        moments = [call.received for call in pupil.calls] + [entry.since for entry in pupil.entries]
        moments += [version.final for version in pupil.versions if version.status == IepStatus.FINAL]
        moments += [version.transfer_at for version in pupil.versions if version.transfer_at is not None]
        moments += [sent.processed for sent in pupil.transmittals]
        moments += [letter.processed for letter in pupil.letters if letter.processed is not None]
        moments += [track.cap.since for track in pupil.tracks if track.cap is not None]
        moments += [shown.from_at for track in pupil.tracks for shown in track.sec]
        moments += [] if pupil.consent is None else [pupil.consent[1]]
        assert max(moments, default=0) <= now


@pytest.mark.parametrize("one", every(), ids=named)
def test_a_scenario_breaks_none_of_the_databases_own_checks(one: Scenario) -> None:
    for scene in scenes(one):
        pupil = scene.pupil
        spans = [(one.starts, one.ends) for one in pupil.assigned] + [(one.starts, one.ends) for one in pupil.enrolled]
        spans += [(line.starts, line.ends) for version in pupil.versions for line in version.lines]
        assert all(ends is None or ends >= starts for starts, ends in spans)
        final = [version for version in pupil.versions if version.status == IepStatus.FINAL]
        assert all(one.until == two.starts for one, two in pairwise(final))
        assert all(version.until is None or version.until > version.starts for version in final)
        own = [
            (call.person.id, call.service, call.language)
            for call in pupil.calls
            if call.outcome == Outcome.ACCEPTED and call.origin != 4
        ]
        assert len(set(own)) == len(own)
        running = [(one.line.id, one.person.id) for one in pupil.assigned if one.ends is None]
        assert len(set(running)) == len(running)
        entered = [(one.line.id, one.person.id) for one in pupil.entries if one.state != EntryState.ENDED]
        assert len(set(entered)) == len(entered)
        keys = [(track.service, track.language, track.setting) for track in pupil.tracks]
        assert len(set(keys)) == len(keys)
        for track in pupil.tracks:
            assert sum(shown.until_at is None for shown in track.sec) <= 1
            assert all(shown.until_at is None or shown.until_at > shown.from_at for shown in track.sec)
        for line in (line for version in pupil.versions for line in version.lines):
            assert (line.setting == 1) is (line.group_size == 1)
