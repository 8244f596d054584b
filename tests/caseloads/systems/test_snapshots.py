"""What CAP and SEC say can be brought in as a whole: new, changed, the same; what is not named stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from caseloads.systems.cap import snapshot as cap
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.rows import fetch
from caseloads.systems.sec import snapshot as sec
from caseloads.systems.sec.codes import SecStatus
from tests import build

pytestmark = pytest.mark.django_db

SINCE = build.NOW - timedelta(days=3)
STARTS = date(2026, 9, 10)
OSIS = 910_000_001


def in_cap(
    osis: int = OSIS, *, frequency: int = 2, status: CapStatus = CapStatus.APB, since: datetime = SINCE
) -> list[object]:
    """Return a row of CAP."""
    return [osis, 1, 1, 2, frequency, 30, 3, STARTS, None, status, None, None, since]


def in_sec(
    osis: int = OSIS, *, frequency: int = 2, since: datetime = SINCE, until: datetime | None = None
) -> list[object]:
    """Return a row of SEC."""
    return [osis, 1, 1, 2, frequency, 30, 3, SecStatus.AWAITING, None, None, since, until]


def cap_says() -> list[tuple[object, ...]]:
    """Return what CAP says."""
    return fetch("SELECT osis, frequency, status, since FROM caseloads_capmandate ORDER BY osis, since, status")


def sec_says() -> list[tuple[object, ...]]:
    """Return what SEC says."""
    return fetch("SELECT osis, frequency, from_at, until_at FROM caseloads_secline ORDER BY osis, from_at")


def test_cap_takes_new_mandates() -> None:
    assert cap.apply_snapshot([in_cap(), in_cap(OSIS + 1)]) == 2
    assert cap_says() == [(OSIS, 2, 1, SINCE), (OSIS + 1, 2, 1, SINCE)]


def test_what_cap_says_already_keeps_its_time() -> None:
    cap.apply_snapshot([in_cap()])
    assert cap.apply_snapshot([in_cap(since=build.NOW)]) == 0
    assert cap_says() == [(OSIS, 2, 1, SINCE)]


def test_cap_changes_what_is_said_otherwise_and_leaves_what_is_not_named() -> None:
    cap.apply_snapshot([in_cap(), in_cap(OSIS + 1)])
    assert cap.apply_snapshot([in_cap(frequency=3, since=build.NOW)]) == 1
    assert cap_says() == [(OSIS, 3, 1, build.NOW), (OSIS + 1, 2, 1, SINCE)]


def test_a_closed_mandate_comes_in_once_beside_the_open_one() -> None:
    rows = [in_cap(), in_cap(status=CapStatus.CLOSED, frequency=5, since=SINCE - timedelta(days=9))]
    assert cap.apply_snapshot(rows) == 2
    assert cap.apply_snapshot(rows) == 0
    assert [row[1] for row in cap_says()] == [5, 2]


def test_sec_takes_new_lines_and_their_history() -> None:
    rows = [in_sec(frequency=1, since=SINCE - timedelta(days=9), until=SINCE), in_sec()]
    assert sec.apply_snapshot(rows) == 2
    assert sec_says() == [
        (OSIS, 1, SINCE - timedelta(days=9), SINCE),
        (OSIS, 2, SINCE, None),
    ]


def test_what_sec_shows_already_stays_as_it_is() -> None:
    sec.apply_snapshot([in_sec()])
    assert sec.apply_snapshot([in_sec(since=build.NOW)]) == 0
    assert sec_says() == [(OSIS, 2, SINCE, None)]


def test_a_line_of_sec_that_changed_ends_where_the_new_one_begins() -> None:
    sec.apply_snapshot([in_sec(), in_sec(OSIS + 1)])
    assert sec.apply_snapshot([in_sec(frequency=3, since=build.NOW)]) == 1
    assert sec_says() == [
        (OSIS, 2, SINCE, build.NOW),
        (OSIS, 3, build.NOW, None),
        (OSIS + 1, 2, SINCE, None),
    ]


def test_nothing_is_a_snapshot_too() -> None:
    assert cap.apply_snapshot([]) == 0
    assert sec.apply_snapshot([]) == 0
