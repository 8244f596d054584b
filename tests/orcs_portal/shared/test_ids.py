from __future__ import annotations

import pytest

from orcs_portal.shared.ids import read_id


@pytest.mark.parametrize(("text", "read"), [("1", 1), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_an_id(text: str, read: int) -> None:
    assert read_id(text) == read


@pytest.mark.parametrize(
    "text", ["", " 1", "1\n", "-1", "+1", "1.0", "1e3", "a", "٣", "²", "9" * 19, "9" * 5000, "\x00"]
)
def test_nothing_else_is(text: str) -> None:
    assert read_id(text) is None
