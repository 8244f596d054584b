"""What CAP says, brought in as a whole instead of night by night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseloads.systems.copying import Batch, Cell, copy, encoded
from caseloads.systems.rows import run

MANDATES = (
    "osis",
    "service",
    "language",
    "setting",
    "frequency",
    "duration",
    "group_size",
    "starts",
    "ends",
    "status",
    "provider_number",
    "first_attend",
    "since",
)
NOTICES = (
    "delivery",
    "osis",
    "service",
    "language",
    "settings",
    "provider_number",
    "session_on",
    "received",
    "due",
    "applied",
    "marked",
)

STAGE = f"""
    CREATE TEMP TABLE cap_snapshot ON COMMIT DROP AS SELECT {", ".join(MANDATES)} FROM caseloads_capmandate WITH NO DATA
"""  # noqa: S608 - only names of this module

# The conflict's condition repeats the partial unique index, whose literal 7 is CLOSED; a closed row is history, and
# comes in once.
CLOSED = f"""
    INSERT INTO caseloads_capmandate ({", ".join(MANDATES)})
    SELECT * FROM cap_snapshot s WHERE s.status = 7 AND NOT EXISTS (
        SELECT 1 FROM caseloads_capmandate m WHERE m.status = 7
          AND (m.osis, m.service, m.language, m.setting, m.since) = (s.osis, s.service, s.language, s.setting, s.since))
"""  # noqa: S608 - as above
OPEN = f"""
    INSERT INTO caseloads_capmandate AS old ({", ".join(MANDATES)})
    SELECT * FROM cap_snapshot WHERE status <> 7
    ON CONFLICT (osis, service, language, setting) WHERE status <> 7
    DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in MANDATES[4:])}
    WHERE ({", ".join(f"old.{name}" for name in MANDATES[4:-1])})
        IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in MANDATES[4:-1])})
"""  # noqa: S608 - as above
ANALYZE = "ANALYZE cap_snapshot"
DROP = "DROP TABLE cap_snapshot"


def apply_snapshot(rows: Iterable[Sequence[Cell]]) -> int:
    """Let CAP say these mandates, in the order of ``MANDATES``, and return how many are new or changed.

    What is said already keeps its ``since``; what is not named stays.  Runs in the caller's transaction.
    """
    begin()
    copy(staged(encoded(rows)))
    return apply_staged()


def begin() -> None:
    """Make the stage, which lasts until it is applied or the transaction ends."""
    run(STAGE)


def staged(lines: Iterable[str]) -> Batch:
    """Return encoded rows on their way to the stage, where more may follow."""
    return Batch("cap_snapshot", MANDATES, lines)


def apply_staged() -> int:
    """Apply what is on the stage, and return how many rows are new or changed."""
    run(ANALYZE)
    written = run(CLOSED) + run(OPEN)
    run(DROP)
    return written


def notices(lines: Iterable[str]) -> Batch:
    """Return first attends that CAP has received and worked through, in the order of ``NOTICES``, encoded."""
    return Batch("caseloads_capnotice", NOTICES, lines)
