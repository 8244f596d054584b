"""Cities for tests: small, built in a transaction that is undone, and what the comparison says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.test import override_settings

from caseloads.city.build import Built, build
from caseloads.city.options import Options
from caseloads.systems.rows import fetch
from orcs_portal.shared.clock import at_local
from tests import build as rows

DAY = date(2026, 11, 24)
"""A Tuesday in the week of Thanksgiving."""


def options(students: int, seed: int = 7, day: date = DAY, rate: float | None = None) -> Options:
    """Return what is asked for: a city at five in the afternoon."""
    return Options(students=students, seed=seed, at=at_local(day, 17), rate=rate)


@contextmanager
def built(asked: Options) -> Iterator[Built]:
    """Build a city while the block lasts."""
    with override_settings(DEMO=True), transaction.atomic():
        yield build(asked, real=rows.REAL)
        transaction.set_rollback(True)


def count(sql: str, *params: object) -> int:
    """Return the one figure that a statement asks for."""
    return int(fetch(sql, params)[0][0])
