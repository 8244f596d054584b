"""``simulate`` and ``resume_clock``: the world moves on, and the systems misbehave, where there is a demonstration."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from caseloads.facts import Asked
from caseloads.intake import record
from caseloads.kinds import DeliveryState, EntryState, Fault, Origin, System
from caseloads.management import reading
from caseloads.models import Breaker, Call, ClockMove, Delivery, Entry, SystemSetting
from caseloads.propagation import moves, nightly
from orcs_portal.shared import clock
from orcs_portal.shared.models import WorldClock
from providers.kinds import Service
from tests import build
from tests.caseloads.commands.conftest import Cast, Run

SOON = timedelta(seconds=30)  # by how much a test that is slow may be late


@pytest.fixture
def called(cast: Cast) -> Call:
    """Return a call that was just made; its deliveries wait."""
    nightly.begin(now=build.NOW)
    asked = Asked(cast.speech.student.osis, Service.SPEECH, None, build.TODAY)
    call = record(provider=cast.therapist, asked=asked, origin=Origin.FORM, now=build.NOW, real=clock.real_now()).call
    assert call is not None
    return call


def since_start() -> timedelta:
    """Return how far the world has come."""
    return clock.world_now() - build.NOW


def test_the_world_moves_on_by_a_duration(run: Run, cast: Cast) -> None:
    ended = run("simulate", "advance", "2h", "--json")
    (line,) = ended.lines
    assert ended.code == 0
    assert list(json.loads(line)) == ["now", "events"]
    assert timedelta(hours=2) <= since_start() <= timedelta(hours=2) + SOON
    assert datetime.fromisoformat(json.loads(line)["now"]) - build.NOW >= timedelta(hours=2)


def test_what_is_on_its_way_arrives_before_the_clock_moves(run: Run, called: Call) -> None:
    run("simulate", "advance", "90m")
    taken = Delivery.objects.filter(call=called)
    assert {one.state for one in taken} == {DeliveryState.DELIVERED}
    expected = taken.get(system=System.SESIS).expected
    assert expected is not None
    assert timedelta(0) <= expected - build.NOW - timedelta(days=2) <= SOON


def test_what_falls_due_on_the_way_is_done_when_the_command_returns(run: Run, called: Call) -> None:
    ended = run("simulate", "advance", "11h", "--json")
    assert json.loads(ended.lines[0])["events"] == 1
    assert Entry.objects.get(call=called).state == EntryState.OPEN


def test_a_night_is_a_day_with_its_three_nightly_runs(run: Run, called: Call) -> None:
    ended = run("simulate", "night", "--json")
    assert json.loads(ended.lines[0])["events"] == 4
    assert timedelta(days=1) <= since_start() <= timedelta(days=1) + SOON


def test_as_text_it_is_the_time_and_the_number_of_events(run: Run, cast: Cast) -> None:
    (line,) = run("simulate", "advance", "1d").lines
    now, events = line.split()
    assert (now[:10], now[-6:], int(events)) == ("2026-11-25", "-05:00", 0)


def test_the_move_is_on_record_and_done(run: Run, cast: Cast) -> None:
    run("simulate", "advance", "1w")
    move = ClockMove.objects.get()
    assert (move.minutes, move.asked_by) == (7 * 24 * 60, None)
    assert move.done is not None


def test_a_move_that_a_worker_takes_up_first_is_waited_for(
    run: Run, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_else(move_id: int, **_options: object) -> None:
        ClockMove.objects.filter(pk=move_id).update(done=build.REAL)

    monkeypatch.setattr(moves, "carry_out", somebody_else)
    ended = run("simulate", "advance", "1h", "--json")
    assert (ended.code, json.loads(ended.lines[0])["events"]) == (0, None)


def test_a_worker_that_never_finishes_a_move_ends_the_command_with_one(
    run: Run, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moves, "carry_out", lambda *_args, **_options: None)
    monkeypatch.setattr(moves, "await_done", lambda _move: False)
    ended = run("simulate", "advance", "1h")
    assert (ended.code, ended.said) == (1, "A worker took up the move and has not finished it yet.")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("90m", 90), ("2h", 120), ("1d", 1440), ("1w", 10080), ("1d12h", 2160), (" 1W ", 10080), ("31d", 44640)],
)
def test_a_duration_is_read(written: str, minutes: int) -> None:
    assert reading.minutes(written) == minutes


@pytest.mark.parametrize("written", ["2x", "h", "", "-1h", "1.5h", "2 h"])
def test_another_duration_is_wrong_use(written: str, run: Run, cast: Cast) -> None:
    with pytest.raises(ValueError, match="is not a duration such as 90m, 2h, 1d or 1w"):
        reading.minutes(written)
    before = WorldClock.objects.get().offset
    if not written.startswith("-"):
        assert run("simulate", "advance", written).code == 2
    assert WorldClock.objects.get().offset == before


@pytest.mark.parametrize("written", ["0m", "0d", "32d", "5w", "99999d"])
def test_the_clock_moves_by_a_minute_at_least_and_a_month_at_most(written: str, run: Run, cast: Cast) -> None:
    ended = run("simulate", "advance", written)
    assert ended.code == 2
    assert ended.said == "duration: the clock moves by at least a minute and at most 31 days at a time."
    assert not ClockMove.objects.exists()


def test_without_a_world_clock_there_is_nothing_to_move(run: Run, cast: Cast) -> None:
    WorldClock.objects.all().delete()
    ended = run("simulate", "night")
    assert (ended.code, ended.lines) == (4, [])
    assert ended.said.startswith("Nothing was moved: there is no world clock yet")
    assert not ClockMove.objects.exists()


@pytest.mark.parametrize("mode", list(Fault), ids=lambda one: one.slug)
def test_a_system_is_made_to_misbehave(mode: Fault, run: Run, cast: Cast) -> None:
    ended = run("simulate", "fault", "sec", mode.slug, "--json")
    assert (ended.code, json.loads(ended.lines[0])) == (0, {"system": "sec", "mode": mode.slug})
    assert SystemSetting.objects.get(system=System.SEC).fault == mode
    assert SystemSetting.objects.get(system=System.CAP).fault == Fault.NONE


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("crm", "off"), "system: 'crm' is not one of: cap, sec, sesis."),
        (("sec", "of"), "mode: 'of' is not one of: none, off, slow, reject, lose, duplicate."),
    ],
)
def test_an_unknown_system_or_mode_is_wrong_use(
    arguments: tuple[str, str], sentence: str, run: Run, cast: Cast
) -> None:
    ended = run("simulate", "fault", *arguments)
    assert (ended.code, ended.said) == (2, sentence)
    assert not SystemSetting.objects.exclude(fault=Fault.NONE).exists()


def test_the_other_systems_go_on_while_one_is_off_and_it_catches_up(run: Run, called: Call) -> None:
    run("simulate", "fault", "sec", "off")
    run("simulate", "advance", "1h")
    states = dict(Delivery.objects.filter(call=called).values_list("system", "state"))
    assert states == {
        System.CAP: DeliveryState.DELIVERED,
        System.SEC: DeliveryState.WAITING,
        System.SESIS: DeliveryState.DELIVERED,
    }
    run("simulate", "fault", "sec", "none")
    run("simulate", "advance", "1h")
    assert Delivery.objects.get(call=called, system=System.SEC).state == DeliveryState.DELIVERED
    assert Breaker.objects.get(system=System.SEC).opened is None


@pytest.mark.parametrize("arguments", [("advance", "1h"), ("night",), ("fault", "sec", "off")])
def test_outside_a_demonstration_there_is_no_simulator(
    arguments: tuple[str, ...], run: Run, cast: Cast, settings: Settings
) -> None:
    settings.DEMO = False
    ended = run("simulate", *arguments)
    assert (ended.code, ended.lines) == (4, [])
    assert ended.said == "Nothing was done: the simulator exists only where DEMO is set, and never in production."
    assert not ClockMove.objects.exists()
    assert not SystemSetting.objects.exclude(fault=Fault.NONE).exists()


def test_an_act_must_be_named(run: Run, cast: Cast) -> None:
    assert "advance" in run("simulate").said


def test_the_clock_goes_on_from_where_it_was_last_seen(run: Run, demo: None) -> None:
    WorldClock.objects.update(offset=timedelta(days=-40), seen=build.NOW)
    ended = run("resume_clock")
    assert (ended.code, ended.lines) == (0, [])
    assert timedelta(0) <= since_start() <= SOON


def test_without_a_world_clock_there_is_nothing_to_go_on(run: Run, demo: None) -> None:
    WorldClock.objects.all().delete()
    assert run("resume_clock").code == 0
    assert not WorldClock.objects.exists()
