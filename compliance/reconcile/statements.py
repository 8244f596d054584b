"""The statements beside this module, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

SQL = Path(__file__).parent / "sql"


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
