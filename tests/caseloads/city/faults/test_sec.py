"""SEC says something else than CAP said a day ago: to the minute, and not a minute before."""

from __future__ import annotations

import pytest

from caseloads.city.records import Track
from caseloads.city.tracks import WORDS
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Service
from tests.caseloads.city.faults.ages import hours
from tests.caseloads.city.worlds import Made, make

STALE, WAITS, ONLY = "SEC_STALE", "SEC_WAITING", "SEC_ONLY"


def different(track: Track) -> set[str]:
    """Return in what SEC's row and CAP's differ."""
    cap, shown = track.cap, track.sec[-1]
    assert cap is not None
    pairs = {
        "frequency": (cap.frequency, shown.frequency),
        "duration": (cap.duration, shown.duration),
        "group_size": (cap.group_size, shown.group_size),
        "status": (WORDS[cap.status], shown.status),
        "provider": (cap.provider, shown.provider),
        "first_attend": (cap.first_attend, shown.first_attend),
    }
    return {name for name, (one, other) in pairs.items() if one != other}


def behind(made: Made) -> float:
    """Return for how many hours CAP has said what it says."""
    assert made.track.cap is not None
    return hours(made.scene.world, made.track.cap.since)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("another frequency than CAP", {"frequency"}),
        ("another provider than CAP", {"provider"}),
        ("another first attend than CAP", {"first_attend"}),
        ("still awaiting where CAP has somebody assigned", {"status", "provider"}),
        ("behind for a day to the minute", {"duration"}),
    ],
)
def test_sec_is_behind_for_a_day_or_more(what: str, fields: set[str], seed: int) -> None:
    made = make(STALE, what, seed=seed)
    assert different(made.track) == fields
    assert behind(made) >= 24


def test_a_day_is_a_day_to_the_minute() -> None:
    assert behind(make(STALE, "behind for a day to the minute")) == 24
    made = make(WAITS, "behind for a day less a minute")
    assert different(made.track) == {"duration"}
    assert 23.9 < behind(made) < 24


def test_the_nurses_line_is_assigned_in_cap() -> None:
    made = make(STALE, "still awaiting where CAP has somebody assigned")
    assert made.subject.service == Service.NURSE
    assert made.track.cap is not None
    assert made.track.cap.status == CapStatus.ASSIGNED


def test_sec_may_lack_a_line_altogether() -> None:
    made = make(STALE, "nothing of what CAP has")
    assert made.track.sec == []
    assert behind(made) > 24


def test_what_is_new_in_cap_is_still_to_come_to_sec() -> None:
    made = make(WAITS, "nothing yet of what CAP has since the last night")
    assert made.track.sec == []
    assert behind(made) == 16


def test_what_sec_does_not_show_may_differ() -> None:
    assert different(make(STALE, "another first day than CAP, which SEC does not show").track) == set()


@pytest.mark.parametrize("code", [STALE, ONLY])
def test_of_who_has_left_nothing_is_compared(code: str) -> None:
    what = {STALE: "a student who has left", ONLY: "a service of SEC alone, of a student who has left"}[code]
    made = make(code, what)
    assert made.scene.pupil.enrolled[-1].ends == made.day - 1


def closed_for(made: Made) -> float:
    """Return for how many hours CAP's row has been closed."""
    assert made.track.cap is None
    assert made.track.closed is not None
    assert made.track.closed.status == CapStatus.CLOSED
    return hours(made.scene.world, made.track.closed.since)


def test_sec_shows_what_cap_never_had() -> None:
    made = make(ONLY, "a service that CAP never had")
    assert (made.track.cap, made.track.closed) == (None, None)
    assert made.track.sec[-1].until_at is None


def test_sec_shows_what_cap_closed_a_day_ago() -> None:
    assert closed_for(make(ONLY, "closed in CAP for a day to the minute")) == 24
    assert closed_for(make(ONLY, "closed in CAP since days")) > 72
    assert 23.9 < closed_for(make(WAITS, "closed in CAP for a day less a minute")) < 24


def test_sec_knows_a_number_that_nobody_has() -> None:
    made = make(ONLY, "a number that no student has")
    assert made.scene.pupil.id == 0
    assert (made.track.cap, made.track.closed) == (None, None)


def test_what_sec_shows_no_longer_is_no_trouble() -> None:
    made = make(ONLY, "shown once and no longer")
    assert made.track.sec[-1].until_at is not None
    assert closed_for(made) > 72
