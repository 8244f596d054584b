"""A worker whose acknowledgements were lost connects anew; the fault campaign shows it with a real broker."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from celery.worker import state

from orcs_portal.celery import app
from orcs_portal.reconnect import Reconnect, forgotten


class Timer:
    """Stands for the worker's timer: keeps what is to be called, and whether that was called off."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, Callable[..., None], tuple[Any, ...]]] = []
        self.cancelled = 0

    def call_repeatedly(self, seconds: float, call: Callable[..., None], arguments: tuple[Any, ...]) -> Timer:
        """Keep the call."""
        self.calls.append((seconds, call, arguments))
        return self

    def cancel(self) -> None:
        """Count that the call was called off."""
        self.cancelled += 1


def consumer(*under_way: str, dirty: tuple[str, ...] = ()) -> SimpleNamespace:
    """Return a consumer whose connection counts these messages as under way."""
    window = SimpleNamespace(_delivered=dict.fromkeys(under_way), _dirty=set(dirty))
    return SimpleNamespace(timer=Timer(), task_consumer=SimpleNamespace(channel=SimpleNamespace(qos=window)))


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the worker's requests, none at first."""
    requests: dict[str, Any] = {}
    monkeypatch.setattr(state, "requests", requests)
    return requests


@pytest.mark.parametrize(
    ("under_way", "worked_on", "before", "expected"),
    [
        ([], [], set(), (set(), False)),
        (["a", "b"], ["a", "b"], {"a"}, (set(), False)),
        (["a", "b"], ["a"], set(), ({"b"}, False)),
        (["a", "b"], ["a"], {"b"}, ({"b"}, True)),
        (["c"], [], {"b"}, ({"c"}, False)),
    ],
)
def test_a_message_is_forgotten_when_nobody_works_on_it_twice(
    under_way: list[str], worked_on: list[str], before: set[str], expected: tuple[set[str], bool]
) -> None:
    assert forgotten(under_way, worked_on, before) == expected


def test_a_forgotten_message_breaks_the_connection_at_the_second_look(working: dict[str, Any]) -> None:
    step, one = Reconnect(None), consumer("tag")
    step.look(one)
    with pytest.raises(ConnectionError, match="could not be acknowledged"):
        step.look(one)


def test_a_message_under_work_is_let_be(working: dict[str, Any]) -> None:
    working["id"] = SimpleNamespace(message=SimpleNamespace(delivery_tag="tag"))
    step, one = Reconnect(None), consumer("tag", "acknowledged", dirty=("acknowledged",))
    for _ in range(3):
        step.look(one)


def test_every_connection_is_looked_at_anew_and_no_longer_than_it_lasts(working: dict[str, Any]) -> None:
    step, one = Reconnect(None), consumer("tag")
    step.start(one)
    ((_, look, arguments),) = one.timer.calls
    look(*arguments)
    step.stop(one)
    step.stop(one)
    assert one.timer.cancelled == 1
    step.start(one)
    step.look(one)


def test_workers_look() -> None:
    assert Reconnect in app.steps["consumer"]
