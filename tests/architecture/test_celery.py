"""Tasks: ids alone go through the broker, as JSON, and no test runs one in its own process."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from orcs_portal.celery import app
from tests.architecture import tree

QUEUES = {"cap", "sec", "sesis", "world"}
ALLOWED = (int, str, int | None, list[int], tuple[int, ...])
EAGER = re.compile("always_" + "eager|EAGER_" + r"PROPAGATES|eager_" + r"propagates|\w\.apply\(")


def tasks() -> dict[str, Callable[..., Any]]:
    """Return our tasks by name."""
    app.loader.import_default_modules()
    return {name: task.run for name, task in app.tasks.items() if not name.startswith("celery.")}


def strange_arguments(run: Callable[..., Any]) -> list[str]:
    """Return the arguments of a task that are neither an id nor a system's name."""
    hints = get_type_hints(run)
    names = [name for name in inspect.signature(run).parameters if name != "self"]
    return [name for name in names if hints.get(name) not in ALLOWED]


def test_there_are_tasks_and_they_take_ids_or_names_of_systems_alone() -> None:
    found = {name: strange_arguments(run) for name, run in tasks().items()}
    assert found
    assert not {name: strange for name, strange in found.items() if strange}


def test_a_row_as_an_argument_would_be_seen() -> None:
    def deliver(ids: list[int], system: str, call: dict[str, str]) -> None:
        """Stand for a task that is handed a call."""

    assert strange_arguments(deliver) == ["call"]


def test_the_broker_carries_json_alone() -> None:
    assert app.conf.task_serializer == "json"
    assert list(app.conf.accept_content) == ["json"]


def test_a_task_is_acknowledged_when_it_is_done() -> None:
    assert app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_ignore_result


def test_every_periodic_entry_names_a_task_and_one_of_the_queues() -> None:
    known = tasks()
    schedule = app.conf.beat_schedule
    assert schedule
    assert not [name for name, entry in schedule.items() if entry["task"] not in known]
    routed = {
        app.amqp.router.route(entry.get("options", {}), entry["task"])["queue"].name for entry in schedule.values()
    }
    assert routed <= QUEUES


def test_no_task_runs_in_the_process_of_its_caller() -> None:
    assert not getattr(app.conf, "task_always_" + "eager")
    assert not [
        tree.named(path) for path in (*tree.code(), *tree.tests()) if EAGER.search(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("line", ["deliver.app" + "ly(args=[1])", "celery_task_always_" + "eager = True"])
def test_a_task_run_in_process_would_be_seen(line: str) -> None:
    assert EAGER.search(line)
