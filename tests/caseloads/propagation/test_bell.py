"""The bell: rung from a request, heard by one thread, and never in anybody's way."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import transaction

from caseloads.propagation import bell, tasks
from caseloads.propagation.bell import Bell

PATIENCE = 20.0


@dataclass
class Publishing:
    """Stands for the broker: counts, and can be frozen; bells of earlier tests are not listened to."""

    count: int = 0
    earlier: set[threading.Thread] = field(default_factory=lambda: set(threading.enumerate()))
    going: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> bool:
        """Publish, as soon as the broker goes."""
        if threading.current_thread() in self.earlier:
            return True
        self.count += 1
        self.begun.set()
        self.going.wait(PATIENCE)
        return True


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publishing]:
    publishing = Publishing()
    publishing.going.set()
    monkeypatch.setattr(bell, "publish", publishing)
    yield publishing
    publishing.going.set()


def until(true: Callable[[], bool]) -> bool:
    """Wait for something to become true, and return whether it did."""
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.005)
    return true()


def test_a_ring_is_published(broker: Publishing) -> None:
    Bell().ring()
    assert until(lambda: broker.count == 1)


def test_rings_while_the_broker_is_busy_become_one(broker: Publishing) -> None:
    broker.going.clear()
    ringing = Bell()
    ringing.ring()
    assert broker.begun.wait(PATIENCE)
    for _ in range(1_000):
        ringing.ring()
    assert broker.count == 1
    broker.going.set()
    assert until(lambda: broker.count == 2)
    time.sleep(0.05)
    assert broker.count == 2


def test_a_frozen_broker_holds_no_ring_up(broker: Publishing) -> None:
    broker.going.clear()
    ringing = Bell()
    ringing.ring()
    assert broker.begun.wait(PATIENCE)
    started = time.monotonic()
    for _ in range(10_000):
        ringing.ring()
    assert time.monotonic() - started < 1.0


def test_a_bell_has_one_thread(broker: Publishing) -> None:
    before = threading.active_count()
    ringing = Bell()
    for _ in range(50):
        ringing.ring()
    assert threading.active_count() == before + 1


def test_after_a_fork_the_bell_starts_anew(broker: Publishing) -> None:
    ringing = Bell()
    ringing.ring()
    assert until(lambda: broker.count == 1)
    ringing._pid = -1  # noqa: SLF001 - as a forked child finds it: another process's thread is not here
    ringing.ring()
    assert until(lambda: broker.count == 2)


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_cannot_ring_never_breaks_what_was_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread can be started, say: the call stands, and the sweep finds it."""

    def refuse() -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(bell.BELL, "ring", refuse)
    with transaction.atomic():
        bell.ring_on_commit()
    bell.ring_on_commit()


@pytest.mark.django_db
def test_nothing_rings_for_what_was_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr(bell.BELL, "ring", lambda: rung.append(1))
    with transaction.atomic():
        bell.ring_on_commit()
        transaction.set_rollback(True)
    assert rung == []


@dataclass
class Sender:
    """Remembers what was sent, or fails as a broker does."""

    error: Exception | None = None
    sent: list[tuple[str, str, list[int]]] = field(default_factory=list)

    def send_task(self, name: str, *, queue: str, args: list[int] | None = None, **options: bool) -> None:
        """Send a task by its name."""
        if self.error is not None:
            raise self.error
        assert options == {"retry": False, "ignore_result": True}
        self.sent.append((name, queue, args or []))


def test_a_publication_asks_for_a_drain_of_each_system_and_a_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = Sender()
    monkeypatch.setattr(bell, "sender", lambda: sender)
    assert bell.publish()
    assert sender.sent == [
        (bell.DRAIN, "cap", [1]),
        (bell.DRAIN, "sec", [2]),
        (bell.DRAIN, "sesis", [3]),
        (bell.WALK, "world", []),
    ]


@pytest.mark.parametrize("error", [ConnectionRefusedError("no broker"), TimeoutError(), ValueError("odd")])
def test_a_broker_in_trouble_is_noted_and_nothing_more(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bell, "sender", lambda: Sender(error))
    with caplog.at_level(logging.WARNING):
        assert not bell.publish()
    assert caplog.messages == [f"The bell was not heard: {type(error).__name__}"]


def test_the_names_rung_are_the_tasks_there_are() -> None:

    assert {bell.DRAIN, bell.WALK} == {tasks.drain.name, tasks.walk.name}
