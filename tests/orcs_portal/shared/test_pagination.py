"""Pages by key: forward and back, rows of the same moment, and cursors that nobody wrote."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from orcs_portal.shared.models import Touched
from orcs_portal.shared.pagination import Page, newest_first, numbered
from tests import build

pytestmark = pytest.mark.django_db
SIZE = 4


def rows(moments: list[int]) -> list[int]:
    """Insert a row per moment (in minutes) and return all ids, newest first."""
    for minute in moments:
        Touched.objects.create(kind=Touched.Kind.ALL, at=build.NOW + timedelta(minutes=minute))
    return list(Touched.objects.order_by("-at", "-pk").values_list("pk", flat=True))


def page(cursor: str = "", size: int = SIZE) -> Page[Touched]:
    """Return one page."""
    return newest_first(Touched.objects.all(), field="at", cursor=cursor, size=size, total=Touched.objects.count())


def ids(of: Page[Touched]) -> list[int]:
    """Return a page's ids."""
    return [row.pk for row in of.rows]


@pytest.mark.parametrize("moments", [list(range(11)), [0] * 11, [0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 3]])
def test_forward_and_back_every_row_comes_once_and_in_order(moments: list[int]) -> None:
    every = rows(moments)
    first = page()
    second = page(first.next)
    third = page(second.next)
    assert ids(first) + ids(second) + ids(third) == every
    assert [(one.first, one.last) for one in (first, second, third)] == [(1, 4), (5, 8), (9, 11)]
    assert ids(page(third.previous)) == ids(second)
    assert ids(page(second.previous)) == ids(first)
    assert (first.previous, third.next) == ("", "")


def test_microseconds_are_kept() -> None:
    for micro in range(5):
        Touched.objects.create(kind=Touched.Kind.ALL, at=build.NOW + timedelta(microseconds=micro))
    assert len({*ids(page(size=2)), *ids(page(page(size=2).next, size=2))}) == 4


@pytest.mark.parametrize("size", [11, 12, 100])
def test_one_page_has_no_other(size: int) -> None:
    rows(list(range(11)))
    only = page(size=size)
    assert (only.first, only.last, only.previous, only.next) == (1, 11, "", "")


def test_an_empty_list_has_no_pager() -> None:
    assert page().pager(lambda cursor: cursor) is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "a", "a1", "c1-1", "a1-1", "b99999999999999999-999999999999999999", "a-1--1", "a" * 65536, "\x00", "a1-1\n"],
)
def test_a_cursor_that_is_none_or_beyond_the_rows_is_the_first_page(cursor: str) -> None:
    every = rows(list(range(6)))
    found = page(cursor)
    assert ids(found) == every[:SIZE]
    assert (found.first, found.last, found.previous) == (1, SIZE, "")


def test_a_row_that_has_gone_still_leads_on() -> None:
    every = rows(list(range(11)))
    cursor = page().next
    Touched.objects.filter(pk=every[SIZE - 1]).delete()
    assert ids(page(cursor)) == every[SIZE : 2 * SIZE]


def test_new_rows_on_top_shift_nothing_on_the_next_page() -> None:
    every = rows(list(range(11)))
    cursor = page().next
    rows([20, 21])
    second = page(cursor)
    assert ids(second) == every[SIZE : 2 * SIZE]
    assert (second.first, second.last, second.total) == (7, 10, 13)


def test_the_pager_says_how_many_come_before_and_after() -> None:
    rows(list(range(11)))
    said = page(page().next).pager(lambda cursor: f"?page={cursor}")
    assert said is not None
    assert (said["first"], said["last"], said["total"]) == (5, 8, 11)
    assert (said["previous_count"], said["next_count"]) == (4, 3)
    assert said["next_url"].startswith("?page=a")
    assert said["previous_url"].startswith("?page=b")


def test_a_cursor_holds_a_moment_and_a_surrogate_id() -> None:
    every = rows([0, 1, 2, 3, 4])
    last = Touched.objects.get(pk=every[3])
    epoch = datetime.fromtimestamp(0, tz=last.at.tzinfo)
    assert page().next == f"a{(last.at - epoch) // timedelta(microseconds=1)}-{last.pk}"


@pytest.mark.parametrize(
    ("asked", "shown", "previous", "further"),
    [
        ("", "abcd", "", "2"),
        ("1", "abcd", "", "2"),
        ("2", "efgh", "1", "3"),
        ("3", "i", "2", ""),
        ("4", "abcd", "", "2"),
        ("0", "abcd", "", "2"),
        ("-1", "abcd", "", "2"),
        ("two", "abcd", "", "2"),
    ],
)
def test_rows_at_hand_are_turned_by_number(asked: str, shown: str, previous: str, further: str) -> None:
    found = numbered("abcdefghi", page=asked, size=SIZE)
    assert ("".join(found.rows), found.previous, found.next, found.total) == (shown, previous, further, 9)
    assert "abcdefghi"[found.first - 1 : found.last] == shown


def test_no_rows_at_hand_are_no_pages() -> None:
    assert numbered([], page="2", size=SIZE) == Page([], 0, 0, 0, SIZE, "", "")
