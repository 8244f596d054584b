"""Draws keep to their weights, and every service is described."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from caseloads.city.shares import BY_SERVICE, DELAYS, KINDS, SIZES, UNITS, Draw
from providers.kinds import Service


def test_items_are_drawn_by_their_weights() -> None:
    rng = Random(1)
    draw = Draw([("often", 9.0), ("seldom", 1.0)])
    counted = Counter(draw(rng) for _ in range(10_000))
    assert counted["seldom"] == pytest.approx(1000, rel=0.12)


def test_what_weighs_nothing_is_never_drawn() -> None:
    rng = Random(2)
    draw = Draw([("never", 0.0), ("always", 1.0)])
    assert {draw(rng) for _ in range(500)} == {"always"}


def test_every_service_is_described_once() -> None:
    assert set(BY_SERVICE) == set(Service)
    assert len(KINDS) == len(Service)


def test_nobody_takes_more_students_than_a_caseload_may_have() -> None:
    assert max(most for _least, most in (kind.room for kind in KINDS)) <= 65


def test_a_student_has_about_two_services() -> None:
    rng = Random(3)
    assert sum(UNITS(rng) for _ in range(10_000)) / 10_000 == pytest.approx(1.78, abs=0.05)


def test_groups_have_two_to_five_and_calls_come_in_time() -> None:
    rng = Random(4)
    assert {SIZES(rng) for _ in range(2000)} == {2, 3, 4, 5}
    assert {DELAYS(rng) for _ in range(2000)} == {0, 1, 2, 3, 4, 5}
