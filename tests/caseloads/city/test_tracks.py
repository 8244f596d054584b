"""What CAP says after each turn, and what SEC shows of it a day later."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.lives import ASSIGNED, AWAITING, CONTRACTING
from caseloads.city.records import Line
from caseloads.city.times import Times, minute
from caseloads.city.tracks import Turn, said, shown, track
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from orcs_portal.shared.clock import at_local

DAY = date(2026, 11, 24).toordinal()
NOW = Times(
    minute(at_local(date(2026, 11, 24), 17)),
    date(2026, 9, 10).toordinal(),
    date(2027, 6, 25).toordinal(),
    date(2026, 9, 1).toordinal(),
    frozenset(),
)
LINE = Line(1, 1, 1, 2, 2, 30, 3, DAY - 60)
LONGER = Line(2, 1, 1, 2, 2, 45, 3, DAY - 5)


def night(days_ago: int, hour: int = 1) -> int:
    """Return a night some days ago."""
    return NOW.on(DAY - days_ago, hour)


def test_the_document_brings_the_mandate_and_nobody() -> None:
    (one,) = said([Turn(night(40), line=LINE)])
    assert (one.since, one.status, one.provider) == (night(40), AWAITING, None)
    assert (one.frequency, one.duration, one.group_size, one.starts, one.ends) == (2, 30, 3, DAY - 60, None)


def test_turns_are_told_in_their_order_whatever_order_they_come_in() -> None:
    turns = [
        Turn(night(20, 2), provider=77, first_attend=DAY - 21),
        Turn(night(30), status=ASSIGNED, provider=77),
        Turn(night(40), line=LINE),
    ]
    told = said(turns)
    assert [one.status for one in told] == [AWAITING, ASSIGNED, CapStatus.FIRST_ATTENDED]
    assert (told[-1].provider, told[-1].first_attend) == (77, DAY - 21)


def test_two_turns_of_one_night_are_one() -> None:
    told = said([Turn(night(40), line=LINE), Turn(night(40), status=ASSIGNED, provider=77)])
    assert [(one.since, one.status) for one in told] == [(night(40), ASSIGNED)]


def test_a_first_attend_stays_when_somebody_else_is_assigned_and_the_mandate_changes() -> None:
    told = said(
        [
            Turn(night(40), line=LINE),
            Turn(night(30, 2), provider=77, first_attend=DAY - 31),
            Turn(night(20), status=ASSIGNED, provider=88),
            Turn(night(6), line=LONGER),
        ]
    )
    last = told[-1]
    assert (len(told), last.status, last.provider) == (3, CapStatus.FIRST_ATTENDED, 77)
    assert (last.since, last.duration, last.first_attend) == (night(6), 45, DAY - 31)


def test_a_second_first_attend_changes_nothing() -> None:
    told = said(
        [
            Turn(night(40), line=LINE),
            Turn(night(30, 2), provider=77, first_attend=DAY - 31),
            Turn(night(20, 2), provider=88, first_attend=DAY - 21),
        ]
    )
    assert (told[-1].provider, told[-1].first_attend) == (77, DAY - 31)


def test_what_is_closed_stays_closed() -> None:
    told = said(
        [
            Turn(night(40), line=LINE),
            Turn(night(10), ends=DAY - 11),
            Turn(night(8, 2), provider=77, first_attend=DAY - 9),
        ]
    )
    assert (told[-1].status, told[-1].ends, told[-1].since) == (CapStatus.CLOSED, DAY - 11, night(10))


def test_before_the_document_nothing_is_heard() -> None:
    assert said([Turn(night(40), status=ASSIGNED, provider=77)]) == []


def test_sec_shows_what_cap_said_a_day_before() -> None:
    told = said([Turn(night(40), line=LINE), Turn(night(30), status=ASSIGNED, provider=77)])
    found = shown(told, NOW)
    assert [(one.status, one.provider) for one in found] == [(SecStatus.AWAITING, None), (SecStatus.ASSIGNED, 77)]
    assert (found[0].from_at, found[0].until_at) == (night(39, 3), night(29, 3))
    assert (found[1].from_at, found[1].until_at) == (night(29, 3), None)


@pytest.mark.parametrize(("days_ago", "shows"), [(0, 1), (1, 2)])
def test_what_cap_says_since_the_last_night_is_still_to_come(days_ago: int, shows: int) -> None:
    told = said([Turn(night(40), line=LINE), Turn(night(days_ago), status=CONTRACTING)])
    assert len(shown(told, NOW)) == shows


def test_a_change_that_sec_does_not_show_is_no_new_row() -> None:
    later = Line(3, 1, 1, 2, 2, 30, 3, DAY - 5)
    assert len(shown(said([Turn(night(40), line=LINE), Turn(night(6), line=later)]), NOW)) == 1


def test_what_was_overtaken_before_its_night_is_never_shown() -> None:
    told = said([Turn(night(40), line=LINE), Turn(night(40, 2), provider=77, first_attend=DAY - 41)])
    found = shown(told, NOW)
    assert [one.status for one in found] == [SecStatus.RECEIVING]


def test_sec_ends_what_cap_closed() -> None:
    one = track(LINE, [Turn(night(40), line=LINE), Turn(night(10), ends=DAY - 11)], NOW)
    assert one.cap is None
    assert one.closed is not None
    assert (one.closed.status, one.sec[-1].until_at) == (CapStatus.CLOSED, night(9, 3))


def test_a_track_has_its_lines_key() -> None:
    one = track(LINE, [Turn(night(40), line=LINE)], NOW)
    assert (one.service, one.language, one.setting) == (1, 1, 2)
    assert one.cap is not None
    assert one.closed is None
