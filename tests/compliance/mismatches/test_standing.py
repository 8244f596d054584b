"""What was open before, and what became of it: the account adds up whatever happened in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q

from compliance.kinds import Code, Condition, EventKind
from compliance.mismatches import standing as how
from compliance.models import Finding
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place

LOOK = build.NOW - timedelta(hours=16)
AFTER = LOOK + timedelta(hours=1)
LATER = LOOK + timedelta(hours=2)
BEFORE = LOOK - timedelta(days=1)


def made(here: Place, **columns: Any) -> Finding:
    return rows.differing(build.mandated(here.school), **columns)


def history(here: Place) -> dict[str, Finding]:
    """Return one finding for everything that may happen around a look."""
    back = {"regressed": AFTER, "opened": AFTER, "times_back": 1}
    both = made(here, regressed=LATER, opened=LATER, times_back=1)
    rows.event(both, EventKind.SETTLED, AFTER)
    rows.event(both, EventKind.CAME_BACK, LATER)
    came_back = made(here, **back)
    rows.event(came_back, EventKind.SETTLED, BEFORE)
    return {
        "stayed": made(here),
        "stayed, handed over since": made(here, **rows.handed_over(here.user)),
        "stayed, came back long ago": made(here, opened=BEFORE, regressed=BEFORE, times_back=1),
        "stayed, away for an hour": both,
        "new": made(here, opened=AFTER),
        "new and handed over": made(here, opened=AFTER, **rows.handed_over(here.user)),
        "came back": came_back,
        "settled": made(here, **rows.settled(AFTER)),
        "settled, handed over": made(here, **rows.handed_over(here.user), **rows.settled(AFTER)),
        "acknowledged": made(here, **rows.acknowledged(here.user, AFTER)),
        "waiting again": made(here, condition=Condition.WAITING, until=build.NOW + timedelta(days=1)),
        "came and went": made(here, opened=AFTER, **rows.settled(LATER)),
        "only ever waited": made(here, **rows.waiting()),
        "settled long ago": made(here, **rows.settled(BEFORE)),
        "acknowledged long ago": made(here, **rows.acknowledged(here.user, BEFORE)),
        "acknowledged long ago, settled since": made(
            here, **rows.acknowledged(here.user, BEFORE), **rows.settled(AFTER)
        ),
        "new and acknowledged": made(here, opened=AFTER, **rows.acknowledged(here.user, LATER)),
    }


def named(those: dict[str, Finding], condition: Q) -> set[str]:
    """Return the names of the findings that a condition holds for."""
    found = set(Finding.objects.filter(condition).values_list("pk", flat=True))
    return {name for name, one in those.items() if one.pk in found}


@pytest.fixture
def those(here: Place) -> dict[str, Finding]:
    return history(here)


STAYED = {"stayed", "stayed, handed over since", "stayed, came back long ago", "stayed, away for an hour"}


def test_what_is_open_now_is_what_is_not_finished(those: dict[str, Finding]) -> None:
    assert named(those, how.unfinished()) == STAYED | {"new", "new and handed over", "came back"}


def test_every_line_of_the_account_holds_what_it_says(those: dict[str, Finding]) -> None:
    assert named(those, how.new_since(LOOK)) == {"new", "new and handed over"}
    assert named(those, how.came_back_since(LOOK)) == {"came back"}
    assert named(those, how.settled_since(LOOK)) == {"settled", "settled, handed over"}
    assert named(those, how.acknowledged_since(LOOK)) == {"acknowledged"}
    assert named(those, how.waits_again_since(LOOK)) == {"waiting again"}


def test_what_was_open_before_stayed_or_stands_in_one_of_the_lines(those: dict[str, Finding]) -> None:
    gone = {"settled", "settled, handed over", "acknowledged", "waiting again"}
    assert named(those, how.open_at(LOOK)) == STAYED | gone


@pytest.mark.parametrize("hours", [0, 1, 2, 15, 17, 24 * 8, 24 * 100])
def test_the_account_adds_up_from_any_moment_on(those: dict[str, Finding], hours: int) -> None:
    since = build.NOW - timedelta(hours=hours)
    count = {
        line: Finding.objects.filter(condition(since)).count()
        for line, condition in {
            "before": how.open_at,
            "new": how.new_since,
            "back": how.came_back_since,
            "settled": how.settled_since,
            "acknowledged": how.acknowledged_since,
            "waiting": how.waits_again_since,
        }.items()
    }
    gone = count["settled"] + count["acknowledged"] + count["waiting"]
    now = Finding.objects.filter(how.unfinished()).count()
    assert count["before"] + count["new"] + count["back"] - gone == now


@pytest.mark.parametrize(("days", "is_due"), [(-1, True), (0, True), (1, False)])
def test_what_was_handed_over_is_to_do_again_from_its_date_on(here: Place, days: int, *, is_due: bool) -> None:
    row = made(here, **rows.handed_over(here.user, look_again=build.TODAY + timedelta(days=days)))
    assert Finding.objects.filter(how.to_do(build.TODAY), pk=row.pk).exists() is is_due


def test_what_is_open_and_in_nobodys_hands_is_to_do(those: dict[str, Finding]) -> None:
    handed = {name for name in named(those, how.unfinished()) if "handed over" in name}
    assert named(those, how.to_do(build.TODAY)) == named(those, how.unfinished()) - handed


@pytest.mark.parametrize(("due", "late"), [(-1, True), (0, False), (1, False)])
def test_an_item_is_overdue_from_the_day_after_its_last_day(here: Place, due: int, *, late: bool) -> None:
    row = made(here, due=build.TODAY + timedelta(days=due))
    assert Finding.objects.filter(how.overdue(build.TODAY), pk=row.pk).exists() is late


def test_only_what_settled_within_a_week_is_recent(here: Place) -> None:
    fresh = made(here, **rows.settled(build.NOW - how.RECENT + timedelta(minutes=1)))
    made(here, **rows.settled(build.NOW - how.RECENT))
    assert list(Finding.objects.filter(how.recently_settled(build.NOW))) == [fresh]


def test_a_nurse_who_makes_no_call_is_nobodys_work(here: Place) -> None:
    rows.on_line(Code.NURSE_EXEMPT, build.mandated(here.school), condition=Condition.EXEMPT, opened=None, due=None)
    assert not Finding.objects.filter(how.unfinished()).exists()
