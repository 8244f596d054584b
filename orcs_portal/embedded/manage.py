"""Run a management command, with the embedded services at hand where no others are named."""

from __future__ import annotations

import contextlib
import os

from django.core.management import execute_from_command_line

from orcs_portal.embedded.alone import available
from orcs_portal.embedded.failures import one_sentence
from orcs_portal.embedded.place import of_clone

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
        execute_from_command_line(arguments)
