"""How the portal's commands end: with an exit code, and one sentence where there is something to say."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management.base import CommandError

from orcs_portal.shared.commands import Exit, PortalCommand, Stopped, add_json, day, understood

TODAY = date(2026, 11, 24)


class Say(PortalCommand):
    """Prints what it is told to and ends as it is told to."""

    requires_system_checks: Any = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stop")
        parser.add_argument("--code", type=int, default=4)
        add_json(parser)

    def handle(self, *_args: Any, stop: str | None, code: int, as_json: bool, **_options: Any) -> None:
        self.stdout.write("json" if as_json else "text")
        if stop is not None:
            raise Stopped(stop, code=Exit(code))


def from_the_command_line(*arguments: str) -> tuple[int, str, str]:
    """Run the command as a terminal would: exit code, standard output, standard error."""
    out, error = StringIO(), StringIO()
    command = Say(stdout=out, stderr=error, no_color=True)
    try:
        command.run_from_argv(["manage.py", "say", *arguments])
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), error.getvalue()
    return 0, out.getvalue(), error.getvalue()


def test_a_command_that_has_done_its_work_ends_with_nothing_to_say() -> None:
    assert from_the_command_line() == (0, "text\n", "")


@pytest.mark.parametrize("code", [Exit.WRONG_USE, Exit.SOME_REFUSED, Exit.NOTHING_DONE])
def test_a_command_that_stops_says_one_sentence_and_ends_with_its_code(code: Exit) -> None:
    ended = from_the_command_line("--stop", "Nothing is parked.", "--code", str(int(code)))
    assert ended == (code, "text\n", "Nothing is parked.\n")


def test_a_command_that_has_said_it_already_ends_without_another_word() -> None:
    assert from_the_command_line("--stop", "") == (4, "text\n", "")


def test_the_code_is_nothing_done_unless_another_is_named() -> None:
    assert Stopped("Nothing is parked.").returncode == 4


def test_the_codes_are_those_that_scripts_rely_on() -> None:
    assert [(one.name, one.value) for one in Exit] == [
        ("DONE", 0),
        ("WRONG_USE", 2),
        ("SOME_REFUSED", 3),
        ("NOTHING_DONE", 4),
    ]


def test_called_from_code_it_raises_instead_of_ending_the_process() -> None:
    command = Say(stdout=StringIO(), stderr=StringIO())
    with pytest.raises(CommandError, match="Nothing is parked") as stopped:
        command.execute(
            stop="Nothing is parked.", code=2, as_json=False, force_color=False, no_color=True, skip_checks=True
        )
    assert stopped.value.returncode == 2


def test_an_unknown_option_ends_with_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = from_the_command_line("--nonsense")
    assert (code, out) == (2, "")
    assert "unrecognized arguments: --nonsense" in capsys.readouterr().err


def test_json_is_asked_for_by_an_option() -> None:
    assert from_the_command_line("--json") == (0, "json\n", "")


def test_a_reader_who_has_seen_enough_gets_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", buffering=1) as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        error = StringIO()
        with pytest.raises(SystemExit) as ended:
            Say(stderr=error, no_color=True).run_from_argv(["manage.py", "say"])
    assert (ended.value.code, error.getvalue()) == (1, "")


def test_a_text_is_understood_or_refused_with_its_option() -> None:
    assert understood(int, "12", "--count") == 12
    with pytest.raises(Stopped) as stopped:
        understood(int, "twelve", "--count")
    assert str(stopped.value).startswith("--count: invalid literal")
    assert stopped.value.returncode == Exit.WRONG_USE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("today", TODAY),
        ("yesterday", date(2026, 11, 23)),
        (" Yesterday ", date(2026, 11, 23)),
        ("2026-02-28", date(2026, 2, 28)),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, meant: date) -> None:
    assert day(written, today=TODAY) == meant


@pytest.mark.parametrize("written", ["tomorrow", "11/23/2026", "2026-02-30", "", "2026-11"])
def test_another_day_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="is not a date such as 2026-11-24, today or yesterday"):
        day(written, today=TODAY)


def test_yesterday_is_the_last_day_of_the_month_before() -> None:
    assert day("yesterday", today=date(2026, 3, 1)) == date(2026, 2, 28)
