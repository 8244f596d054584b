"""The statements beside this module, by name, and how they are to be planned.

A comparison has two kinds of statement: sweeps read whole tables and match them, look-ups follow keys from a few rows.
The planner is told which it is: it would choose so by itself, but not for tables that were filled a moment ago, whose
numbers it does not know yet and takes for nothing.  It also takes each look-up for one on a slow disk, and would rather
read an index from end to end; what is looked up here was mostly read a moment ago.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

SQL = Path(__file__).parent / "sql"


class Plan(Enum):
    """How statements are planned: whether nested loops and reading whole tables may be chosen; a look-up's cost."""

    FREE = ("on", "on", "4")
    SWEEP = ("off", "on", "4")
    LOOK_UP = ("on", "off", "1.1")


def planned(how: Plan) -> str:
    """Return the statement after which those of this transaction are planned in one way."""
    names = ("enable_nestloop", "enable_seqscan", "random_page_cost")
    sets = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in zip(names, how.value, strict=True))
    return f"SELECT {sets}"


@cache
def statement(name: str) -> str:
    """Return the text of a statement; raises ``FileNotFoundError`` for one there is not."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text.replace("{pupils}", statement("pupils")) if "{pupils}" in text else text


CHOSEN = re.compile(r"[\w.]+ IN \(SELECT \w+ FROM chosen_\w+\)")
"""The condition that something is of those whom a comparison is of."""


def execute(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement, or several with semicolons between, and return the rows of the last, if it has any.

    Where ``params`` say that everything is compared (``all``), everything is chosen.
    """
    sql = CHOSEN.sub("true", sql) if params.get("all") else sql
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []
