"""What is asked for is read, or refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseloads.city.options import read_rate, read_seed, read_students


@pytest.mark.parametrize(
    ("read", "text", "meant"),
    [
        (read_students, "5000", 5000),
        (read_students, " 1 ", 1),
        (read_seed, "0", 0),
        (read_rate, "0", 0.0),
        (read_rate, "0.025", 0.025),
        (read_rate, ".2", 0.2),
    ],
)
def test_what_is_meant_is_understood(read: Callable[[str], float], text: str, meant: float) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((read_students, text) for text in ("", "0", "-5", "many", "1e3", "5.5", "2000001", "\u0665")),
        *((read_seed, text) for text in ("", "-1", "x", "1.5")),
        *((read_rate, text) for text in ("", "x", "-0.1", "0.21", "1", "nan", "inf")),
    ],
)
def test_nonsense_is_refused(read: Callable[[str], float], text: str) -> None:
    with pytest.raises(ValueError, match="not '"):
        read(text)
