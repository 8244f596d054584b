"""Pages of a list sorted by columns: upward and downward, with equal and empty cells, and cursors of no use."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from compliance.kinds import Code
from compliance.models import Finding
from orcs_portal.shared.pagination import Page, by_columns
from tests import build
from tests.compliance import build as rows

pytestmark = pytest.mark.django_db
SIZE = 3
UP, DOWN = ("due",), ("-opened",)
DAYS = (2, 0, 1, None, 1, 1, None, 0, None, 5)


@pytest.fixture(autouse=True)
def items() -> None:
    """Insert items that are due on equal, different and no days, some opened at once."""
    for place, days in enumerate(DAYS):
        due = None if days is None else date(2026, 11, 2) + timedelta(days=days)
        opened = build.NOW - timedelta(hours=place // 3)
        rows.found(Code.SEC_ONLY, osis=200_000_000 + place, due=due, opened=opened)


def page(order: tuple[str, ...], cursor: str = "", size: int = SIZE) -> Page[Finding]:
    """Return one page."""
    listed = Finding.objects.all()
    return by_columns(listed, order=order, cursor=cursor, size=size, total=listed.count())


def ids(of: Page[Finding]) -> list[int]:
    """Return a page's ids."""
    return [row.pk for row in of.rows]


def walk(order: tuple[str, ...]) -> list[Page[Finding]]:
    """Return every page, forward."""
    pages = [page(order)]
    while pages[-1].next:
        pages.append(page(order, pages[-1].next))
    return pages


def test_upward_what_has_no_day_comes_last() -> None:
    every = sorted(Finding.objects.all(), key=lambda one: (one.due is None, one.due or date.min, one.pk))
    assert [key for one in walk(UP) for key in ids(one)] == [one.pk for one in every]


def test_downward_the_newest_comes_first_and_of_one_moment_the_last() -> None:
    every = sorted(Finding.objects.all(), key=lambda one: (one.opened, one.pk), reverse=True)
    assert [key for one in walk(DOWN) for key in ids(one)] == [one.pk for one in every]


@pytest.mark.parametrize("order", [UP, DOWN, ("due", "opened")])
def test_the_way_back_leads_through_the_same_pages(order: tuple[str, ...]) -> None:
    pages = walk(order)
    assert [(one.first, one.last, one.total) for one in pages] == [(1, 3, 10), (4, 6, 10), (7, 9, 10), (10, 10, 10)]
    for before, after in pairwise(pages):
        back = page(order, after.previous)
        assert ids(back) == ids(before)
        assert (back.first, back.last) == (before.first, before.last)
    assert (pages[0].previous, pages[-1].next) == ("", "")


@pytest.mark.parametrize("order", [UP, DOWN])
def test_a_cursor_holds_an_id_and_nothing_else(order: tuple[str, ...]) -> None:
    first = page(order)
    assert first.next == f"a{first.rows[-1].pk}"


@pytest.mark.parametrize(
    "cursor", ["a", "b0", "a999999999", "x1", "a-1", "a1; DROP", "a" + "9" * 19, "\x00", "a\u0661"]
)
def test_a_cursor_of_no_use_is_the_first_page(cursor: str) -> None:
    assert ids(page(UP, cursor)) == ids(page(UP))


def test_past_the_last_row_is_the_first_page_too() -> None:
    last = walk(UP)[-1].rows[-1]
    assert ids(page(UP, f"a{last.pk}")) == ids(page(UP))


def test_a_row_that_left_the_list_still_marks_its_place() -> None:
    first = page(UP)
    listed = Finding.objects.exclude(pk=first.rows[-1].pk)
    second = by_columns(listed, order=UP, cursor=first.next, size=SIZE, total=9)
    assert (ids(second), second.first) == (ids(page(UP, first.next)), 3)


def test_an_empty_list_is_an_empty_page() -> None:
    none = by_columns(Finding.objects.none(), order=UP, cursor="a1", size=SIZE, total=0)
    assert (none.rows, none.first, none.last, none.pager(str)) == ([], 0, 0, None)
