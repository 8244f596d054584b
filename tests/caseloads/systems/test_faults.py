"""What goes wrong on purpose: each fault, seeded and repeatable."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from caseloads.kinds import Fault, System
from caseloads.models import Breaker, SystemSetting
from caseloads.systems.contract import FirstAttend, NoReply, Refused, Reply, Shown, Silent, Taken
from caseloads.systems.faults import draw, send, struck
from tests import build

EXPECTED = build.NOW + timedelta(days=1)
NO_TRIES: Mapping[int, int] = {}


@dataclass
class Recorder:
    """A gateway that only remembers what it was given."""

    batches: list[list[int]] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)
    broken: bool = False

    @property
    def arrived(self) -> list[int]:
        """Everything that arrived, in order."""
        return [one for batch in self.batches for one in batch]

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        self.batches.append([one.delivery for one in messages])
        self.asked.append(now)
        if self.broken:
            Breaker.objects.create(system=System.CAP)
            raise ZeroDivisionError
        return {one.delivery: Taken(EXPECTED) for one in messages}

    def settle(self, *, now: datetime) -> list[Shown]:
        self.asked.append(now)
        return []

    def next_due(self, *, after: datetime) -> datetime | None:
        self.asked.append(after)
        return None


def messages(count: int) -> list[FirstAttend]:
    """Return messages with the delivery ids 1 to ``count``."""
    return [
        FirstAttend(
            one, one, "40712296", 1, 500_001, 1, one, 900_000_000 + one, 1, 1, (2,), (one,), build.TODAY, build.NOW
        )
        for one in range(1, count + 1)
    ]


def knobs(fault: Fault, **changes: int) -> SystemSetting:
    """Return CAP's settings with a fault."""
    return SystemSetting(system=System.CAP, fault=fault, **changes)


def sent(to: Recorder, setting: SystemSetting, count: int = 4, tries: Mapping[int, int] = NO_TRIES) -> dict[int, Reply]:
    """Send some messages through the fault."""
    return send(to, setting, messages(count), now=build.NOW, tries=tries)


@pytest.fixture(autouse=True)
def transactions(db: None) -> None:
    """Let the receiver take in a transaction."""


def test_in_order_everything_arrives_once_and_is_taken() -> None:
    cap = Recorder()
    assert sent(cap, knobs(Fault.NONE)) == {one: Taken(EXPECTED) for one in (1, 2, 3, 4)}
    assert (cap.batches, cap.asked) == ([[1, 2, 3, 4]], [build.NOW])


def test_switched_off_nothing_arrives_and_nobody_answers() -> None:
    cap = Recorder()
    with pytest.raises(Silent, match="CAP did not answer"):
        sent(cap, knobs(Fault.OFF))
    assert cap.batches == []


@pytest.mark.parametrize(("seconds", "patience", "waited"), [(3, 10.0, 3.0), (10, 10.0, 10.0)])
def test_slow_within_our_patience_is_late_and_taken(
    seconds: int, patience: float, waited: float, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SYSTEM_PATIENCE = patience
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    cap = Recorder()
    assert len(sent(cap, knobs(Fault.SLOW, slow_seconds=seconds))) == 4
    assert slept == [waited]


def test_slow_past_our_patience_is_silence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SYSTEM_PATIENCE = 10.0
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    cap = Recorder()
    with pytest.raises(Silent, match="in time"):
        sent(cap, knobs(Fault.SLOW, slow_seconds=11))
    assert (slept, cap.batches) == ([10.0], [])


def test_what_is_rejected_never_arrives_and_the_rest_does() -> None:
    cap = Recorder()
    replies = sent(cap, knobs(Fault.REJECT, rate=50), 200)
    refused = {one for one, reply in replies.items() if isinstance(reply, Refused)}
    assert 60 < len(refused) < 140
    assert set(cap.arrived) == set(range(1, 201)) - refused


def test_a_lost_message_or_a_lost_reply_both_look_like_silence_about_it() -> None:
    cap = Recorder()
    replies = sent(cap, knobs(Fault.LOSE, rate=50), 400)
    lost = {one for one, reply in replies.items() if isinstance(reply, NoReply)}
    arrived = lost & set(cap.arrived)
    assert 140 < len(lost) < 260
    assert len(lost) * 0.35 < len(arrived) < len(lost) * 0.65
    assert set(cap.arrived) >= set(range(1, 401)) - lost


def test_taken_twice_the_receiver_sees_the_same_message_again() -> None:
    cap = Recorder()
    assert sent(cap, knobs(Fault.DUPLICATE)) == {one: Taken(EXPECTED) for one in (1, 2, 3, 4)}
    assert cap.batches == [[1, 2, 3, 4], [1, 2, 3, 4]]


@pytest.mark.parametrize("fault", [Fault.REJECT, Fault.LOSE, Fault.DUPLICATE])
def test_at_a_rate_of_nothing_nothing_is_struck(fault: Fault) -> None:
    cap = Recorder()
    assert set(sent(cap, knobs(fault, rate=0)).values()) == {Taken(EXPECTED)}
    assert cap.arrived == [1, 2, 3, 4]


@pytest.mark.parametrize(("fault", "kind"), [(Fault.REJECT, Refused), (Fault.LOSE, NoReply)])
def test_at_a_rate_of_all_everything_is_struck_each_time(fault: Fault, kind: type[Reply]) -> None:
    for attempt in range(5):
        replies = sent(Recorder(), knobs(fault, rate=100), tries=dict.fromkeys(range(1, 5), attempt))
        assert all(isinstance(reply, kind) for reply in replies.values())


@pytest.mark.parametrize("fault", [Fault.REJECT, Fault.LOSE, Fault.DUPLICATE])
def test_the_same_seed_strikes_the_same_messages(fault: Fault) -> None:
    first, again, other = Recorder(), Recorder(), Recorder()
    setting = knobs(fault, rate=40, seed=5)
    assert sent(first, setting, 100) == sent(again, setting, 100)
    assert first.batches == again.batches
    sent(other, knobs(fault, rate=40, seed=6), 100)
    assert other.batches != first.batches


def test_a_message_that_was_struck_may_pass_the_next_time() -> None:
    setting = knobs(Fault.LOSE, rate=50)
    by_try = [struck(setting, messages(100), dict.fromkeys(range(1, 101), tries)) for tries in range(8)]
    assert len({frozenset(hit) for hit in by_try}) == 8
    assert not set.intersection(*by_try)


def test_who_is_struck_does_not_depend_on_the_company() -> None:
    setting = knobs(Fault.REJECT, rate=50)
    whole = struck(setting, messages(50), NO_TRIES)
    assert whole == {one.delivery for one in messages(50) if struck(setting, [one], NO_TRIES)}


def test_what_breaks_while_it_is_taken_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        sent(Recorder(broken=True), knobs(Fault.NONE))
    assert not Breaker.objects.exists()


@given(seed=st.integers(), parts=st.lists(st.one_of(st.integers(), st.text()), max_size=3))
def test_a_draw_is_between_nothing_and_all_and_repeats(seed: int, parts: list[object]) -> None:
    drawn = draw(seed, *parts)
    assert 0 <= drawn < 1
    assert drawn == draw(seed, *parts)


def test_draws_are_spread_evenly() -> None:
    drawn = [draw(1, "strike", one) for one in range(10_000)]
    tenths = [sum(tenth / 10 <= one < (tenth + 1) / 10 for one in drawn) for tenth in range(10)]
    assert all(850 < count < 1_150 for count in tenths)
