"""What SEC says, brought in as a whole instead of night by night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseloads.systems.copying import Batch, Cell, copy, encoded
from caseloads.systems.rows import run

KEY = ("osis", "service", "language", "setting")
SAID = ("frequency", "duration", "group_size", "status", "provider_number", "first_attend")
LINES = (*KEY, *SAID, "from_at", "until_at")
CARRIED = (*KEY, *SAID, "carried")
NOTICES = (
    "delivery",
    "osis",
    "service",
    "language",
    "settings",
    "provider_number",
    "session_on",
    "received",
    "applied",
)

STAGE = f"""
    CREATE TEMP TABLE sec_snapshot ON COMMIT DROP AS SELECT {", ".join(LINES)} FROM caseloads_secline WITH NO DATA
"""  # noqa: S608 - only names of this module

CHANGED = f"""
    l.until_at IS NULL AND s.until_at IS NULL AND ({", ".join(f"l.{name}" for name in KEY)}) =
        ({", ".join(f"s.{name}" for name in KEY)})
    AND ({", ".join(f"l.{name}" for name in SAID)}) IS {{}} DISTINCT FROM ({", ".join(f"s.{name}" for name in SAID)})
"""
CLOSE = f"UPDATE caseloads_secline l SET until_at = s.from_at FROM sec_snapshot s WHERE {CHANGED.format('')}"  # noqa: S608 - as above
OPEN = f"""
    INSERT INTO caseloads_secline ({", ".join(LINES)})
    SELECT * FROM sec_snapshot s
    WHERE NOT EXISTS (SELECT 1 FROM caseloads_secline l WHERE {CHANGED.format("NOT")})
"""  # noqa: S608 - as above
ANALYZE = "ANALYZE sec_snapshot"
DROP = "DROP TABLE sec_snapshot"


def apply_snapshot(rows: Iterable[Sequence[Cell]]) -> int:
    """Let SEC show these lines, in the order of ``LINES``, and return how many are new or changed.

    A current line that says something else ends where the new one begins; what is not named stays.  Lines with an end
    are history, and come in as they are.  Runs in the caller's transaction.
    """
    begin()
    copy(staged(encoded(rows)))
    return apply_staged()


def begin() -> None:
    """Make the stage, which lasts until it is applied or the transaction ends."""
    run(STAGE)


def staged(lines: Iterable[str]) -> Batch:
    """Return encoded rows on their way to the stage, where more may follow."""
    return Batch("sec_snapshot", LINES, lines)


def apply_staged() -> int:
    """Apply what is on the stage, and return how many rows are new or changed."""
    run(ANALYZE)
    run(CLOSE)
    written = run(OPEN)
    run(DROP)
    return written


def carried(lines: Iterable[str]) -> Batch:
    """Return what SEC last took over from CAP, in the order of ``CARRIED``, encoded."""
    return Batch("caseloads_seccarried", CARRIED, lines)


def notices(lines: Iterable[str]) -> Batch:
    """Return first attends that SEC has received, in the order of ``NOTICES``, encoded."""
    return Batch("caseloads_secnotice", NOTICES, lines)
