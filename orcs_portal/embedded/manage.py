"""Run a management command, with the embedded services at hand where no others are named."""

from __future__ import annotations

import contextlib
import os

from django.core.management import execute_from_command_line, get_commands
from django.db import OperationalError, connection

from orcs_portal.embedded.alone import available
from orcs_portal.embedded.failures import one_sentence
from orcs_portal.embedded.place import of_clone

WRONG_USE = 2
OWN_SETTINGS = "orcs_portal.settings.local"
WITHOUT_DATABASE = frozenset({"", "help", "version", "check", "collectstatic", "diffsettings"})


def needs_services(arguments: list[str]) -> bool:
    """Tell whether a command line, the program's name first, works on this clone's embedded services."""
    command = next(iter(arguments[1:]), "")
    return (
        "DATABASE_URL" not in os.environ
        and os.environ.get("DJANGO_SETTINGS_MODULE") == OWN_SETTINGS
        and command not in WITHOUT_DATABASE
        and not command.startswith("-")
        and "--help" not in arguments
    )


def main(arguments: list[str]) -> None:
    """Run the command; ends the process with one sentence when the services cannot be had."""
    with contextlib.ExitStack() as stack:
        if needs_services(arguments):
            with one_sentence():
                stack.enter_context(available(of_clone()))
        execute(arguments)


def execute(arguments: list[str]) -> None:
    """Run the command; a database that cannot be reached ends it with one sentence, an unknown command with 2."""
    try:
        execute_from_command_line(arguments)
    except OperationalError as error:
        if connection.connection is not None:
            raise
        said = str(error).strip().splitlines()[0].rstrip("?. ")
        raise SystemExit(f"The database cannot be reached: {said}.") from None
    except SystemExit:
        if is_unknown(arguments):
            raise SystemExit(WRONG_USE) from None
        raise


def is_unknown(arguments: list[str]) -> bool:
    """Tell whether a command line names a command that does not exist."""
    command = next(iter(arguments[1:]), "help")
    return not command.startswith("-") and command not in {"help", "version", *get_commands()}
