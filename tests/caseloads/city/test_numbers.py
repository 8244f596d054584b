"""Numbers and names are invented, and no number is given out twice."""

from __future__ import annotations

import itertools
from math import gcd
from random import Random

from caseloads import confirmation
from caseloads.city.numbers import FIRST_OSIS, FIRST_STRANGER, HOW_MANY, STRIDE, confirmations, names


def test_confirmations_are_well_formed_and_each_is_given_out_once() -> None:
    drawn = list(itertools.islice(confirmations(Random(3), set()), 5000))
    assert len(set(drawn)) == 5000
    assert all(confirmation.is_number(one) for one in drawn)


def test_a_taken_number_is_passed_over() -> None:
    first, second = itertools.islice(confirmations(Random(3), set()), 2)
    assert next(confirmations(Random(3), {first})) == second


def test_every_number_comes_up_before_one_comes_twice() -> None:
    assert gcd(HOW_MANY, STRIDE) == 1


def test_students_and_strangers_have_nine_digits_and_keep_apart() -> None:
    assert 900_100_000 < FIRST_OSIS < FIRST_STRANGER < 999_999_999
    assert FIRST_STRANGER - FIRST_OSIS > 2_000_000


def test_names_are_of_many_languages_and_lengths() -> None:
    rng = Random(5)
    drawn = {names(rng) for _ in range(3000)}
    assert len(drawn) > 1500
    lengths = {len(first) + len(last) for first, last in drawn}
    assert min(lengths) <= 6
    assert max(lengths) >= 28
    assert any(not (first + last).isascii() for first, last in drawn)
    assert all(len(first) <= 80 and len(last) <= 80 for first, last in drawn)


def test_the_same_seed_draws_the_same_names() -> None:
    one, other = Random(9), Random(9)
    assert [names(one) for _ in range(50)] == [names(other) for _ in range(50)]
