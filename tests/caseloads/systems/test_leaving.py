"""Caseload entries end the day after their provider's assignment, and no others do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.kinds import EntryState, FedBy, System
from caseloads.models import Assignment, Entry, Iep, Mandate, SystemSetting
from caseloads.propagation import nightly
from caseloads.systems.sesis.documents import open_by_assignment
from caseloads.systems.sesis.leaving import end_left
from providers.kinds import Role
from providers.models import Provider
from tests import build

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = build.TODAY
LONG_AGO = build.NOW - 30 * DAY


def entry(who: Provider, line: Mandate, **columns: object) -> Entry:
    """Return an open entry that has stood for a month."""
    whole = {"state": EntryState.OPEN, "since": LONG_AGO, "school": line.student.enrolments.get().school}
    return Entry.objects.create(provider=who, mandate=line, student=line.student, **whole | columns)


def served(ends: object = TODAY - DAY) -> tuple[Assignment, Entry]:
    """Return an assignment with an end and the entry it stands for."""
    line, who = build.mandated(build.school()), build.provider()
    return build.assignment(who, line, ends=ends), entry(who, line)  # type: ignore[arg-type] # a day or none


def states() -> list[int]:
    return list(Entry.objects.order_by("pk").values_list("state", flat=True))


def test_the_day_after_the_last_one_the_entry_ends() -> None:
    row, kept = served()
    assert end_left(now=build.NOW, assignments=[row.pk]) == 1
    kept.refresh_from_db()
    assert (kept.state, kept.since) == (EntryState.ENDED, build.NOW)
    assert end_left(now=build.NOW, assignments=[row.pk]) == 0


@pytest.mark.parametrize("ends", [TODAY, TODAY + DAY, None])
def test_until_then_it_stands(ends: object) -> None:
    served(ends)
    assert end_left(now=build.NOW) == 0
    assert states() == [EntryState.OPEN]


def test_a_held_entry_ends_and_is_held_for_nothing_more() -> None:
    _, kept = served()
    Entry.objects.update(state=EntryState.HELD, held_for=1)
    end_left(now=build.NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.held_for) == (EntryState.ENDED, None)


def test_the_night_ends_those_of_every_assignment_that_ended_lately() -> None:
    served(TODAY - DAY)
    served(TODAY - 20 * DAY)
    Entry.objects.update(since=LONG_AGO)
    assert end_left(now=build.NOW) == 2


def test_somebody_elses_entry_and_one_without_an_assignment_stay() -> None:
    row, _ = served()
    entry(build.provider(), row.mandate)
    entry(row.provider, build.mandated(build.school()))
    assert end_left(now=build.NOW) == 1
    assert states() == [EntryState.ENDED, EntryState.OPEN, EntryState.OPEN]


def test_whoever_is_assigned_to_the_same_service_again_keeps_the_student() -> None:
    row, _ = served()
    group = build.mandate(row.mandate.iep, group_size=1)
    build.assignment(row.provider, group, starts=TODAY)
    assert end_left(now=build.NOW) == 0


def test_what_a_later_call_has_opened_stays() -> None:
    row, kept = served(TODAY - 10 * DAY)
    kept.since = build.NOW - 5 * DAY
    kept.save()
    assert end_left(now=build.NOW, assignments=[row.pk]) == 0


def test_an_entry_that_turned_over_to_a_new_iep_ends_with_the_assignment() -> None:
    _, kept = served()
    Iep.objects.update(governs=(build.YEAR[0], TODAY - DAY))
    kept.mandate = build.mandate(build.iep(kept.student, version=2, starts=TODAY))
    kept.save()
    assert end_left(now=build.NOW) == 1


def test_every_night_does_so() -> None:
    served()
    nightly.download(now=build.NOW)
    assert states() == [EntryState.ENDED]


def test_a_sesis_that_is_read_from_extracts_is_left_as_it_is() -> None:
    served()
    SystemSetting.objects.create(system=System.SESIS, fed_by=FedBy.EXTRACTS)
    nightly.download(now=build.NOW)
    assert states() == [EntryState.OPEN]


def test_a_nurses_entry_ends_with_her_assignment_and_the_next_night_opens_none() -> None:
    line = build.mandated(build.school())
    nurse = build.provider(role=Role.NURSE, at=line.student.enrolments.get().school)
    row = build.assignment(nurse, line, starts=TODAY - 3 * DAY)
    assert open_by_assignment(now=build.NOW - 3 * DAY) == 1
    Assignment.objects.filter(pk=row.pk).update(ends=TODAY - DAY)
    nightly.download(now=build.NOW)
    nightly.download(now=build.NOW + DAY)
    kept = Entry.objects.get()
    assert (kept.state, kept.call, kept.since) == (EntryState.ENDED, None, build.NOW)
