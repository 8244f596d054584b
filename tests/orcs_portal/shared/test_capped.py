"""Counts up to a limit: exact below it, said as such above it, and pages that go on past it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orcs_portal.shared import capped
from orcs_portal.shared.capped import Capped, count_up_to_most
from orcs_portal.shared.models import Touched
from orcs_portal.shared.pagination import newest_first
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capped, "MOST", 10)


def rows(number: int) -> None:
    """Insert so many rows, a minute apart."""
    for minute in range(number):
        Touched.objects.create(kind=Touched.Kind.ALL, at=build.NOW + timedelta(minutes=minute))


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (9, "9"), (10, "10"), (11, "10+"), (30, "10+")])
def test_a_list_is_counted_exactly_up_to_the_limit_and_then_said_to_hold_more(number: int, said: str) -> None:
    rows(number)
    counted = count_up_to_most({"all": Touched.objects.all()})["all"]
    assert str(counted) == said
    assert counted == min(number, 11)
    assert counted.over is (number > 10)


def test_lists_are_counted_in_one_query_each_with_its_own_condition(django_assert_num_queries: object) -> None:
    rows(4)
    last = Touched.objects.order_by("-at")[:1].get()
    lists = {
        "all": Touched.objects.order_by("at"),
        "last": Touched.objects.filter(at__gte=last.at),
        "none": Touched.objects.none(),
        "distinct": Touched.objects.values("kind").distinct(),
    }
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's fixture
        counted = count_up_to_most(lists)
    assert counted == {"all": 4, "last": 1, "none": 0, "distinct": 1}


def test_lists_that_cannot_hold_anything_cost_no_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # as above
        assert count_up_to_most({"none": Touched.objects.none()}) == {"none": 0}


def test_pages_go_on_past_the_limit_to_the_last_row_and_back() -> None:
    rows(25)
    total = count_up_to_most({"all": Touched.objects.all()})["all"]
    cursor, seen, pagers = "", [], []
    while True:
        page = newest_first(Touched.objects.all(), field="at", cursor=cursor, size=4, total=total)
        seen += [row.pk for row in page.rows]
        pagers.append(page.pager(lambda one: one))
        if not page.next:
            break
        cursor = page.next
    assert seen == list(Touched.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    assert (page.first, page.last, str(page.total)) == (25, 25, "10+")
    assert [pager["next_count"] for pager in pagers if pager] == [4] * 7
    back = newest_first(Touched.objects.all(), field="at", cursor=page.previous, size=4, total=total)
    assert (back.first, back.last, bool(back.next)) == (21, 24, True)


def test_a_number_that_is_not_above_the_limit_is_said_as_it_is() -> None:
    assert [str(Capped(number)) for number in (0, 7, 10)] == ["0", "7", "10"]
