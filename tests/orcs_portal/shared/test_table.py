"""A line a row for people, JSON lines for programs, and nothing else on standard output."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orcs_portal.shared.table import Cell, plain, write_table

COLUMNS = ("name", "state", "count", "reason")
ROWS: list[tuple[Cell, ...]] = [
    ("first", "waiting", 3, "SEC did not answer"),
    ("the second", "delivered", 10, ""),
]
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.dates(), st.datetimes(timezones=st.just(UTC)))


def text(rows: Sequence[Sequence[Cell]], columns: Sequence[str] = COLUMNS) -> list[str]:
    out = StringIO()
    write_table(out, columns, rows, as_json=False)
    return out.getvalue().splitlines()


def objects(rows: Sequence[Sequence[Cell]], columns: Sequence[str] = COLUMNS) -> list[dict[str, object]]:
    out = StringIO()
    write_table(out, columns, rows, as_json=True)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_columns_stand_under_one_another() -> None:
    assert text(ROWS) == [
        "first       waiting    3   SEC did not answer",
        "the second  delivered  10  -",
    ]


def test_the_last_column_is_never_padded() -> None:
    assert not [line for line in text([("a", "much longer"), ("b", "c")], ("x", "y")) if line.endswith(" ")]


def test_there_is_no_line_of_headings() -> None:
    assert text([("only", "row")], ("x", "y")) == ["only  row"]


def test_a_row_of_one_column_is_its_text() -> None:
    assert text([("alone",), ("and more",)], ("x",)) == ["alone", "and more"]


def test_no_rows_are_no_lines() -> None:
    assert text([]) == []
    assert objects([]) == []


def test_json_lines_name_every_column() -> None:
    assert objects(ROWS) == [
        {"name": "first", "state": "waiting", "count": 3, "reason": "SEC did not answer"},
        {"name": "the second", "state": "delivered", "count": 10, "reason": None},
    ]


@pytest.mark.parametrize("as_json", [True, False])
def test_it_says_how_many_rows_there_were(as_json: bool) -> None:
    assert write_table(StringIO(), COLUMNS, ROWS, as_json=as_json) == 2
    assert write_table(StringIO(), COLUMNS, [], as_json=as_json) == 0


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        objects([("only", "two")])


@pytest.mark.parametrize(
    ("cell", "said", "held"),
    [
        (None, "-", None),
        ("", "-", None),
        (0, "0", 0),
        (True, "yes", True),
        (False, "no", False),
        (date(2026, 11, 24), "2026-11-24", "2026-11-24"),
        ("one\nline\ttoo", "one line too", "one line too"),
        ("Nov\N{NO-BREAK SPACE}24,\N{NO-BREAK SPACE}2026", "Nov 24, 2026", "Nov 24, 2026"),
    ],
)
def test_a_cell_is_said_and_held(cell: Cell, said: str, held: object) -> None:
    assert text([(cell,)], ("x",)) == [said]
    assert objects([(cell,)], ("x",)) == [{"x": held}]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 12, 30, tzinfo=UTC), "2026-11-24T07:30:00-05:00"),
        (datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "2026-07-01T08:30:00-04:00"),
        (datetime(2026, 11, 24, 12, 30, 0, 999999, tzinfo=UTC), "2026-11-24T07:30:00-05:00"),
        (datetime(2026, 11, 25, 1, 0, tzinfo=timezone(timedelta(hours=2))), "2026-11-24T18:00:00-05:00"),
    ],
)
def test_a_time_is_new_yorks_with_its_zone(moment: datetime, said: str) -> None:
    assert plain(moment) == said


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5))
def test_every_row_is_one_line_that_can_be_read_back(rows: list[tuple[Cell, ...]]) -> None:
    read = objects(rows, ("a", "b", "c"))
    assert read == [{name: plain(cell) for name, cell in zip("abc", row, strict=True)} for row in rows]
    assert len(text(rows, ("a", "b", "c"))) == len(rows)


def test_json_is_plain_ascii_whatever_a_terminal_can_show() -> None:
    out = StringIO()
    write_table(out, ("name",), [("Zoë Nguyễn",)], as_json=True)
    assert out.getvalue().isascii()
    assert json.loads(out.getvalue()) == {"name": "Zoë Nguyễn"}
