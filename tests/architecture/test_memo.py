"""Every rule of the memo leads to code, a test and a screen, and every name in the table exists."""

from __future__ import annotations

import pytest

from providers.checks import exists
from providers.policy.registry import DECIDING, RULE_NAMES, RULES
from tests.architecture.memo import NOT_YET, PAGE, Row, is_a_test, is_filled, names, rows

STILL_TO_COME = 3
"""How many rows may say *not yet*: this number only falls."""

ROWS = rows(PAGE.read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("row", ROWS, ids=[row.rule for row in ROWS])
DONE = "`providers.policy.rules.gate`"


def test_every_rule_has_one_row_in_order() -> None:
    assert [row.rule for row in ROWS] == list(RULE_NAMES)


def test_what_is_still_to_come_only_grows_less() -> None:
    waiting = [row.rule for row in ROWS if row.is_not_yet]
    assert len(waiting) == STILL_TO_COME, f"say so in STILL_TO_COME, and never more: {waiting}"


@EACH
def test_a_row_says_its_rule_and_fills_every_cell(row: Row) -> None:
    assert row.says.endswith(".")
    assert is_filled(row.code)
    assert is_filled(row.test)
    assert is_filled(row.screen)


@EACH
def test_the_table_and_the_registry_name_the_same_code(row: Row) -> None:
    assert names(row.code) == RULES[row.rule]


@EACH
def test_the_code_a_row_names_exists(row: Row) -> None:
    assert not [name for name in names(row.code) if not exists(name)]


@EACH
def test_the_tests_a_row_names_exist(row: Row) -> None:
    assert not [name for name in names(row.test) if not is_a_test(name)]


@EACH
def test_the_screens_a_row_names_exist(row: Row) -> None:
    screens = names(row.screen)
    assert all(name.startswith(("template:", "url:")) for name in screens)
    assert not [name for name in screens if not exists(name)]


@pytest.mark.parametrize("rule", DECIDING)
def test_a_deciding_rule_never_waits_for_code_or_test(rule: str) -> None:
    row = next(row for row in ROWS if row.rule == rule)
    assert NOT_YET not in (row.code, row.test)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("tests/architecture/test_memo.py::test_every_rule_has_one_row_in_order", True),
        ("tests/architecture/test_memo.py::test_no_such_thing", False),
        ("tests/architecture/test_memo.py::rows", False),
        ("tests/architecture/test_memo.py", False),
        ("tests/architecture/test_memos.py::test_every_rule_has_one_row_in_order", False),
        ("providers/checks.py::exists", False),
    ],
)
def test_a_test_that_does_not_exist_would_be_seen(name: str, *, found: bool) -> None:
    assert is_a_test(name) is found


def test_a_row_with_a_cell_too_few_would_be_seen() -> None:
    with pytest.raises(TypeError):
        rows("| R1 | says | code | test |")


@pytest.mark.parametrize(
    ("cell", "filled"),
    [(DONE, True), (f"{DONE} {DONE}", True), (NOT_YET, True), ("", False), ("soon", False), (f"{DONE} mostly", False)],
)
def test_a_cell_of_mere_words_would_be_seen(cell: str, *, filled: bool) -> None:
    assert is_filled(cell) is filled


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (Row("R1", "Says.", DONE, DONE, DONE), False),
        (Row("R1", "Says.", DONE, DONE, NOT_YET), True),
        (Row("R1", "Says.", NOT_YET, DONE, DONE), True),
    ],
)
def test_one_cell_that_waits_makes_the_row_wait(row: Row, *, waits: bool) -> None:
    assert row.is_not_yet is waits
