"""The statements beside this module, by name, and how they are to be planned.

A comparison has two kinds of statement: sweeps read whole tables and match them, look-ups follow keys from a few rows.
The planner is told which it is: it would choose so by itself, but not for tables that were filled a moment ago, whose
numbers it does not know yet and takes for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

SQL = Path(__file__).parent / "sql"


class Plan(Enum):
    """How statements are planned: whether nested loops, and whether reading whole tables, may be chosen."""

    FREE = ("on", "on")
    SWEEP = ("off", "on")
    LOOK_UP = ("on", "off")


def plan(how: Plan) -> None:
    """Plan the statements that follow in this transaction in one way."""
    loops, scans = how.value
    sql = "SELECT set_config('enable_nestloop', %(loops)s, true), set_config('enable_seqscan', %(scans)s, true)"
    execute(sql, {"loops": loops, "scans": scans})


@cache
def statement(name: str) -> str:
    """Return the text of a statement; raises ``FileNotFoundError`` for one there is not."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text.replace("{pupils}", statement("pupils")) if "{pupils}" in text else text


def execute(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement, or several with semicolons between, and return the rows of the last, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []
