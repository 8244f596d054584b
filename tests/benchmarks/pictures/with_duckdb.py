"""The picture and the catalogue's rules, with DuckDB, from files on disk: every code, and what follows from what.

Run as ``python -m tests.benchmarks.pictures.with_duckdb DIRECTORY AS_OF``; prints seconds, lines in doubt, the items by
code and condition, and the seconds of each part, as JSON.  It is spared what the portal does besides: what each system
said is not kept with an item, nothing is due or compared with what was found before, and nothing is written to disk.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb

from caseloads.kinds import EntryState, IepKind, IepStatus, Outcome, Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from compliance.kinds import Code
from orcs_portal.settings.base import RECONCILE_LIMITS, RECONCILE_NUMBERS
from providers.kinds import Affiliation, Language, Service, Setting

THREADS = 2
SQL = Path(__file__).parent / "duckdb"
PARTS = ("files", "lines", "subjects", "calls", "rules", "precedence")
TYPES = (
    Service,
    Language,
    Setting,
    IepKind,
    IepStatus,
    Transfer,
    CapStatus,
    SecStatus,
    EntryState,
    Outcome,
    Affiliation,
)


def types() -> Iterable[str]:
    """Yield a statement for each closed list: codes are compared, not words."""
    for kind in TYPES:
        words = ", ".join(f"'{member.name.lower().replace('_', '-')}'" for member in kind)
        yield f"CREATE TYPE {kind.__name__.lower()} AS ENUM ({words})"


def prepared(as_of: str) -> duckdb.DuckDBPyConnection:
    """Return a database in memory that knows the lists, the moment and the numbers in force."""
    database = duckdb.connect(config={"threads": THREADS})
    database.execute("SET TimeZone = 'America/New_York'")
    for statement in types():
        database.execute(statement)
    database.execute("SET VARIABLE moment = ?::TIMESTAMPTZ", [as_of])
    for name, value in {**RECONCILE_NUMBERS, "most_speech": RECONCILE_LIMITS["speech"]}.items():
        database.execute(f"SET VARIABLE {name} = {int(value)}")
    for code in Code:
        database.execute(f"CREATE MACRO {code.name}() AS {int(code)}")
    return database


def compare(database: duckdb.DuckDBPyConnection, directory: Path) -> dict[str, float]:
    """Read the files, draw the pictures and judge them; return the seconds of each part."""
    seconds: dict[str, float] = {}
    for part in PARTS:
        began = time.perf_counter()
        database.execute((SQL / f"{part}.sql").read_text().replace("{directory}", str(directory)))
        seconds[part] = time.perf_counter() - began
    return seconds


def main(directory: Path, as_of: str) -> None:
    """Compare once and print what came of it."""
    database = prepared(as_of)
    seconds = compare(database, directory)
    found = database.execute("SELECT code, condition, count(*) FROM item GROUP BY ALL ORDER BY ALL").fetchall()
    ((rows,),) = database.execute("SELECT count(*) FROM line").fetchall()
    said = {f"{Code(code).name} {condition}": count for code, condition, count in found}
    print(json.dumps({"seconds": sum(seconds.values()), "rows": rows, "items": said, "parts": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
