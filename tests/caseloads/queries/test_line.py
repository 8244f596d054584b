"""The line of a call, stop by stop, from its rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from caseloads.kinds import DeliveryState, EntryState, Origin, Outcome, System
from caseloads.models import Call, Delivery, Entry
from caseloads.queries.line import line_of
from caseloads.queries.moment import Moment
from caseloads.queries.on_caseload import OnCaseload, on_caseload
from caseloads.queries.transit import CONSENT, TONIGHT, Transit
from caseloads.systems.sec.gateway import expected_after
from orcs_portal.shared.line import CallLine
from providers.kinds import Affiliation, Route, Service
from providers.models import Provider
from tests import build

HOUR = timedelta(hours=1)
MARKS = {"phone": "done", "ivr": "done"}


def call(outcome: Outcome = Outcome.ACCEPTED, **columns: Any) -> Call:
    """Return a call that is in no database."""
    number = {"confirmation": "40712310"} if outcome is Outcome.ACCEPTED else {"reference": "R40712288"}
    known = {"pk": 7, "origin": Origin.FORM, "service": Service.SPEECH, "received": build.NOW}
    return Call(outcome=outcome, **number | known | columns)


def row(system: System, state: DeliveryState = DeliveryState.WAITING, **columns: Any) -> Delivery:
    """Return a delivery that is in no database."""
    known = {"call_id": 7, "queued": build.NOW, "due": build.NOW}
    return Delivery(system=system, state=state, **known | columns)


def entered(state: EntryState, affiliation: Affiliation = Affiliation.DOE) -> Entry:
    """Return a caseload entry that is in no database."""
    route = Route.GALAXY if affiliation is Affiliation.DOE else Route.PETS
    held_for = route if state is EntryState.HELD else None
    return Entry(state=state, held_for=held_for, since=build.NOW, provider=Provider(affiliation=affiliation))


def line(at: Moment, *deliveries: Delivery, entries: tuple[Entry, ...] = (), may_retry: bool = False) -> CallLine:
    """Return the line of an accepted call."""
    return line_of(call(), deliveries, entries, at=at, may_retry=may_retry)


def plain(text: str) -> str:
    """Return words with plain blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_call_itself_is_done(at: Moment) -> None:
    drawn = line(at)
    assert plain(drawn.at("phone").state) == "Today, 7:41 am"
    assert plain(drawn.at("ivr").meta) == "Number 4071 2310"
    assert [drawn.at(key).mark for key in ("cap", "sec", "sesis", "caseload", "attendance")] == ["none"] * 5


@pytest.mark.parametrize("origin", Origin)
def test_every_way_in_has_its_words(at: Moment, origin: Origin) -> None:
    assert line_of(call(origin=origin), (), (), at=at).at("phone").meta


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.SENDING])
def test_on_its_way(at: Moment, state: DeliveryState) -> None:
    stop = line(at, row(System.CAP, state)).at("cap")
    assert (stop.mark, stop.state, stop.meta, stop.retry_url) == ("wait", "Waiting", "On its way.", "")


@pytest.mark.parametrize(
    ("attempts", "said", "until"),
    [
        (0, "No answer", "and go on for 24 hours."),
        (1, "Failed once", "up to 8 times in all."),
        (3, "Failed 3 times", "up to 8 times in all."),
    ],
)
def test_failed_it_says_how_often_and_for_how_long_it_is_tried(
    at: Moment, attempts: int, said: str, until: str
) -> None:
    failed = row(System.SEC, attempts=attempts, failed=build.NOW - HOUR, due=build.NOW + HOUR, reason="It is full")
    stop = line(at, failed).at("sec")
    assert plain(stop.state) == f"{said}, today, 6:41 am"
    assert plain(stop.meta).startswith("It is full. We try again today, 8:41 am")
    assert stop.meta.endswith(until)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3600, "again now,"),
        (0, "again now,"),
        (1, "again within 10 seconds,"),
        (11, "again within 20 seconds,"),
        (90, "again within 90 seconds,"),
        (91, "again today, 7:42 am,"),
    ],
)
def test_a_try_that_is_near_is_told_in_seconds_and_never_as_past(at: Moment, seconds: int, said: str) -> None:
    due = build.NOW + timedelta(seconds=seconds)
    failed = row(System.SEC, attempts=1, failed=build.NOW - 2 * HOUR, due=due, reason="Full")
    assert said in plain(line(at, failed).at("sec").meta)


@pytest.mark.parametrize("failed", [build.NOW - HOUR, None])
def test_parked_is_said_also_without_a_time_of_failure(at: Moment, failed: datetime | None) -> None:
    stop = line(at, row(System.CAP, DeliveryState.PARKED, failed=failed, reason="Rejected")).at("cap")
    assert stop.mark == "fail"
    assert stop.state.startswith("Parked, today")


@pytest.mark.parametrize("may", [True, False])
def test_trying_again_is_offered_to_those_who_may(at: Moment, may: bool) -> None:
    parked = row(System.CAP, DeliveryState.PARKED, failed=build.NOW, reason="Rejected")
    assert bool(line(at, parked, may_retry=may).at("cap").retry_url) is may


def test_taken_waits_with_a_date_and_is_late_after_it(at: Moment) -> None:
    for expected, state, tone in ((build.NOW, "Waiting", ""), (build.NOW - HOUR, "Late", "is-due")):
        stop = line(at, row(System.SEC, DeliveryState.DELIVERED, expected=expected)).at("sec")
        assert (stop.mark, stop.state, stop.tone) == ("wait", state, tone)


LATER, TOO_LATE = build.NOW + 48 * HOUR, build.NOW - HOUR
CAP_TAKEN = {"state": DeliveryState.DELIVERED}


@pytest.mark.parametrize(
    ("cap", "says"),
    [
        (CAP_TAKEN | {"expected": build.NOW}, "Waiting"),
        (CAP_TAKEN | {"expected": TOO_LATE}, "Waits for CAP"),
        ({"state": DeliveryState.WAITING}, "Waiting"),
        ({"state": DeliveryState.PARKED, "reason": "Rejected", "failed": build.NOW}, "Waits for CAP"),
    ],
)
def test_sec_promises_a_day_only_while_cap_keeps_its_own(at: Moment, cap: dict[str, Any], says: str) -> None:
    stop = line(at, row(System.CAP, **cap), row(System.SEC, **CAP_TAKEN, expected=LATER)).at("sec")
    assert stop.state == says
    assert ("Expected by" in stop.meta) is (says == "Waiting")


def test_sec_gives_up_its_day_once_a_call_that_cap_takes_now_would_miss_it(at: Moment) -> None:
    waiting = row(System.CAP)
    for expected, says in ((expected_after(build.NOW), "Waiting"), (expected_after(build.NOW) - HOUR, "Waits for CAP")):
        assert line(at, waiting, row(System.SEC, **CAP_TAKEN, expected=expected)).at("sec").state == says


def test_sec_is_not_late_within_a_day_of_a_late_cap(at: Moment) -> None:
    cap = row(System.CAP, **CAP_TAKEN, shown=build.NOW - HOUR)
    stop = line(at, cap, row(System.SEC, **CAP_TAKEN, expected=TOO_LATE)).at("sec")
    assert stop.state == "Waiting"
    assert "Expected by Thu, Nov 26, 6:00 am" in plain(stop.meta)
    long_ago = row(System.CAP, **CAP_TAKEN, shown=build.NOW - 72 * HOUR)
    assert line(at, long_ago, row(System.SEC, **CAP_TAKEN, expected=TOO_LATE)).at("sec").state == "Late"


def with_transit(at: Moment, transit: Transit, *deliveries: Delivery) -> CallLine:
    """Return the line of a call whose IEP is not in CAP yet."""
    return line_of(call(), deliveries, (), at=at, transit=transit)


def test_an_iep_that_waits_for_consent_is_the_reason_at_cap_and_sec_however_late(at: Moment) -> None:
    late = [row(system, **CAP_TAKEN, expected=TOO_LATE) for system in (System.CAP, System.SEC)]
    drawn = with_transit(at, CONSENT, *late)
    assert (drawn.at("cap").mark, drawn.at("cap").state) == ("wait", "Waits for consent")
    assert "The school records the consent." in drawn.at("cap").meta
    assert (drawn.at("sec").mark, drawn.at("sec").state) == ("wait", "Waits for CAP")
    assert drawn.summary == "CAP: waits for consent"


def test_an_iep_that_comes_down_tonight_is_said_and_keeps_the_day(at: Moment) -> None:
    stop = with_transit(at, TONIGHT, row(System.CAP, **CAP_TAKEN, expected=LATER)).at("cap")
    assert stop.state == "Waiting"
    assert "tonight's download brings the IEP (R11). Expected by Thu, Nov 26" in plain(stop.meta)


def test_what_is_late_is_named_before_what_is_only_waiting(at: Moment) -> None:
    drawn = line(at, row(System.CAP), row(System.SEC), row(System.SESIS, **CAP_TAKEN, expected=TOO_LATE))
    assert drawn.summary == "SESIS: late"


def test_awaited_was_never_sent(at: Moment) -> None:
    stop = line(at, row(System.CAP, DeliveryState.AWAITED, expected=build.NOW + HOUR)).at("cap")
    assert stop.meta.startswith("Not sent: CAP is read from extracts. Expected by")


@pytest.mark.parametrize("affiliation", [Affiliation.DOE, Affiliation.AGENCY, Affiliation.RSA])
def test_held_waits_for_access_at_sesis_and_at_the_caseload(at: Moment, affiliation: Affiliation) -> None:
    taken = row(System.SESIS, DeliveryState.DELIVERED, expected=build.NOW - HOUR)
    drawn = line(at, taken, entries=(entered(EntryState.HELD, affiliation),))
    assert (drawn.at("sesis").mark, drawn.at("sesis").state) == ("wait", "Waits for access")
    route = "Galaxy" if affiliation is Affiliation.DOE else "PETS"
    assert route in drawn.at("caseload").meta
    assert not drawn.settled


def shown() -> tuple[Delivery, ...]:
    """Return deliveries whose effects all stand."""
    return tuple(row(system, DeliveryState.DELIVERED, shown=build.NOW) for system in System)


def test_all_shown_and_open_is_settled(at: Moment) -> None:
    drawn = line(at, *shown(), entries=(entered(EntryState.OPEN),))
    assert drawn.settled
    assert drawn.at("attendance").state == "Now possible"


def test_ended_is_settled_and_promises_no_attendance(at: Moment) -> None:
    drawn = line(at, *shown(), entries=(entered(EntryState.ENDED),))
    assert drawn.settled
    assert plain(drawn.at("caseload").state) == "Ended, today, 7:41 am"
    assert drawn.at("attendance").state == "Not yet"


def test_an_open_entry_stands_before_an_ended_one(at: Moment) -> None:
    drawn = line(at, *shown(), entries=(entered(EntryState.ENDED), entered(EntryState.OPEN)))
    assert drawn.at("caseload").meta == "The student is there"


REASON = "The line ended before it arrived"


def over(system: System) -> Delivery:
    """Return a delivery that was taken too late to be shown, long after it was expected."""
    times = {"expected": build.NOW - HOUR, "ended": build.NOW}
    return row(system, DeliveryState.DELIVERED, reason=REASON, **times)


def test_over_before_it_arrived_a_stop_says_so_and_is_not_late(at: Moment) -> None:
    drawn = line(at, *map(over, System))
    for key in ("cap", "sec", "sesis"):
        stop = drawn.at(key)
        assert (stop.mark, stop.state, stop.retry_url) == ("none", "Nothing to show", "")
        assert stop.meta == f"{REASON}: no IEP mandates it any more"
    assert drawn.at("caseload").state == "Nothing to open"
    assert drawn.settled
    assert drawn.summary == "The line ended"


def test_a_line_of_which_only_a_part_is_over_goes_on(at: Moment) -> None:
    still = row(System.CAP, DeliveryState.DELIVERED, expected=build.NOW + HOUR)
    drawn = line(at, still, over(System.SEC), over(System.SESIS))
    assert not drawn.settled
    assert drawn.summary == "CAP: waiting"
    cap, sec, _ = shown()
    assert line(at, cap, sec, over(System.SESIS)).settled
    assert not line(at, cap, over(System.SEC), row(System.SESIS)).settled


@pytest.mark.parametrize(
    ("outcome", "mark", "words"), [(Outcome.REFUSED, "stop", "Refused"), (Outcome.UNLINKED, "stop", "Kept, not linked")]
)
def test_what_was_not_accepted_stops_at_the_ivr(at: Moment, outcome: Outcome, mark: str, words: str) -> None:
    drawn = line_of(call(outcome, rule="R8"), (), (), at=at)
    assert (drawn.stopped, drawn.settled) == (True, True)
    assert drawn.at("ivr").mark == mark
    assert drawn.at("ivr").state.startswith(words)
    assert {drawn.at(key).state for key in ("cap", "sec", "sesis")} == {"Not sent"}


@pytest.mark.django_db
def test_nothing_is_promised_before_sesis_has_the_call(at: Moment) -> None:
    stored = Call(pk=7, provider=Provider(affiliation=Affiliation.DOE))
    assert on_caseload(stored, at=at) == OnCaseload()
