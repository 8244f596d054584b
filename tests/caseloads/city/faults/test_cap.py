"""CAP says something else than the IEP, in one field alone; or something that no IEP says."""

from __future__ import annotations

import pytest

from caseloads.city.records import Line, Said
from caseloads.kinds import Transfer
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Language, Setting
from tests.caseloads.city.worlds import Made, make

DIFFERS, EXTRA = "CAP_FIELD_DIFFERS", "CAP_NOT_ON_IEP"
FIELDS = ("frequency", "duration", "group_size", "starts", "ends")


def different(line: Line, said: Said | None) -> set[str]:
    """Return the fields in which CAP and a line differ."""
    assert said is not None
    return {name for name in FIELDS if getattr(line, name) != getattr(said, name)}


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("another frequency", {"frequency"}),
        ("another duration", {"duration"}),
        ("another group size", {"group_size"}),
        ("begins a day earlier", {"starts"}),
        ("ends in CAP alone", {"ends"}),
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_field_differs_and_sec_says_what_cap_says(what: str, fields: set[str], seed: int) -> None:
    made = make(DIFFERS, what, seed=seed)
    assert different(made.line, made.track.cap) == fields
    cap, shown = made.track.cap, made.track.sec[-1]
    assert cap is not None
    assert (shown.frequency, shown.duration, shown.group_size) == (cap.frequency, cap.duration, cap.group_size)


def the_one(made: Made) -> tuple[Line, int, int]:
    """Return the subject's line, and the language and setting of the student's one row in CAP."""
    (track,) = made.scene.pupil.tracks
    return made.line, track.language, track.setting


def test_a_pair_in_two_languages_is_the_ieps_line() -> None:
    line, language, setting = the_one(make(DIFFERS, "the same service in another language"))
    assert (line.language, language) == (Language.ENGLISH, Language.POLISH)
    assert line.setting == setting


def test_a_pair_in_two_settings_is_the_ieps_line() -> None:
    line, language, setting = the_one(make(DIFFERS, "the same service in the other setting"))
    assert (line.setting, setting) == (Setting.INDIVIDUAL, Setting.GROUP)
    assert line.language == language


def test_a_closed_row_may_differ() -> None:
    made = make(DIFFERS, "a closed row that differs, beside the open one")
    assert made.track.closed is not None
    assert made.track.closed.status == CapStatus.CLOSED
    assert different(made.line, made.track.closed)
    assert different(made.line, made.track.cap) == set()


def test_a_difference_is_explained_by_a_version_on_its_way() -> None:
    made = make(DIFFERS, "a new version on its way explains the difference")
    assert made.scene.pupil.versions[-1].transfer == Transfer.NEVER
    assert "frequency" in different(made.line, made.track.cap)
    assert made.line.starts == made.day + 1
    assert {one.ends for one in made.scene.pupil.assigned} == {made.day, None}


@pytest.mark.parametrize(
    ("code", "what"),
    [(DIFFERS, "a student who has left"), (EXTRA, "a service of CAP alone, of a student who has left")],
)
def test_of_who_has_left_nothing_is_compared(code: str, what: str) -> None:
    made = make(code, what)
    assert made.scene.pupil.enrolled[-1].ends == made.day - 1
    assert made.track.cap is not None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_service_of_cap_alone_is_on_no_iep(seed: int) -> None:
    made = make(EXTRA, "a service that no IEP names", seed=seed)
    assert made.subject.service not in {line.service for one in made.scene.pupil.versions for line in one.lines}
    assert made.track.cap is not None
    assert made.track.cap.status != CapStatus.CLOSED
    assert made.track.sec[-1].until_at is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_service_that_ended_stays_open_in_cap(seed: int) -> None:
    made = make(EXTRA, "a service that ended on the IEP and not in CAP", seed=seed)
    assert made.line.ends is not None
    assert made.day - 10 < made.line.ends < made.day
    assert made.track.cap is not None
    assert made.track.cap.ends is None


def test_a_number_of_nobody_stands_in_cap_and_sec_alone() -> None:
    made = make(EXTRA, "a number that no student has")
    assert (made.scene.pupil.id, made.scene.pupil.osis) == (0, 970_000_001)
    assert made.subject.osis == 970_000_001
    assert made.track.cap is not None
    assert made.track.sec
    assert not made.scene.pupil.versions


def test_a_closed_row_of_no_iep_is_history() -> None:
    made = make(EXTRA, "a closed row of a service that no IEP names")
    assert made.track.cap is None
    assert made.track.closed is not None
    assert not made.track.sec


def test_the_last_day_still_counts() -> None:
    made = make(EXTRA, "a service that ends today")
    assert made.line.ends == made.day
    assert different(made.line, made.track.cap) == set()


def test_a_dropped_service_is_in_cap_until_tonight() -> None:
    made = make(EXTRA, "a new version on its way drops the service")
    old, new = made.scene.pupil.versions
    assert made.subject.service in {line.service for line in old.lines}
    assert made.subject.service not in {line.service for line in new.lines}
    assert new.transfer == Transfer.NEVER
