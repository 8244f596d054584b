"""Pages by their numbers."""

from __future__ import annotations

import pytest

from orcs_portal.shared.numbering import Numbered, numbered


def address(number: str) -> str:
    return f"/list/?page={number}" if number else "/list/"


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("1", 1), ("2", 2), ("3", 3), ("4", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 5000, 1), ("\x00", 1)],
)
def test_a_page_that_is_none_is_the_first_and_one_beyond_the_end_the_last(asked: str, number: int) -> None:
    assert numbered(asked, size=25, total=60).number == number


def test_an_empty_list_has_one_page_and_no_pager() -> None:
    page = numbered("7", size=25, total=0)
    assert page.number == 1
    assert page.pager(address) is None


def test_pages_cut_the_list_without_gap_or_overlap() -> None:
    rows = list(range(60))
    assert [row for number in (1, 2, 3) for row in rows[Numbered(number, 25, 60).rows]] == rows


def test_the_first_page_leads_on_only() -> None:
    assert Numbered(1, 25, 60).pager(address) == {
        "first": 1,
        "last": 25,
        "total": 60,
        "previous_url": "",
        "previous_count": 25,
        "next_url": "/list/?page=2",
        "next_count": 25,
    }


def test_the_last_page_leads_back_only_and_says_how_many_there_were() -> None:
    pager = Numbered(3, 25, 60).pager(address)
    assert pager is not None
    assert (pager["first"], pager["last"]) == (51, 60)
    assert (pager["previous_url"], pager["next_url"]) == ("/list/?page=2", "")
    middle = Numbered(2, 25, 60).pager(address)
    assert middle is not None
    assert (middle["previous_url"], middle["next_url"], middle["next_count"]) == ("/list/", "/list/?page=3", 10)


def test_a_list_of_one_full_page_leads_nowhere() -> None:
    pager = Numbered(1, 25, 25).pager(address)
    assert pager is not None
    assert (pager["last"], pager["previous_url"], pager["next_url"]) == (25, "", "")
