"""Tables without the checks of every row while millions come in; all of them are read again before the end.

Foreign keys, exclusion constraints and plain indexes cost more row by row than built once: for a city of 220,000
students twice the whole time.  Nobody else can use the tables meanwhile, so that small cities do without this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from caseloads.systems.rows import fetch, run

WORTH_IT = 20_000
"""Students from which on it pays."""

CONSTRAINTS = """
    SELECT quote_ident(conname), conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE contype IN ('f', 'x') AND conrelid::regclass::text = ANY(%s)
    ORDER BY contype, conname
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisunique
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    ORDER BY 1
"""

SETTLED = "SET CONSTRAINTS ALL IMMEDIATE"
"""Checks what still waits for the end: a table with such rows cannot be altered."""


@contextmanager
def lean(tables: Sequence[str]) -> Iterator[None]:
    """Take the checks away and put them back, in the caller's transaction; a row that breaks one undoes all of it."""
    run(SETTLED)
    run(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
    constraints = fetch(CONSTRAINTS, [list(tables)])
    indexes = fetch(INDEXES, [list(tables)])
    for name, table, _definition in constraints:
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        run(f"DROP INDEX {name}")
    yield
    run(SETTLED)
    run("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        run(definition)
    for name, table, definition in constraints:
        run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
