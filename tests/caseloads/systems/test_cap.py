"""CAP: what a first attend marks, and what the nightly download of an IEP does to its mandates (R2, R11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from caseloads.models import CapMandate, CapNotice, Mandate
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway, DocumentLine
from caseloads.systems.contract import FirstAttend
from providers.kinds import Language, Service
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import DAY, EARLIER, cap_mandate, message

pytestmark = pytest.mark.django_db

CAP = CapGateway()
NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=build.NEW_YORK)


@pytest.fixture
def here() -> Scene:
    return scene()


def work_through(*messages: FirstAttend, night: datetime = NIGHT) -> list[int]:
    """Let CAP take messages and work through its night; return the deliveries whose effect then stands."""
    CAP.take(messages, now=build.NOW)
    return sorted(one.delivery for one in CAP.settle(now=night))


def test_a_first_attend_marks_its_mandate(here: Scene) -> None:
    row = cap_mandate(here.mandate)
    work_through(message(here.provider, here.mandate))
    row.refresh_from_db()
    assert (row.status, row.first_attend) == (CapStatus.FIRST_ATTENDED, build.TODAY)
    assert (row.provider_number, row.since) == (here.provider.number, NIGHT)
    assert (row.frequency, row.duration, row.group_size) == (3, 30, 2)
    assert CapNotice.objects.get().marked == 1


@pytest.mark.parametrize(
    ("taken", "night"),
    [
        (datetime(2026, 11, 24, 1, 59, tzinfo=build.NEW_YORK), datetime(2026, 11, 24, 2, 0, tzinfo=build.NEW_YORK)),
        (datetime(2026, 11, 24, 2, 0, tzinfo=build.NEW_YORK), NIGHT),
        (datetime(2026, 11, 24, 23, 59, tzinfo=build.NEW_YORK), NIGHT),
    ],
)
def test_what_comes_before_two_at_night_is_worked_through_that_night(
    here: Scene, taken: datetime, night: datetime
) -> None:
    sent = message(here.provider, here.mandate)
    assert CAP.take([sent], now=taken)[sent.delivery].expected == night.replace(hour=6)
    assert CapNotice.objects.get().due == night


def test_the_earliest_session_of_a_night_wins(here: Scene) -> None:
    cap_mandate(here.mandate)
    late = message(here.provider, here.mandate)
    other = build.provider(at=here.school)
    early = message(other, here.mandate, session_on=EARLIER)
    assert work_through(late, early) == [late.delivery, early.delivery]
    row = CapMandate.objects.get()
    assert (row.first_attend, row.provider_number) == (EARLIER, other.number)


def test_of_one_day_the_first_sent_wins(here: Scene) -> None:
    cap_mandate(here.mandate)
    first, second = message(here.provider, here.mandate), message(build.provider(), here.mandate)
    work_through(second, first)
    assert CapMandate.objects.get().provider_number == here.provider.number


def test_a_later_session_changes_nothing_on_another_night(here: Scene) -> None:
    cap_mandate(here.mandate)
    work_through(message(here.provider, here.mandate))
    before = CapMandate.objects.values().get()
    late = message(build.provider(), here.mandate, session_on=build.TODAY + DAY)
    assert work_through(late, night=NIGHT + DAY) == [late.delivery]
    assert CapMandate.objects.values().get() == before
    assert CapNotice.objects.get(delivery=late.delivery).marked == 0


def test_a_closed_mandate_is_history(here: Scene) -> None:
    closed = cap_mandate(here.mandate, status=CapStatus.CLOSED, ends=EARLIER)
    current = cap_mandate(here.mandate)
    work_through(message(here.provider, here.mandate))
    assert CapMandate.objects.get(pk=closed.pk).status == CapStatus.CLOSED
    assert CapMandate.objects.get(pk=closed.pk).first_attend is None
    assert CapMandate.objects.get(pk=current.pk).status == CapStatus.FIRST_ATTENDED


@pytest.mark.parametrize(
    "other", [{"osis": 900_999_999}, {"service": Service.COUNSELING}, {"language": Language.SPANISH}, {"setting": 1}]
)
def test_another_line_is_left_alone(here: Scene, other: dict[str, Any]) -> None:
    cap_mandate(here.mandate)
    row = cap_mandate(here.mandate, **other)
    work_through(message(here.provider, here.mandate))
    assert CapMandate.objects.get(pk=row.pk).status == CapStatus.ASSIGNED


def test_both_settings_are_marked_where_both_are_named(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    cap_mandate(here.mandate)
    cap_mandate(alone)
    work_through(message(here.provider, here.mandate, alone))
    assert set(CapMandate.objects.values_list("status", flat=True)) == {CapStatus.FIRST_ATTENDED}
    assert CapNotice.objects.get().marked == 2


@pytest.mark.parametrize("status", set(CapStatus) - {CapStatus.CLOSED})
def test_any_open_mandate_can_be_attended(here: Scene, status: CapStatus) -> None:
    cap_mandate(here.mandate, status=status)
    work_through(message(here.provider, here.mandate))
    assert CapMandate.objects.get().status == CapStatus.FIRST_ATTENDED


@pytest.mark.parametrize("closed", [False, True])
def test_a_notice_waits_for_a_mandate_that_has_not_come_down(here: Scene, closed: bool) -> None:
    """The IEP is still on its way: the call is not lost, and is tried again each night."""
    if closed:
        cap_mandate(here.mandate, status=CapStatus.CLOSED)
    sent = message(here.provider, here.mandate)
    assert work_through(sent) == []
    assert CAP.next_due(after=NIGHT) == NIGHT + DAY
    cap_mandate(here.mandate)
    assert work_through(night=NIGHT + DAY) == [sent.delivery]
    assert CAP.next_due(after=NIGHT + DAY) is None
    assert CapMandate.objects.exclude(status=CapStatus.CLOSED).get().since == NIGHT + DAY


def line(of: Mandate, provider_number: int | None = None) -> DocumentLine:
    """Return a mandate as the download brings it."""
    key = (of.student.osis, of.service, of.language, of.setting)
    return DocumentLine(
        *key, of.frequency, of.duration, of.group_size, of.starts, of.ends, provider_number=provider_number
    )


def bring(*lines: DocumentLine, osis: int, now: datetime = NIGHT) -> None:
    """Bring a student's final IEP down to CAP."""
    CAP.apply_documents([osis], lines, now=now)


@pytest.mark.parametrize(("number", "status"), [(None, CapStatus.APB), (500_001, CapStatus.ASSIGNED)])
def test_a_new_line_waits_for_a_provider_or_has_one(here: Scene, number: int | None, status: CapStatus) -> None:
    bring(line(here.mandate, number), osis=here.osis)
    row = CapMandate.objects.get()
    assert (row.status, row.provider_number, row.first_attend, row.since) == (status, number, None, NIGHT)


@pytest.mark.parametrize("field", ["frequency", "duration", "group_size", "starts", "ends"])
def test_what_the_iep_changes_is_changed_and_what_was_attended_stays(here: Scene, field: str) -> None:
    cap_mandate(here.mandate, status=CapStatus.FIRST_ATTENDED, first_attend=EARLIER, provider_number=500_001)
    new = date(2027, 1, 4) if field in {"starts", "ends"} else 5
    bring(replace(line(here.mandate), **{field: new}), osis=here.osis)  # type: ignore[arg-type] # one field by name
    row = CapMandate.objects.get()
    assert getattr(row, field) == new
    assert (row.status, row.first_attend, row.provider_number) == (CapStatus.FIRST_ATTENDED, EARLIER, 500_001)
    assert row.since == NIGHT


def test_an_unchanged_line_is_not_touched(here: Scene) -> None:
    before = cap_mandate(here.mandate).since
    bring(line(here.mandate), osis=here.osis)
    assert CapMandate.objects.get().since == before


def test_a_dropped_line_is_closed_and_other_students_are_not(here: Scene) -> None:
    cap_mandate(here.mandate)
    dropped = cap_mandate(here.mandate, service=Service.COUNSELING)
    other = cap_mandate(here.mandate, osis=900_999_999, service=Service.COUNSELING)
    bring(line(here.mandate), osis=here.osis)
    row = CapMandate.objects.get(pk=dropped.pk)
    assert (row.status, row.ends, row.since) == (CapStatus.CLOSED, NIGHT.date(), NIGHT)
    assert CapMandate.objects.get(pk=other.pk).status == CapStatus.ASSIGNED


def test_an_end_that_was_known_is_kept_when_a_line_is_closed(here: Scene) -> None:
    cap_mandate(here.mandate, ends=EARLIER)
    bring(osis=here.osis)
    assert CapMandate.objects.get().ends == EARLIER


def test_a_line_that_comes_back_is_a_new_row_beside_its_history(here: Scene) -> None:
    cap_mandate(here.mandate, status=CapStatus.FIRST_ATTENDED, first_attend=EARLIER)
    bring(osis=here.osis)
    bring(line(here.mandate), osis=here.osis, now=NIGHT + DAY)
    statuses = list(CapMandate.objects.order_by("id").values_list("status", "first_attend"))
    assert statuses == [(CapStatus.CLOSED, EARLIER), (CapStatus.APB, None)]


def test_a_change_is_told_once_in_its_window(here: Scene) -> None:
    """The window's start belongs to the one before, its end to this one."""
    cap_mandate(here.mandate, since=NIGHT)
    second = timedelta(seconds=1)
    assert len(CAP.changed(since=None, until=NIGHT)) == 1
    assert len(CAP.changed(since=NIGHT - second, until=NIGHT)) == 1
    assert CAP.changed(since=NIGHT, until=NIGHT + DAY) == []
    assert CAP.changed(since=None, until=NIGHT - second) == []
    (told,) = CAP.changed(since=None, until=NIGHT)
    assert told == (here.osis, 1, 1, 2, 3, 30, 2, CapStatus.ASSIGNED, None, None)
