"""How code reaches time and rows: who may read the clock, what an act is handed, whose tables are whose."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

CLOCKS = (
    "now",
    "real_now",
    "world_now",
    "timezone.now",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
)
MAY_READ_THE_CLOCK = (
    "orcs_portal/embedded/",  # supervises processes, before there is Django
    "orcs_portal/shared/clock.py",  # is the clock
    "orcs_portal/shared/health.py",  # a view: compares this host's clock with the database's
    "/views",
    "/admin.py",
    "/management/commands/",
    "/tasks.py",
    "/middleware.py",
    "orcs_portal/accounts/sessions.py",  # middleware: counts a session's thirty minutes
    "/context.py",
    "providers/pages.py",  # what every view does first
)
SYSTEM_TABLES = ("Cap", "Sec", "Sesis")


def readers(path: Path) -> list[str]:
    """Return where a file reads the clock."""
    return [f"{tree.named(path)}:{line}: {called}" for line, called in tree.calls(path) if reads(called)]


def reads(called: str) -> bool:
    """Return whether a call of this dotted name reads a clock."""
    return called in CLOCKS or called.endswith(tuple(f".{clock}" for clock in CLOCKS[1:]))


def test_only_views_tasks_and_commands_read_the_clock() -> None:
    rest = [path for path in tree.code() if not any(part in f"/{tree.named(path)}" for part in MAY_READ_THE_CLOCK)]
    assert not [where for path in rest for where in readers(path)]


@pytest.mark.parametrize("called", ["timezone.now", "real_now", "clock.world_now", "datetime.datetime.now"])
def test_a_reading_of_the_clock_would_be_seen(called: str) -> None:
    assert reads(called)


@pytest.mark.parametrize("called", ["known", "call.now_due", "timezone.localtime", "date.fromisoformat"])
def test_other_calls_are_no_reading_of_the_clock(called: str) -> None:
    assert not reads(called)


def acts() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Yield the public functions of every ``actions``, module or package."""
    for path in tree.code():
        if "actions" in {path.stem, path.parent.name}:
            for node in tree.parsed(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield path, node


def test_an_act_takes_keywords_alone_and_is_told_who_and_when() -> None:
    wrong = [
        f"{tree.named(path)}: {node.name}"
        for path, node in acts()
        if node.args.args or not {"by", "now"} <= {arg.arg for arg in node.args.kwonlyargs}
    ]
    assert not wrong, wrong


def table_importers(path: Path) -> list[str]:
    """Return the tables of CAP, SEC and SESIS that a file takes from where Django finds all tables."""
    return [
        f"{tree.named(path)}: {alias.name}"
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "caseloads.models"
        for alias in node.names
        if alias.name.startswith(SYSTEM_TABLES)
    ]


def test_what_a_system_says_is_taken_from_its_gateway_and_not_from_the_list_of_tables() -> None:
    assert not [where for path in tree.code() for where in table_importers(path)]


def test_pages_do_not_reach_rows_by_a_side_door() -> None:
    pages = [path for path in tree.code() if "views" in {path.stem, path.parent.name}]
    assert not [
        f"{tree.named(path)}:{line}"
        for path in pages
        for line, called in tree.calls(path)
        if called.endswith(("get_model", ".cursor", ".raw")) or ".objects." in called
    ]
