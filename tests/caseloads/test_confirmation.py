"""Confirmation numbers and references: drawn, checked, read and said."""

from __future__ import annotations

import random
import secrets
from unittest.mock import create_autospec

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from caseloads import confirmation
from caseloads.confirmation import is_number, is_reference, new_number, new_reference, read
from orcs_portal.shared.say import group_number

numbers = st.integers().map(lambda seed: new_number(random.Random(seed)))
places = st.integers(0, 7)
digits = st.sampled_from("0123456789")


@given(number=numbers)
def test_a_number_has_eight_digits_and_a_check_digit(number: str) -> None:
    assert len(number) == 8
    assert number.isascii()
    assert number.isdigit()
    assert damm.validate(number) == number
    assert is_number(number)


@given(number=numbers)
def test_a_number_never_begins_with_a_zero_that_a_spreadsheet_would_drop(number: str) -> None:
    assert str(int(number)) == number


@given(number=numbers, place=places, digit=digits)
def test_one_wrong_digit_is_caught(number: str, place: int, digit: str) -> None:
    heard = number[:place] + digit + number[place + 1 :]
    assert is_number(heard) is (heard == number)


@given(number=numbers, place=st.integers(0, 6))
def test_swapped_neighbors_are_caught(number: str, place: int) -> None:
    heard = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_number(heard) is (heard == number)


def thirteens_for_thirties(number: str) -> list[str]:
    """Return what becomes of a number when one pair of digits such as 30 is heard as 13."""
    pairs = [(place, number[place]) for place in range(7) if number[place + 1] == "0" and number[place] in "3456789"]
    return [f"{number[:place]}1{digit}{number[place + 2 :]}" for place, digit in pairs]


def test_thirteen_for_thirty_is_nearly_always_caught() -> None:
    rng = random.Random(20261124)
    heard = [slip for _ in range(20_000) for slip in thirteens_for_thirties(new_number(rng))]
    passed = sum(is_number(slip) for slip in heard)
    assert len(heard) > 5_000
    assert passed / len(heard) < 0.05


def test_the_draw_decides_the_number() -> None:
    assert new_number(random.Random(7)) == new_number(random.Random(7))
    assert new_number(random.Random(7)) != new_number(random.Random(8))


def test_the_systems_own_randomness_can_be_drawn_from() -> None:
    drawn = {new_number(secrets.SystemRandom()) for _ in range(200)}
    assert len(drawn) > 190
    assert all(is_number(number) for number in drawn)


def test_draws_are_spread_over_the_whole_range() -> None:
    rng = random.Random(1)
    assert {new_number(rng)[0] for _ in range(500)} == set("123456789")


def test_the_first_and_the_last_number_can_be_drawn() -> None:
    rng = create_autospec(random.Random, instance=True)
    rng.randrange.side_effect = min
    assert new_number(rng).startswith("1000000")
    rng.randrange.side_effect = lambda start, stop: max(start, stop - 1)
    assert new_number(rng).startswith("9999999")


@pytest.mark.parametrize(
    "text", ["", "4071229", "407122966", "4071 229", "٤٠٧١٢٢٩٦", "R4071229", "4071229x", "-4071229", "00000000"]
)
def test_anything_else_is_no_number(text: str) -> None:
    assert not is_number(text)


def test_a_trailing_line_break_is_no_part_of_a_number() -> None:
    assert not is_number(new_number(random.Random(3)) + "\n")


@given(seed=st.integers())
def test_a_reference_is_r_and_a_number_and_never_a_confirmation(seed: int) -> None:
    reference = new_reference(random.Random(seed))
    assert reference == f"R{new_number(random.Random(seed))}"
    assert is_reference(reference)
    assert not is_number(reference)


@pytest.mark.parametrize("text", ["", "R", "R4071229", "S40712296", "RR4071229"])
def test_anything_else_is_no_reference(text: str) -> None:
    assert not is_reference(text)


def test_a_number_without_its_letter_is_no_reference() -> None:
    assert not is_reference(new_number(random.Random(5)))


@given(number=numbers)
def test_what_is_shown_can_be_read_back(number: str) -> None:
    for text in (number, f"R{number}"):
        assert read(group_number(text)) == text


def test_a_person_may_write_blanks_dashes_and_a_small_letter() -> None:
    number = new_number(random.Random(11))
    assert read(f" {number[:4]} {number[4:]} ") == number
    assert read(f"{number[:2]}-{number[2:4]}-{number[4:]}") == number
    assert read(f"r {number}") == f"R{number}"


@pytest.mark.parametrize("text", ["", "4071", "any words at all", "900012087", "r"])
def test_what_is_neither_reads_as_nothing(text: str) -> None:
    assert read(text) is None


def test_the_length_is_the_memos() -> None:
    assert confirmation.LENGTH == 8
