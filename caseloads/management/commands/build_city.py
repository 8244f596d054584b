"""``build_city``: a synthetic city of any size."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from caseloads.city import truth
from caseloads.city.build import build
from caseloads.city.options import Options, read_rate, read_seed, read_students
from caseloads.city.progress import Progress
from caseloads.management.demo import only_in_a_demonstration
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Exit, PortalCommand, Stopped, add_json, day, understood
from orcs_portal.shared.table import write_table
from providers.directory import Listed, NotADirectory, read_directory

COLUMNS = ("students", "mandates", "planted", "near", "rows", "seconds")
HOUR = 17  # a bare day is five in the afternoon in New York


class Command(PortalCommand):
    """Builds a city as it is on a day, and sets the world's clock to five that afternoon."""

    help = (
        "Build a synthetic city, the same again for the same seed and day, and set the world's clock to that day, "
        f"17:00 in New York. Prints: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask how large, by which seed and of which day."""
        parser.add_argument("--students", required=True, help="how many students")
        parser.add_argument("--seed", required=True, help="a whole number: the same one builds the same city again")
        parser.add_argument("--as-of", required=True, help="the day: a date such as 2026-11-23, today, yesterday")
        parser.add_argument(
            "--schools", type=Path, help="the city's school directory; without it, schools are invented"
        )
        parser.add_argument("--planted", type=Path, help="write what is wrong to this file, a JSON line each")
        parser.add_argument("--near", type=Path, help="write what is waiting, exempt or only seems wrong")
        parser.add_argument("--rate", help="the share of lines with a fault, such as 0.025; 0 for a clean city")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, **options: Any) -> None:
        """Build, write down what was planted, and print the figures; or stop where this is no demonstration."""
        only_in_a_demonstration("the synthetic city")
        asked = self._asked(options)
        files = [(options["planted"], False), (options["near"], True)]
        for path, _told in files:
            _open(path)
        started = clock.real_now()
        with Progress(self.stderr) as progress:
            built = build(asked, real=clock.real_now(), tell=progress.tell)
        for (path, told), found in zip(files, (built.planted, built.near), strict=True):
            if path is not None:
                truth.write(path, found, told=told)
        seconds = round((clock.real_now() - started).total_seconds())
        figures = (built.students, built.mandates, len(built.planted), len(built.near), built.rows, seconds)
        write_table(self.stdout, COLUMNS, [figures], as_json=as_json)

    def _asked(self, options: dict[str, Any]) -> Options:
        today = clock.world_today()
        as_of = understood(partial(day, today=today), options["as_of"], "--as-of")
        rate = options["rate"]
        return Options(
            students=understood(read_students, options["students"], "--students"),
            seed=understood(read_seed, options["seed"], "--seed"),
            at=clock.at_local(as_of, HOUR),
            schools=None if options["schools"] is None else self._schools(options["schools"]),
            rate=None if rate is None else understood(read_rate, rate, "--rate"),
        )

    def _schools(self, file: Path) -> list[Listed]:
        """Return the schools of a directory; rows that are none are told of and left out."""
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                listed, refused = read_directory(lines)
        except OSError as error:
            raise Stopped(f"--schools: {file} cannot be read: {error.strerror}.", code=Exit.WRONG_USE) from None
        except NotADirectory as error:
            raise Stopped(f"Nothing was built: {file.name} is no school directory: {error}.") from None
        for one in refused:
            self.stderr.write(f"Line {one.line}: {one.reason}.")
        if not listed:
            raise Stopped(f"Nothing was built: {file.name} lists no school.")
        return listed


def _open(path: Path | None) -> None:
    """Stop before the work begins where a file cannot be written."""
    try:
        if path is not None:
            path.write_text("", encoding="utf-8")
    except OSError as error:
        raise Stopped(f"{path} cannot be written: {error.strerror}.", code=Exit.WRONG_USE) from None
