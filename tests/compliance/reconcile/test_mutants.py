"""No condition and no number of the catalogue is idle: put one wrong, and some small world is read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from compliance.kinds import Condition
from compliance.reconcile import picture
from compliance.reconcile.catalogue import CATALOGUE
from compliance.reconcile.settings import PLAIN, numbers
from compliance.reconcile.statements import execute, statement
from compliance.reconcile.world import params
from tests.compliance.reconcile.loading import Loaded
from tests.compliance.reconcile.mutants import (
    Mutant,
    conjuncts,
    wrong_conditions,
    wrong_days,
    wrong_numbers,
    wrong_owners,
)
from tests.compliance.reconcile.worlds import AT, DAWN

pytestmark = pytest.mark.django_db

ITEMS = """
    SELECT code, a, b, condition, owner, since, until, due, consequences FROM item ORDER BY code, a, b
"""
Items = list[tuple[Any, ...]]


class Drawn:
    """The pictures of the small worlds at one moment, to be judged by any catalogue."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        picture.draw(values)
        self.right = self.judged(Mutant("as it is", CATALOGUE, {}))

    def judged(self, mutant: Mutant) -> Items:
        """Return the items that a catalogue makes of the pictures."""
        picture.judge(mutant.catalogue, {**self.values, **mutant.numbers})
        items = execute(ITEMS, {})
        picture.forget(*picture.JUDGED)
        return items

    def is_seen(self, mutant: Mutant) -> bool:
        """Return whether a mutant makes other items, or says what the database does not take."""
        try:
            with transaction.atomic():
                return self.judged(mutant) != self.right
        except (DataError, IntegrityError):
            return True

    def overlooks(self, mutants: Iterable[Mutant]) -> list[Mutant]:
        """Return the mutants that make the same items."""
        return [mutant for mutant in mutants if not self.is_seen(mutant)]


@pytest.fixture(params=["all"])
def drawn(loaded: Loaded) -> Iterator[Drawn]:
    """Draw the worlds in the afternoon."""
    yield Drawn(params(at=AT, numbers=numbers()))
    picture.forget()


def elsewhen(mutants: Iterable[Mutant]) -> list[str]:
    """Return what was done to the mutants that make no difference before the nights, nor under R13's hold, either."""
    at_dawn = params(at=DAWN, numbers=numbers())
    held = {**params(at=AT, numbers=numbers()), "hold": True, "hold_since": AT}
    for values in (at_dawn, held):
        picture.forget()
        mutants = Drawn(values).overlooks(mutants)
    return [mutant.what for mutant in mutants]


def test_every_condition_turned_around_is_seen(drawn: Drawn) -> None:
    mutants = list(wrong_conditions())
    assert len(mutants) > 100
    assert elsewhen(drawn.overlooks(mutants)) == []


def test_every_number_moved_by_one_is_seen(drawn: Drawn) -> None:
    mutants = list(wrong_numbers(drawn.values))
    assert len(mutants) == 2 * len(PLAIN)
    assert [mutant.what for mutant in drawn.overlooks(mutants)] == []


def test_a_limit_moved_by_one_is_seen(drawn: Drawn) -> None:
    for by in (-1, 1):
        values = {**drawn.values, "limits": [65 + by]}
        picture.forget("picture_load")
        execute(statement("loads"), values)
        assert drawn.overlooks([Mutant("limit", CATALOGUE, {})]) == []


def test_every_codes_days_to_act_are_seen(drawn: Drawn) -> None:
    opened = {row[0] for row in drawn.right if row[3] == Condition.OPEN}
    mutants = list(wrong_days(opened))
    assert len(mutants) == 2 * len(opened) > 50
    assert drawn.overlooks(mutants) == []


def test_every_owner_of_a_single_case_is_seen(drawn: Drawn) -> None:
    mutants = list(wrong_owners())
    assert mutants
    assert [mutant.what for mutant in drawn.overlooks(mutants)] == []


def test_the_catalogue_as_it_is_makes_the_same_items_again(drawn: Drawn) -> None:
    assert len(drawn.right) > 100
    assert drawn.overlooks([Mutant("as it is", CATALOGUE, {})]) != []


@pytest.mark.parametrize(
    ("condition", "parts"),
    [
        ("a AND NOT b", ["a", "NOT b"]),
        ("(a AND b) OR c AND d", ["(a AND b) OR c", "d"]),
        ("CASE WHEN a AND b THEN c END AND d", ["CASE WHEN a AND b THEN c END", "d"]),
    ],
)
def test_a_condition_is_taken_apart_at_its_top(condition: str, parts: list[str]) -> None:
    assert conjuncts(condition) == parts
