"""Documents that did not reach CAP: what was planted is so, and what only seems so is not."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.kinds import IepKind, IepStatus, Transfer
from tests.caseloads.city.faults.ages import is_over
from tests.caseloads.city.worlds import DAY, Made, make

MISSING, ABSENT = "CONSENT_MISSING", "IEP_NOT_IN_CAP"
DAYS = [DAY, date(2026, 9, 14), date(2027, 6, 9)]


def latest(made: Made) -> tuple[IepKind, Transfer]:
    """Return the latest final version's kind and how its transfer stands."""
    version = [one for one in made.scene.pupil.versions if one.status == IepStatus.FINAL][-1]
    assert version.until is None
    return version.kind, version.transfer


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "over"),
    [
        ("first IEP of some days ago without consent", True),
        ("first IEP of the last evening before its night, without consent", True),
        ("first IEP since the last night, without consent", False),
    ],
)
def test_a_first_iep_waits_for_consent_from_its_night_on(what: str, over: bool, day: date) -> None:
    made = make(MISSING, what, day)
    assert latest(made) == (IepKind.INITIAL, Transfer.NEVER)
    assert made.scene.pupil.consent is None
    assert not made.scene.pupil.tracks
    assert is_over(made.scene.world, made.scene.pupil.versions[-1].final) is over


def test_consent_that_was_recorded_is_no_trouble() -> None:
    made = make(MISSING, "first IEP whose consent was recorded, and which CAP has")
    assert latest(made) == (IepKind.INITIAL, Transfer.SUCCESSFUL)
    assert made.scene.pupil.consent is not None
    assert made.scene.pupil.consent[1] < made.scene.pupil.versions[-1].final
    assert made.scene.pupil.tracks


def test_an_annual_iep_needs_no_consent() -> None:
    made = make(MISSING, "annual IEP without consent, which needs none")
    assert latest(made) == (IepKind.ANNUAL, Transfer.SUCCESSFUL)
    assert made.scene.pupil.consent is None


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (MISSING, "first IEP without consent of a student who has left"),
        ("IEP_ACTION_NEEDED", "trouble with the IEP of a student who has left"),
        ("IEP_KNOWN_ISSUE", "trouble with the IEP of a student who has left"),
    ],
)
def test_who_has_left_has_no_document_in_trouble(code: str, what: str) -> None:
    made = make(code, what)
    assert made.scene.pupil.enrolled[-1].ends == made.day - 1


@pytest.mark.parametrize(
    ("code", "transfer"),
    [("IEP_ACTION_NEEDED", Transfer.ACTION_NEEDED), ("IEP_KNOWN_ISSUE", Transfer.KNOWN_ISSUE)],
)
class TestStuck:
    def test_a_first_version_is_stuck_and_cap_has_nothing(self, code: str, transfer: Transfer) -> None:
        made = make(code, "first version that CAP never had")
        assert latest(made)[1] == transfer
        assert not made.scene.pupil.tracks

    def test_a_new_version_is_stuck_while_cap_has_the_one_before(self, code: str, transfer: Transfer) -> None:
        made = make(code, "new version while CAP holds the one before")
        old, new = made.scene.pupil.versions
        assert (old.transfer, new.transfer) == (Transfer.SUCCESSFUL, transfer)
        (track,) = made.scene.pupil.tracks
        assert track.cap is not None
        assert track.cap.starts == old.starts < new.starts

    def test_the_last_night_can_have_stuck_it(self, code: str, transfer: Transfer) -> None:
        made = make(code, "new version of the last night")
        assert latest(made)[1] == transfer
        assert made.scene.pupil.versions[-1].transfer_at == made.scene.times.last_at(1)

    def test_a_superseded_version_may_be_in_any_trouble(self, code: str, transfer: Transfer) -> None:
        made = make(code, "trouble with a version that is superseded")
        assert made.scene.pupil.versions[0].transfer == transfer
        assert latest(made)[1] == Transfer.SUCCESSFUL


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "over"),
    [
        ("final, never attempted since days", True),
        ("new version, never attempted in the last night", True),
        ("final since the last night", False),
    ],
)
def test_what_was_never_attempted_is_late_from_its_night_on(what: str, over: bool, day: date) -> None:
    made = make(ABSENT, what, day)
    assert latest(made)[1] == Transfer.NEVER
    assert is_over(made.scene.world, made.scene.pupil.versions[-1].final) is over


@pytest.mark.parametrize(
    ("code", "what", "days"),
    [
        (ABSENT, "pending for five business days", 5),
        ("IEP_PENDING", "pending for four business days", 4),
        ("IEP_PENDING", "pending since the last night", 0),
    ],
)
def test_pending_counts_business_days(code: str, what: str, days: int) -> None:
    made = make(code, what, date(2026, 11, 16))  # a Monday after Veterans Day
    at = made.scene.pupil.versions[-1].transfer_at
    assert at is not None
    sent = date.fromordinal(made.scene.times.day_of(at))
    later = [date.fromordinal(one) for one in range(sent.toordinal() + 1, made.day + 1)]
    assert latest(made)[1] == Transfer.PENDING
    assert sum(one.weekday() < 5 and one != date(2026, 11, 11) for one in later) == days


@pytest.mark.parametrize(
    ("what", "over"),
    [
        ("successful, and CAP lacks a line of it", True),
        ("successful two nights ago, and CAP has nothing of it", True),
        ("successful in the last night, and CAP lacks a line of it", False),
    ],
)
def test_a_line_lost_on_the_way_shows_after_another_night(what: str, over: bool) -> None:
    made = make(ABSENT, what)
    version = made.scene.pupil.versions[-1]
    assert latest(made)[1] == Transfer.SUCCESSFUL
    assert len(made.scene.pupil.tracks) < len(version.lines)
    assert version.transfer_at is not None
    assert is_over(made.scene.world, version.transfer_at) is over


def test_a_line_that_has_ended_is_not_lacking() -> None:
    made = make(ABSENT, "successful, and the line that CAP lacks has ended")
    ended = [line for line in made.scene.pupil.versions[-1].lines if line.ends is not None]
    assert [line.ends for line in ended] == [made.day - 1]
    assert len(made.scene.pupil.tracks) == 1


def test_consent_of_today_lets_the_document_go_tonight() -> None:
    made = make(ABSENT, "first IEP whose consent was recorded since the last night")
    assert made.scene.pupil.consent is not None
    assert not is_over(made.scene.world, made.scene.pupil.consent[1])
    assert is_over(made.scene.world, made.scene.pupil.versions[-1].final)


def test_a_draft_goes_nowhere() -> None:
    made = make(ABSENT, "another version in the making, which goes nowhere yet")
    assert [one.status for one in made.scene.pupil.versions] == [IepStatus.FINAL, IepStatus.DRAFT]
    assert made.scene.pupil.versions[0].until is None
