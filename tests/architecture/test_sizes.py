"""Small modules, small functions, and more lines of tests than of code."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

from tests.architecture import tree

AIM = 1.4
"""Lines of tests per line of code, as the house wants it."""
FLOOR = 0.75
"""What was reached; it is raised as tests grow, and never lowered."""


def lines(path: Path) -> int:
    """Return the number of lines in a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def ninth(values: list[int]) -> float:
    """Return the size that nine in ten stay at or under."""
    return quantiles(values, n=10, method="inclusive")[-1]


def modules() -> list[Path]:
    """Return the modules of code that hold something."""
    return [path for path in tree.code() if lines(path)]


def test_no_module_is_long() -> None:
    long = [f"{tree.named(path)}: {lines(path)}" for path in (*tree.code(), *tree.tests()) if lines(path) > 300]
    assert not long, long


def test_modules_are_small_as_a_rule() -> None:
    sizes = [lines(path) for path in modules()]
    assert median(sizes) < 80
    assert ninth(sizes) < 200


def test_functions_are_small_as_a_rule() -> None:
    sizes = [function.length for path in tree.code() for function in tree.functions(path)]
    assert median(sizes) <= 8
    assert ninth(sizes) < 25


def weight() -> float:
    """Return the lines of tests per line of code."""
    return sum(map(lines, tree.tests())) / sum(map(lines, tree.code()))


def test_tests_do_not_fall_behind_the_code() -> None:
    assert weight() >= FLOOR, f"{weight():.2f} lines of tests per line of code; the floor is {FLOOR}, the aim {AIM}"


def test_the_ninth_decile_is_where_nine_in_ten_stay() -> None:
    assert ninth([*range(1, 11)]) == 9.1
    assert ninth([8] * 9 + [200]) < 30
