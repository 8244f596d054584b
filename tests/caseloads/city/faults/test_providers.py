"""Nobody serves, to the day; and who served is still on a caseload."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.records import OnCaseload
from caseloads.kinds import EntryState
from caseloads.systems.cap.codes import CapStatus
from tests.caseloads.city.faults.ages import age_of_moment
from tests.caseloads.city.worlds import DAY, Made, make

AWAITS, UNREPORTED, ENDED = "AWAITING_PROVIDER", "VACANCY_NOT_REPORTED", "CASELOAD_ENDED"


def awaited(made: Made) -> int:
    """Return for how many school days CAP has awaited somebody for a line of nobody."""
    assert made.track.cap is not None
    assert (made.track.cap.status, made.track.cap.provider) == (CapStatus.APB, None)
    return age_of_moment(made.scene.world, made.track.cap.since)


@pytest.mark.parametrize("day", [DAY, date(2026, 11, 12), date(2026, 11, 29), date(2027, 6, 9)])
@pytest.mark.parametrize(
    ("code", "what", "least", "most"),
    [
        (AWAITS, "nobody assigned on the third day", 3, 3),
        (AWAITS, "nobody assigned on the tenth day", 10, 10),
        (AWAITS, "nobody assigned for some days", 3, 10),
        (AWAITS, "nobody assigned on the second day", 2, 2),
        (UNREPORTED, "nobody assigned and no vacancy on the eleventh day", 11, 11),
    ],
)
def test_school_days_without_anybody_are_counted(code: str, what: str, least: int, most: int, day: date) -> None:
    made = make(code, what, day)
    assert least <= awaited(made) <= most
    assert not made.scene.pupil.assigned
    assert not made.scene.world.contracting.vacancies


@pytest.mark.parametrize("what", ["nobody assigned since the last night"])
def test_the_first_day_is_no_day_yet(what: str) -> None:
    assert awaited(make(AWAITS, what)) == 0


def test_before_the_school_year_nothing_ages() -> None:
    made = make(AWAITS, "nobody assigned since before the school year", date(2026, 9, 16))
    assert awaited(made) == 5
    assert made.track.cap is not None
    assert made.track.cap.since < made.scene.times.on(made.scene.times.first, 0)


def test_a_summer_of_nobody_is_unreported_after_ten_days() -> None:
    made = make(UNREPORTED, "nobody assigned and no vacancy since before the school year", date(2026, 9, 28))
    assert awaited(made) == 13


@pytest.mark.parametrize(
    ("code", "what"),
    [(AWAITS, "a vacancy was logged since the last night"), (UNREPORTED, "a vacancy is open since long")],
)
def test_an_open_vacancy_names_the_line(code: str, what: str) -> None:
    made = make(code, what)
    (vacancy,) = made.scene.world.contracting.vacancies
    assert vacancy.closed is None
    assert made.line in vacancy.lines
    assert vacancy.logged <= made.scene.times.at
    assert awaited(made) > 2


def test_a_vacancy_that_was_withdrawn_is_none() -> None:
    made = make(UNREPORTED, "a vacancy that was withdrawn weeks ago")
    (vacancy,) = made.scene.world.contracting.vacancies
    assert vacancy.closed is not None
    assert vacancy.closed < made.scene.times.at
    assert awaited(made) > 10


def test_somebody_assigned_today_is_somebody() -> None:
    made = make(AWAITS, "somebody is assigned whom CAP hears of tonight")
    assert [one.starts for one in made.scene.pupil.assigned] == [made.day]
    assert awaited(made) > 2


def test_what_begins_tomorrow_needs_nobody_today() -> None:
    made = make(UNREPORTED, "an IEP that begins tomorrow")
    assert made.line.starts == made.day + 1
    assert awaited(made) > 10


def entry(made: Made) -> OnCaseload:
    """Return the one entry of the subject's provider."""
    (found,) = [one for one in made.scene.pupil.entries if one.person.number == made.subject.provider]
    return found


@pytest.mark.parametrize(
    ("what", "days_ago"), [("a student who left yesterday", 1), ("a student whose last day is today", 0)]
)
def test_who_left_yesterday_is_gone_and_who_leaves_today_is_not(what: str, days_ago: int) -> None:
    made = make(ENDED, what)
    assert made.scene.pupil.enrolled[-1].ends == made.day - days_ago
    assert entry(made).state == EntryState.OPEN


def test_an_entry_that_has_ended_is_no_trouble() -> None:
    made = make(ENDED, "a student who left, and whose entry has ended")
    assert made.scene.pupil.enrolled[-1].ends == made.day - 1
    assert entry(made).state == EntryState.ENDED


def test_a_service_that_is_over_has_gone_from_cap_and_sec() -> None:
    made = make(ENDED, "a service that ended some days ago")
    assert made.line.ends is not None
    assert made.line.ends < made.day
    assert entry(made).state == EntryState.OPEN
    assert made.track.cap is None
    assert made.track.sec[-1].until_at is not None


def test_a_dropped_service_stands_on_the_version_before_alone() -> None:
    made = make(ENDED, "a service that the new IEP has dropped")
    old, new = made.scene.pupil.versions
    assert entry(made).line in old.lines
    assert made.subject.service not in {line.service for line in new.lines}
    assert old.until is not None
    assert old.until <= made.day


def test_a_service_that_goes_on_may_stand_on_the_version_before() -> None:
    made = make(ENDED, "an entry of the IEP before, whose service goes on")
    old, new = made.scene.pupil.versions
    assert entry(made).line in old.lines
    assert made.subject.service in {line.service for line in new.lines}


def test_who_came_back_is_there() -> None:
    made = make(ENDED, "a student who came back")
    gone, back = made.scene.pupil.enrolled
    assert gone.ends is not None
    assert gone.ends < back.starts - 1
    assert back.starts <= made.day
    assert back.ends is None
