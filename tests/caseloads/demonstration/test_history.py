"""The autumn that the demonstration has lived through: what the systems say on its first morning."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db.models import F

from caseloads.demonstration import history
from caseloads.demonstration.days import BEGIN, START, at, on
from caseloads.demonstration.history import Past, Unlike, calls, live_through
from caseloads.demonstration.staff import Who
from caseloads.demonstration.writing.book import Book
from caseloads.facts import school_year
from caseloads.kinds import DeliveryState, EntryState, IepKind, IepStatus, Outcome, System, Transfer
from caseloads.models import Call, CapMandate, Delivery, Entry, Iep, Mandate, SecLine
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from orcs_portal.shared.models import PeriodicRun, Touched
from providers.kinds import Route, Service
from providers.models import CalendarDay, Provider

LATEST = {900012258, 900012287}


def current_sec(osis: int) -> set[int]:
    return set(SecLine.objects.filter(osis=osis, until_at=None).values_list("status", flat=True))


def test_every_call_was_made_by_the_portals_own_intake(borough: datetime) -> None:
    outcomes = Counter(Call.objects.values_list("outcome", flat=True))
    assert outcomes == {Outcome.ACCEPTED: 56, Outcome.REFUSED: 3, Outcome.UNLINKED: 1}
    assert set(Call.objects.filter(outcome=Outcome.REFUSED).values_list("rule", flat=True)) == {"R1", "R8", "R13"}


def test_every_accepted_call_was_delivered_to_all_three(borough: datetime) -> None:
    states = Counter(Delivery.objects.values_list("system", "state"))
    assert states == {(system, DeliveryState.DELIVERED): 56 for system in System}
    assert not Delivery.objects.exclude(attempts=0).exists()


def test_past_calls_show_everywhere_but_where_access_or_time_is_wanting(borough: datetime) -> None:
    unshown = Delivery.objects.filter(shown=None).values_list("system", "call__student__osis")
    assert set(unshown) == {
        (System.SEC, 900012258),
        (System.CAP, 900012287),
        (System.SEC, 900012287),
        (System.SESIS, 900012287),
        (System.SESIS, 900024028),
        (System.SESIS, 900036014),
    }


def test_yesterdays_call_is_in_cap_and_waits_for_sec(borough: datetime) -> None:
    cap = CapMandate.objects.get(osis=900012258)
    assert (cap.status, cap.first_attend) == (CapStatus.FIRST_ATTENDED, on(11, 23))
    assert current_sec(900012258) == {SecStatus.ASSIGNED}
    waiting = Delivery.objects.get(call__student__osis=900012258, system=System.SEC)
    assert waiting.expected == at(11, 25, 6)


def test_this_mornings_call_waits_for_all_three_inside_their_lags(borough: datetime) -> None:
    expected = dict(Delivery.objects.filter(call__student__osis=900012287).values_list("system", "expected"))
    assert set(expected) == set(System)
    assert not [one for one in expected.values() if one is None or one <= START]
    assert not Entry.objects.filter(student__osis=900012287).exists()


def test_two_entries_are_held_each_for_its_route(borough: datetime) -> None:
    held = Entry.objects.filter(state=EntryState.HELD).values_list("provider__number", "held_for")
    assert dict(held) == {Who.CASTELLANO: Route.GALAXY, Who.GREENSPAN: Route.PETS}


def test_an_entry_that_was_held_opened_on_the_morning_access_began(borough: datetime) -> None:
    entry = Entry.objects.get(provider__number=Who.BRZEZINSKI, student__osis=900024036)
    assert (entry.state, entry.since) == (EntryState.OPEN, at(10, 6, 8))
    delivery = Delivery.objects.get(call=entry.call_id, system=System.SESIS)
    assert delivery.shown == at(10, 6, 8)


def test_the_nurses_entry_was_opened_by_her_assignment_in_the_night_it_began(borough: datetime) -> None:
    entry = Entry.objects.get(provider__number=Who.QUARTEY)
    assert (entry.state, entry.call, entry.since) == (EntryState.OPEN, None, at(9, 10, 1))


def test_cap_and_sec_agree_as_after_a_clean_night(borough: datetime) -> None:
    fields = ("osis", "service", "language", "setting", "frequency", "duration", "group_size", "first_attend")
    cap = set(CapMandate.objects.exclude(status=CapStatus.CLOSED).values_list(*fields))
    sec = set(SecLine.objects.filter(until_at=None).values_list(*fields))
    assert {row[0] for row in cap ^ sec} == {900012258}


def test_cap_holds_every_governing_mandate_but_those_that_wait(borough: datetime) -> None:
    governing = set(
        Mandate.objects.filter(iep__status=IepStatus.FINAL, iep__governs__contains=on(11, 24)).values_list(
            "student__osis", "service", "language", "setting"
        )
    )
    held = set(
        CapMandate.objects.exclude(status=CapStatus.CLOSED).values_list("osis", "service", "language", "setting")
    )
    assert held <= governing
    assert {osis for osis, *_ in governing - held} == {900012063, 900012079}


def test_two_final_ieps_wait_one_for_the_night_and_one_for_consent(borough: datetime) -> None:
    waiting = Iep.objects.filter(status=IepStatus.FINAL).exclude(transfer=Transfer.SUCCESSFUL)
    assert {(one.student.last_name, IepKind(one.kind)) for one in waiting.select_related("student")} == {
        ("Gutwirth", IepKind.AMENDMENT),
        ("al-Hashimi", IepKind.INITIAL),
    }


def test_a_newer_iep_has_ended_the_older_one_the_day_before(borough: datetime) -> None:
    older, newer = Iep.objects.filter(student__osis=900012058).order_by("version")
    assert (older.governs.upper, newer.governs.lower, newer.governs.upper) == (on(11, 5), on(11, 5), None)
    assert CapMandate.objects.get(osis=900012058).frequency == 2


def test_speech_that_an_iep_dropped_is_closed_in_cap_and_gone_from_sec(borough: datetime) -> None:
    dropped = CapMandate.objects.get(osis=900012274, service=Service.SPEECH)
    assert dropped.status == CapStatus.CLOSED
    assert not SecLine.objects.filter(osis=900012274, service=Service.SPEECH, until_at=None).exists()


def test_a_student_who_moved_was_called_for_at_both_schools(borough: datetime) -> None:
    made = Call.objects.filter(student__osis=900012245, service=Service.SPEECH).order_by("received")
    assert [(one.provider.number, one.school.dbn if one.school else "") for one in made] == [
        (Who.OYELARAN, "13K998"),
        (Who.CASTELLANO, "15K999"),
    ]


def test_no_past_call_is_marked_for_the_coordinator(borough: datetime) -> None:
    assert not Call.objects.filter(on_holiday=True).exists()
    assert not Call.objects.filter(other_provider=True).exists()


def test_real_times_lie_behind_the_real_clock_as_world_times_behind_the_worlds(borough: datetime) -> None:
    offset = START - borough
    assert not [one for one in Call.objects.all() if one.received - one.recorded != offset]
    assert not Delivery.objects.exclude(delivered=F("queued")).exists()


def test_every_night_since_september_was_done_once(borough: datetime) -> None:
    nights = PeriodicRun.objects.filter(due__gt=BEGIN).values_list("task", "due")
    assert Counter(task for task, _ in nights) == {"download": 77, "cap-night": 77, "sec-night": 77}
    assert max(due for _, due in nights) < START


def test_what_the_calls_touched_is_noted(borough: datetime) -> None:
    called = set(Call.objects.exclude(student=None).values_list("student", flat=True))
    touched = set(Touched.objects.filter(kind=Touched.Kind.STUDENT).values_list("subject_id", flat=True))
    assert called <= touched


def test_past_calls_follow_one_another_on_school_days_alone(borough: datetime) -> None:
    made = calls()
    moments = [one.at for one in made]
    assert moments == sorted(set(moments))
    year = school_year(on(11, 24))
    closed = set(CalendarDay.objects.filter(school=None).values_list("date", flat=True))
    sessions = {one.session_on for one in made}
    assert not sessions & closed
    assert min(sessions) >= year.first_day
    assert not [day for day in sessions if day.weekday() > 4]


def test_nobody_calls_before_the_session_has_ended(borough: datetime) -> None:
    assert not [one for one in calls() if one.at.date() < one.session_on]


def test_a_call_that_ends_otherwise_than_told_stops_the_loading(
    borough: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeated = Past(START, Who.CASTELLANO, 900012258, Service.SPEECH, on(11, 23))
    monkeypatch.setattr(history, "_events", lambda book, offset: _only(repeated, book, offset))
    book = Book(providers={one.number: one for one in Provider.objects.all()})
    with pytest.raises(Unlike, match=r"310042 at .* was not accepted"):
        live_through(book, offset=START - borough)


def _only(past: Past, book: Book, offset: timedelta) -> list[tuple[datetime, object]]:
    return [(past.at, lambda: history._call(past, book, offset))]  # noqa: SLF001 - the one event of this test


def test_the_latest_two_calls_are_the_therapists(borough: datetime) -> None:
    newest = Call.objects.order_by("-received")[:2]
    assert {one.student.osis for one in newest if one.student} == LATEST
    assert {one.provider.number for one in newest} == {Who.CASTELLANO}
