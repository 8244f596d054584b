"""Set-based statements that the gateways and the outbox share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from psycopg2.extras import execute_values

PAGE = 1000
Params = Sequence[Any] | Mapping[str, Any]


def insert_values(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run an ``INSERT ... VALUES %s`` for all rows, a thousand to a statement."""
    if rows:
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, sql, rows, page_size=PAGE)


def fetch(sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
    """Run a statement that returns rows, and return them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def run(sql: str, params: Params = ()) -> int:
    """Run a statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
