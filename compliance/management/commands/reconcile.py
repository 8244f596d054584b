"""``reconcile``: compare what all systems say, once, and tell what was found."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from compliance.kinds import Code
from compliance.management import reading
from compliance.models import Run
from compliance.reconcile.run import reconcile
from orcs_portal.shared import clock
from orcs_portal.shared.commands import PortalCommand, add_json, understood
from orcs_portal.shared.table import Cell, write_table

COUNTS = ("open", "waiting", "new", "resolved", "regressed")
COLUMNS = ("code", *COUNTS)


class Command(PortalCommand):
    """Compares everything and prints a line per code, and after them the seconds that it took."""

    help = f"Compare everything; prints a line per code: {', '.join(COLUMNS)}; then the seconds taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add ``--as-of`` and ``--json``."""
        parser.add_argument("--as-of", help="world time to compare at, or a day, which means 5 pm; now if left out")
        add_json(parser)

    def handle(self, *_args: Any, as_of: str | None, as_json: bool, **_options: Any) -> None:
        """Compare, then print."""
        now = clock.world_now()
        if as_of is not None:
            now = understood(lambda text: reading.moment(text, today=clock.local_day(now)), as_of, "--as-of")
        run = reconcile(as_of=now, now=clock.real_now())
        write_table(self.stdout, COLUMNS, _rows(run), as_json=as_json)
        seconds = round((run.finished - run.started).total_seconds(), 3)
        self.stdout.write(json.dumps({"seconds": seconds}) if as_json else f"seconds  {seconds}")


def _rows(run: Run) -> Iterator[tuple[Cell, ...]]:
    for code in Code:
        counts = run.counts.get(code.name, {})
        yield (code.name, *(counts.get(name, 0) for name in COUNTS))
