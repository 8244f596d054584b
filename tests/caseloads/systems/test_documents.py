"""Finalising an IEP in SESIS: the new version governs, and caseloads follow it (R10, R11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.models import Assignment, Entry, Iep, Mandate
from caseloads.systems.sesis import documents
from caseloads.systems.sesis.documents import CannotFinalise, Document
from providers.kinds import Route, Service
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NEXT_NIGHT = build.NOW + timedelta(hours=18)


@pytest.fixture
def here() -> Scene:
    return scene()


def draft(here: Scene, *, starts: date = build.TODAY, version: int = 2, kind: IepKind = IepKind.ANNUAL) -> Iep:
    """Return a draft for the scene's student that goes on with the speech mandate."""
    row = build.iep(here.mandate.student, version=version, status=IepStatus.DRAFT, starts=starts, kind=kind)
    build.mandate(row, frequency=1)
    return row


def finalise(iep: Iep) -> Iep:
    """Make it final now."""
    return documents.finalise(iep_id=iep.pk, by=None, now=build.NOW)


def entry(of: Mandate, provider: Provider, state: EntryState = EntryState.OPEN) -> Entry:
    """Put a mandate on a provider's caseload."""
    return Entry.objects.create(
        mandate=of,
        student=of.student,
        provider=provider,
        school=of.student.enrolments.get().school,
        state=state,
        held_for=Route.GALAXY if state == EntryState.HELD else None,
        since=build.NOW - DAY,
    )


def test_a_final_iep_governs_from_its_start_and_waits_for_its_download(here: Scene) -> None:
    by = build.user()
    row = documents.finalise(iep_id=draft(here).pk, by=by, now=build.NOW)
    assert (row.status, row.finalised, row.finalised_by) == (IepStatus.FINAL, build.NOW, by)
    assert row.governs == DateRange(build.TODAY, None)
    assert (row.transfer, row.transfer_at) == (Transfer.NEVER, None)


def governing(here: Scene, day: date) -> list[Iep]:
    """Return the IEPs that govern for the scene's student on a day."""
    return list(Iep.objects.filter(student=here.mandate.student, governs__contains=day))


def test_the_older_version_governs_up_to_the_day_before(here: Scene) -> None:
    new, old = finalise(draft(here)), here.mandate.iep
    assert governing(here, build.TODAY - DAY) == [old]
    assert governing(here, build.TODAY) == [new]
    assert governing(here, old.starts - DAY) == []


def test_the_first_iep_of_a_student_ends_nothing() -> None:
    student = build.student(build.school())
    row = build.iep(student, status=IepStatus.DRAFT, kind=IepKind.INITIAL)
    build.mandate(row)
    assert finalise(row).governs == DateRange(row.starts, None)


def test_a_third_version_leaves_the_first_as_it_was(here: Scene) -> None:
    second = finalise(draft(here, starts=date(2026, 10, 1)))
    third = finalise(draft(here, version=3))
    spans = [Iep.objects.get(pk=one.pk).governs for one in (here.mandate.iep, second, third)]
    assert [(span.lower, span.upper) for span in spans] == [
        (build.YEAR[0], date(2026, 10, 1)),
        (date(2026, 10, 1), build.TODAY),
        (build.TODAY, None),
    ]


def test_a_final_one_is_not_finalised_again(here: Scene) -> None:
    with pytest.raises(CannotFinalise, match="final already"):
        finalise(here.mandate.iep)


def test_an_iep_without_a_mandate_is_not_final(here: Scene) -> None:
    empty = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT)
    with pytest.raises(CannotFinalise, match="names no mandate"):
        finalise(empty)


@pytest.mark.parametrize("starts", [build.YEAR[0], build.YEAR[0] - DAY])
def test_one_that_starts_no_later_than_the_one_in_force_is_refused_whole(here: Scene, starts: date) -> None:
    row = draft(here, starts=starts)
    with pytest.raises(CannotFinalise):
        finalise(row)
    assert Iep.objects.get(pk=row.pk).status == IepStatus.DRAFT
    assert here.mandate.iep.governs == Iep.objects.get(pk=here.mandate.iep_id).governs


def test_an_assignment_of_a_line_that_goes_on_moves_to_the_new_version(here: Scene) -> None:
    new = finalise(draft(here))
    old, moved = Assignment.objects.order_by("id")
    assert (old.mandate, old.ends) == (here.mandate, build.TODAY - DAY)
    assert (moved.mandate, moved.provider, moved.starts, moved.ends) == (
        new.mandates.get(),
        here.provider,
        build.TODAY,
        None,
    )


def test_an_assignment_that_ended_stays_history(here: Scene) -> None:
    Assignment.objects.update(ends=build.TODAY - 3 * DAY)
    finalise(draft(here))
    row = Assignment.objects.get()
    assert (row.mandate, row.ends) == (here.mandate, build.TODAY - 3 * DAY)


def test_an_assignment_that_began_after_the_new_start_keeps_its_start(here: Scene) -> None:
    Assignment.objects.update(starts=build.TODAY)
    finalise(draft(here, starts=date(2026, 10, 1)))
    old, moved = Assignment.objects.order_by("id")
    assert (old.starts, old.ends) == (build.TODAY, build.TODAY)
    assert moved.starts == build.TODAY


@pytest.mark.parametrize("state", [EntryState.OPEN, EntryState.HELD])
def test_a_caseload_entry_follows_its_line(here: Scene, state: EntryState) -> None:
    row = entry(here.mandate, here.provider, state)
    new = finalise(draft(here))
    row.refresh_from_db()
    assert (row.mandate, row.state, row.since) == (new.mandates.get(), state, build.NOW - DAY)


@pytest.mark.parametrize("state", [EntryState.OPEN, EntryState.HELD])
def test_an_entry_and_an_assignment_of_a_dropped_line_end(here: Scene, state: EntryState) -> None:
    dropped = build.mandate(here.mandate.iep, Service.COUNSELING)
    build.assignment(here.provider, dropped)
    row = entry(dropped, here.provider, state)
    finalise(draft(here))
    row.refresh_from_db()
    assert (row.mandate, row.state, row.held_for, row.since) == (dropped, EntryState.ENDED, None, build.NOW)
    assert Assignment.objects.get(mandate=dropped).ends == build.TODAY - DAY


def test_a_setting_that_is_exchanged_takes_entry_and_assignment_along(here: Scene) -> None:
    row = entry(here.mandate, here.provider)
    new = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    alone = build.mandate(new, group_size=1)
    finalise(new)
    row.refresh_from_db()
    assert (row.mandate, row.state) == (alone, EntryState.OPEN)
    assert Assignment.objects.get(ends=None).mandate == alone


def test_of_two_settings_the_one_that_is_dropped_ends(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    build.assignment(here.provider, alone)
    dropped, kept = entry(alone, here.provider), entry(here.mandate, here.provider)
    new = finalise(draft(here))
    dropped.refresh_from_db()
    kept.refresh_from_db()
    assert (dropped.mandate, dropped.state) == (alone, EntryState.ENDED)
    assert (kept.mandate, kept.state) == (new.mandates.get(), EntryState.OPEN)
    assert Assignment.objects.get(ends=None).mandate == new.mandates.get()


def test_a_setting_that_is_added_takes_nothing_from_the_other(here: Scene) -> None:
    row = entry(here.mandate, here.provider)
    new = draft(here)
    build.mandate(new, group_size=1)
    finalise(new)
    row.refresh_from_db()
    assert row.mandate.group_size == 2
    assert Entry.objects.count() == 1


def test_an_entry_turns_over_on_the_day_the_new_iep_begins(here: Scene) -> None:
    dropped = build.mandate(here.mandate.iep, Service.COUNSELING)
    goes_on, ends = entry(here.mandate, here.provider), entry(dropped, here.provider)
    tomorrow = build.TODAY + DAY
    new = finalise(draft(here, starts=tomorrow))
    documents.turn_over(now=build.NOW)
    for row in (goes_on, ends):
        row.refresh_from_db()
        assert (row.mandate.iep, row.state) == (here.mandate.iep, EntryState.OPEN)
    documents.turn_over(now=NEXT_NIGHT)
    goes_on.refresh_from_db()
    ends.refresh_from_db()
    assert (goes_on.mandate, goes_on.state) == (new.mandates.get(), EntryState.OPEN)
    assert (ends.state, ends.since) == (EntryState.ENDED, NEXT_NIGHT)


def test_other_students_keep_everything(here: Scene) -> None:
    other = build.mandated(here.school)
    kept, given = entry(other, here.provider), build.assignment(here.provider, other)
    finalise(draft(here))
    kept.refresh_from_db()
    given.refresh_from_db()
    assert (kept.mandate, kept.state, given.ends) == (other, EntryState.OPEN, None)
    assert Iep.objects.get(pk=other.iep_id).governs.upper is None


def test_an_older_final_iep_is_not_downloaded_after_a_newer_one(here: Scene) -> None:
    second = finalise(draft(here, starts=date(2026, 10, 1)))
    third = finalise(draft(here, version=3))
    assert second.transfer == Transfer.NEVER
    waiting = documents.to_download(now=build.NOW)
    assert waiting == [Document(third.pk, here.mandate.student_id, here.osis)]


def test_a_document_waits_for_its_download_from_its_finalising_until_it_went(here: Scene) -> None:
    assert documents.to_download(now=build.NOW) == []
    new = finalise(draft(here))
    assert documents.to_download(now=build.NOW - timedelta(seconds=1)) == []
    assert [one.iep for one in documents.to_download(now=build.NOW)] == [new.pk]
    documents.mark_transfer(ieps=[new.pk], transfer=Transfer.PENDING, now=build.NOW)
    assert [one.iep for one in documents.to_download(now=build.NOW)] == [new.pk]
    documents.mark_transfer(ieps=[new.pk], transfer=Transfer.SUCCESSFUL, now=NEXT_NIGHT)
    assert documents.to_download(now=NEXT_NIGHT) == []
    new.refresh_from_db()
    assert (new.transfer, new.transfer_at) == (Transfer.SUCCESSFUL, NEXT_NIGHT)


@pytest.mark.parametrize("transfer", [Transfer.ACTION_NEEDED, Transfer.KNOWN_ISSUE])
def test_a_document_that_is_stuck_is_not_tried_again_by_itself(here: Scene, transfer: Transfer) -> None:
    new = finalise(draft(here))
    documents.mark_transfer(ieps=[new.pk], transfer=transfer, now=build.NOW)
    assert documents.to_download(now=NEXT_NIGHT) == []


def test_a_first_iep_waits_for_consent(here: Scene) -> None:
    new = finalise(draft(here, kind=IepKind.INITIAL))
    assert documents.to_download(now=NEXT_NIGHT) == []
    build.consent(here.mandate.student, recorded=NEXT_NIGHT)
    assert documents.to_download(now=NEXT_NIGHT - timedelta(seconds=1)) == []
    assert [one.iep for one in documents.to_download(now=NEXT_NIGHT)] == [new.pk]


@pytest.mark.parametrize("kind", set(IepKind) - {IepKind.INITIAL})
def test_no_other_iep_waits_for_consent(here: Scene, kind: IepKind) -> None:
    new = finalise(draft(here, kind=kind))
    assert [one.iep for one in documents.to_download(now=NEXT_NIGHT)] == [new.pk]


def test_a_line_is_downloaded_with_its_first_assigned_provider(here: Scene) -> None:
    build.assignment(build.provider(), here.mandate, starts=build.TODAY)
    alone = build.mandate(here.mandate.iep, group_size=1)
    rows = documents.lines_of([here.mandate.iep_id], now=build.NOW)
    assert rows == [
        (here.osis, 1, 1, 2, 3, 30, 2, here.mandate.starts, None, here.provider.number),
        (here.osis, 1, 1, 1, 3, 30, 1, alone.starts, None, None),
    ]


def test_a_line_that_is_over_is_not_downloaded_any_more(here: Scene) -> None:
    Mandate.objects.update(ends=build.TODAY)
    assert len(documents.lines_of([here.mandate.iep_id], now=build.NOW)) == 1
    assert documents.lines_of([here.mandate.iep_id], now=NEXT_NIGHT) == []
