"""The statement and an independent, slow, row-by-row reading of the same page agree on random small worlds.

Two hundred worlds go into one load as separate schools; the campaign of ``make faults`` reads ten loads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caseloads.models import Iep
from compliance.kinds import Code, Condition, Subject
from compliance.models import Finding
from compliance.reconcile.run import compare as run_comparison
from providers.kinds import Language, Service
from tests.compliance.reader.days import NEW_YORK
from tests.compliance.reader.load import Loaded
from tests.compliance.reader.random_worlds import make_world
from tests.compliance.reader.reading import read
from tests.compliance.reader.said import Said
from tests.compliance.reader.world import Times, World

LOADS = int(os.environ.get("READER_LOADS", "1"))
WORLDS = 200
CONDITIONS = {Condition.OPEN: "open", Condition.WAITING: "waiting", Condition.EXEMPT: "exempt"}
BY_PROVIDER = {Code.NO_FIRST_ATTEND, Code.NURSE_EXEMPT, Code.CASELOAD_ENDED}
YEAR = (date(2026, 9, 10), date(2027, 6, 25))
HOLIDAYS = frozenset({date(2026, 10, 12), date(2026, 11, 26), date(2026, 11, 27), date(2027, 5, 31)})
STAFF_ONLY = frozenset({date(2026, 11, 3), date(2026, 11, 24), date(2027, 6, 10)})
CONTRACTED = frozenset({(Service.SPEECH, Language.ENGLISH), (Service.COUNSELING, Language.ENGLISH)})
MOMENTS = (
    datetime(2026, 11, 24, 17, 0, tzinfo=NEW_YORK),
    datetime(2026, 11, 30, 0, 30, tzinfo=NEW_YORK),
    datetime(2026, 10, 14, 1, 0, tzinfo=NEW_YORK),
    datetime(2027, 6, 11, 9, 0, tzinfo=NEW_YORK),
)


@contextmanager
def loaded_and_undone(worlds: list[World], times: Times) -> Iterator[Loaded]:
    """Write worlds down, with statistics as a table has them that was not filled just now, and undo it all."""
    with transaction.atomic():
        loaded = Loaded(worlds, times)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield loaded
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.timeout(900)
@settings(
    max_examples=LOADS,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.integers(min_value=0, max_value=2**40),
    at=st.sampled_from(MOMENTS),
    hold=st.booleans(),
)
def test_the_statement_and_the_slow_reading_agree(seed: int, at: datetime, hold: bool) -> None:
    times = Times(at, YEAR, HOLIDAYS, STAFF_ONLY, hold, date(2026, 9, 1), CONTRACTED)
    worlds = [make_world(seed + place, place, times) for place in range(WORLDS)]
    with loaded_and_undone(worlds, times) as loaded:
        run_comparison(as_of=at, now=at)
        found = said_by_statement(loaded)
    differences = [line for world in worlds for line in compare(world, times, found)]
    assert not differences, "\n".join([f"seed {seed}, at {at}, hold {hold}", *differences[:40]])


def said_by_statement(loaded: Loaded) -> set[Said]:
    """Return what the findings say, in the reader's words."""
    calls = {row.pk: number for number, row in loaded.calls.items()}
    letters = {row.pk: number for number, row in loaded.letters.items()}
    versions = dict(Iep.objects.values_list("id", "version"))
    dbns = {row.pk: dbn for dbn, row in loaded.schools.items()}
    rows = Finding.objects.exclude(condition=Condition.CLOSED).exclude(code=Code.OVER_CASELOAD)
    return {_said(row, calls, letters, versions, dbns) for row in rows}


def _said(
    row: Finding, calls: dict[int, int], letters: dict[int, int], versions: dict[int, int], dbns: dict[int, str]
) -> Said:
    code, condition = Code(row.code), CONDITIONS[Condition(row.condition)]
    if row.subject == Subject.CALL:
        return Said(code.name, condition, call=calls[row.call_id or 0])
    if row.subject == Subject.LETTER:
        return Said(code.name, condition, letter=letters[row.letter_id or 0])
    if row.subject == Subject.PLACE:
        return Said(code.name, condition, provider=row.provider_number, place=dbns[row.place_id or 0])
    if row.subject == Subject.DOCUMENT:
        return Said(code.name, condition, osis=row.osis, version=versions[row.iep_id or 0])
    provider = row.provider_number if code in BY_PROVIDER else None
    return Said(code.name, condition, row.osis, row.service, row.language, row.setting, provider)


def compare(world: World, times: Times, found: set[Said]) -> list[str]:
    """Return how the statement differs from the reading of one world, by its seed."""
    wanted = read(world, times)
    osis = {pupil.osis for pupil in world.pupils}
    calls = {call.number for pupil in world.pupils for call in pupil.calls}
    letters = {letter.number for pupil in world.pupils for letter in pupil.letters}
    mine = {
        one
        for one in found
        if one.osis in osis
        or (one.call in calls)
        or (one.letter in letters)
        or (one.osis is None and one.provider in world.people)
    }
    missing = [f"world {world.seed}: only the reading says {one}" for one in sorted(wanted - mine, key=str)]
    extra = [f"world {world.seed}: only the statement says {one}" for one in sorted(mine - wanted, key=str)]
    return missing + extra
