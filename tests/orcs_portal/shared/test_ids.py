from __future__ import annotations

import pytest

from orcs_portal.shared.ids import read_dbn, read_id


@pytest.mark.parametrize(("text", "read"), [("1", 1), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_an_id(text: str, read: int) -> None:
    assert read_id(text) == read


@pytest.mark.parametrize(
    "text", ["", " 1", "1\n", "-1", "+1", "1.0", "1e3", "a", "٣", "²", "9" * 19, "9" * 5000, "\x00"]
)
def test_nothing_else_is(text: str) -> None:
    assert read_id(text) is None


@pytest.mark.parametrize(
    ("text", "dbn"),
    [
        ("15K321", "15K321"),
        (" 15k ", "15K"),
        ("", ""),
        ("15K3210", ""),
        ("15-321", ""),
        ("\x00", ""),
        ("\N{ARABIC-INDIC DIGIT ONE}5K", ""),
        ("%", ""),
    ],
)
def test_the_beginning_of_a_dbn_is_read_and_nothing_else(text: str, dbn: str) -> None:
    assert read_dbn(text) == dbn
