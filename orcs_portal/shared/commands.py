"""What every command of the portal keeps to: its exit codes, one sentence when it stops, and ``--json``."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

Found = TypeVar("Found")


class Exit(IntEnum):
    """How a command ends; anything unforeseen ends with 1."""

    DONE = 0
    WRONG_USE = 2
    SOME_REFUSED = 3
    NOTHING_DONE = 4


class Stopped(CommandError):
    """The command ends here with an exit code, after one sentence on standard error, or none if it was said already."""

    def __init__(self, sentence: str = "", *, code: Exit = Exit.NOTHING_DONE) -> None:
        """Keep both."""
        super().__init__(sentence, returncode=int(code))


class PortalCommand(BaseCommand):
    """A command that ends with a sentence instead of a trace where it has to stop."""

    _called_from_command_line = False  # Django's own flag, which its stubs leave out

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; on the command line ``Stopped`` becomes its sentence and exit code."""
        try:
            output = super().execute(*args, **options)
            self.stdout.flush()
        except Stopped as stopped:
            if not self._called_from_command_line:
                raise
            self.stdout.flush()
            if sentence := str(stopped):
                self.stderr.write(sentence)
            sys.exit(stopped.returncode)
        except BrokenPipeError:
            # Whoever read our output has seen enough; what is still buffered goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        return output


def add_json(parser: ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON lines instead of a table")


def understood(reads: Callable[[str], Found], text: str, option: str) -> Found:
    """Return what ``reads`` makes of an option's text; its ``ValueError`` ends the command as wrong use."""
    try:
        return reads(text)
    except ValueError as error:
        raise Stopped(f"{option}: {error}.", code=Exit.WRONG_USE) from None


def day(text: str, *, today: date) -> date:
    """Return the day that is meant by ``today``, ``yesterday`` or an ISO date; raises ``ValueError``."""
    near = {"today": today, "yesterday": today - timedelta(days=1)}
    word = text.strip().lower()
    if word in near:
        return near[word]
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(f"{text!r} is not a date such as {today.isoformat()}, today or yesterday") from None
