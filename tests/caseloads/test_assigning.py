"""Assigning a provider to mandates and ending it: what the policy lets pass, all or nothing (R8, R13)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from caseloads import assigning
from caseloads.assigning import CannotAssign
from caseloads.kinds import EntryState
from caseloads.models import Assignment, Entry, Mandate, Vacancy
from caseloads.propagation.bell import BELL
from orcs_portal.accounts.models import User
from orcs_portal.audit.models import AccessRecord
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Role, Route, Service
from providers.models import Placement, PolicySwitch, Provider
from tests import build
from tests.caseloads.contracting.scene import Bench, bench, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = build.TODAY


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no ring start the bell's thread."""
    monkeypatch.setattr(BELL, "ring", lambda: None)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def assign(
    here: Bench, who: Provider, *, lines: list[Mandate] | None = None, starts: date = TODAY, by: User | None = None
) -> list[Assignment]:
    chosen = here.lines if lines is None else lines
    return assigning.assign(
        mandates=[line.pk for line in chosen],
        provider=who,
        starts=starts,
        by=by or here.designee,
        now=build.NOW,
        real=build.REAL,
    )


def end(row: Assignment, last_day: date = TODAY, *, by: User | None = None) -> Assignment:
    return assigning.end(assignment=row, last_day=last_day, by=by or build.user(), now=build.NOW, real=build.REAL)


def test_several_students_are_assigned_to_one_provider_from_a_day_on(here: Bench) -> None:
    who = build.provider(at=here.school)
    made = assign(here, who, starts=TODAY + DAY)
    assert [(row.mandate_id, row.provider, row.starts, row.ends) for row in made] == [
        (line, who, TODAY + DAY, None) for line in here.ids
    ]
    assert touched() == set(here.students)
    assert touched(Touched.Kind.PROVIDER) == {who.pk}


def test_who_assigned_whom_is_on_record(here: Bench) -> None:
    made = assign(here, build.provider(at=here.school))
    record = AccessRecord.objects.get()
    assert (record.by_id, record.students, record.purpose) == (here.designee.pk, here.students, "Assigned a provider")
    assert (record.kind, record.object_id, record.at) == ("assignment", made[0].pk, build.REAL)


def test_whoever_is_assigned_works_at_the_school_from_that_day_on(here: Bench) -> None:
    who = build.provider()
    assign(here, who, starts=TODAY + DAY)
    placement = Placement.objects.get(provider=who)
    assert (placement.school, placement.starts, placement.ends) == (here.school, TODAY + DAY, None)


def test_whoever_works_there_already_is_not_placed_again(here: Bench) -> None:
    assign(here, build.provider(at=here.school))
    assert Placement.objects.count() == 1


def test_an_agencys_provider_waits_for_every_students_transmittal(here: Bench) -> None:
    who = build.provider(Affiliation.AGENCY, of=here.agency)
    build.transmittal(here.lines[0], here.agency.contracts.get())
    with pytest.raises(CannotAssign) as refused:
        assign(here, who)
    assert refused.value.advice is not None
    assert (refused.value.advice.rule, refused.value.advice.code) == ("R8", "assign-before-transmittal")
    assert not Assignment.objects.exists()
    build.transmittal(here.lines[1], here.agency.contracts.get())
    assert len(assign(here, who)) == 2


def test_another_agencys_transmittal_opens_nothing(here: Bench) -> None:
    for line in here.lines:
        build.transmittal(line, here.other.contracts.get())
    with pytest.raises(CannotAssign, match="Not yet: the agency has no transmittal"):
        assign(here, build.provider(Affiliation.AGENCY, of=here.agency))


def test_an_assignment_does_not_begin_before_the_transmittal(here: Bench) -> None:
    for line in here.lines:
        build.transmittal(line, here.agency.contracts.get(), processed=build.NOW)
    who = build.provider(Affiliation.AGENCY, of=here.agency)
    with pytest.raises(CannotAssign, match="Begins before the transmittal"):
        assign(here, who, starts=TODAY - DAY)
    assert assign(here, who, starts=TODAY)


def test_under_the_hold_no_independent_provider_is_placed(here: Bench) -> None:
    who = build.provider(Affiliation.RSA)
    for line in here.lines:
        build.rsa_letter(line, who, processed=build.NOW - DAY)
    with pytest.raises(CannotAssign) as refused:
        assign(here, who)
    assert refused.value.advice is not None
    assert (refused.value.advice.rule, refused.value.advice.code) == ("R13", "rsa-hold")
    assert [row.objects.count() for row in (Assignment, Placement)] == [0, 0]


def test_the_hold_counts_on_the_day_on_which_the_assignment_begins(here: Bench) -> None:
    who = build.provider(Affiliation.RSA)
    for line in here.lines:
        build.rsa_letter(line, who, processed=build.NOW - DAY)
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD, starts=TODAY + DAY, on=False, reason="Test", set_at=build.NOW
    )
    with pytest.raises(CannotAssign):
        assign(here, who, starts=TODAY)
    assert len(assign(here, who, starts=TODAY + DAY)) == 2


def test_somebody_of_another_role_is_not_assigned(here: Bench) -> None:
    with pytest.raises(CannotAssign, match="Does not give speech-language"):
        assign(here, build.provider(role=Role.COUNSELOR, at=here.school))


@pytest.mark.parametrize("starts", [TODAY - 30 * DAY, TODAY, TODAY + 30 * DAY])
def test_whoever_is_assigned_now_or_later_is_not_assigned_again(here: Bench, starts: date) -> None:
    build.assignment(build.provider(), here.lines[1], starts=starts)
    with pytest.raises(CannotAssign, match="Somebody was assigned to one of these students meanwhile") as refused:
        assign(here, build.provider(at=here.school))
    assert refused.value.field == "mandates"
    assert Assignment.objects.count() == 1


def test_after_the_last_one_has_ended_somebody_else_is_assigned(here: Bench) -> None:
    build.assignment(build.provider(), here.lines[0], ends=TODAY - DAY)
    assert len(assign(here, build.provider(at=here.school))) == 2


def test_a_mandate_that_has_ended_is_assigned_to_nobody(here: Bench) -> None:
    Mandate.objects.filter(pk=here.ids[0]).update(ends=TODAY - DAY)
    with pytest.raises(CannotAssign, match="A mandate has ended or was replaced meanwhile"):
        assign(here, build.provider(at=here.school))


def test_one_service_and_language_at_a_time(here: Bench) -> None:
    here.lines.append(build.mandated(here.school, Service.COUNSELING))
    with pytest.raises(CannotAssign, match="one service and language at a time"):
        assign(here, build.provider(at=here.school))


def test_nobody_chosen_is_nobody_assigned(here: Bench) -> None:
    with pytest.raises(CannotAssign, match="Choose at least one student"):
        assign(here, build.provider(at=here.school), lines=[])


@pytest.mark.parametrize(
    ("starts", "said"), [(build.YEAR[0] - DAY, "The mandate begins on Sep"), (TODAY + 61 * DAY, "or before")]
)
def test_the_day_is_within_the_mandate_and_two_months(here: Bench, starts: date, said: str) -> None:
    with pytest.raises(CannotAssign, match=said) as refused:
        assign(here, build.provider(at=here.school), starts=starts)
    assert refused.value.field == "starts"


def nurses(here: Bench, *, access: bool) -> tuple[Provider, Mandate]:
    """Return a nurse and a line for her."""
    return build.provider(role=Role.NURSE, at=here.school, access=access), build.mandated(here.school, Service.NURSE)


def test_a_nurses_assignment_opens_her_caseload_entry(here: Bench) -> None:
    nurse, line = nurses(here, access=True)
    assign(here, nurse, lines=[line])
    entry = Entry.objects.get()
    assert (entry.provider, entry.mandate, entry.state, entry.call) == (nurse, line, EntryState.OPEN, None)


def test_without_access_a_nurses_entry_is_held_for_it(here: Bench) -> None:
    nurse, line = nurses(here, access=False)
    assign(here, nurse, lines=[line])
    assert (Entry.objects.get().state, Entry.objects.get().held_for) == (EntryState.HELD, Route.GALAXY)


def test_a_nurse_of_tomorrow_has_no_entry_today_and_a_therapist_none_at_all(here: Bench) -> None:
    nurse, line = nurses(here, access=True)
    assign(here, nurse, lines=[line], starts=TODAY + DAY)
    assign(here, build.provider(at=here.school))
    assert not Entry.objects.exists()


def test_a_vacancy_in_which_nobody_waits_any_more_is_filled_and_closed(here: Bench) -> None:
    vacancy = here.log()
    who = build.provider(at=here.school)
    assign(here, who, lines=here.lines[:1])
    assert Vacancy.objects.get().closed is None
    assign(here, who, lines=here.lines[1:])
    vacancy.refresh_from_db()
    assert (vacancy.closing, vacancy.closed_by, vacancy.closed) == (Vacancy.Closing.FILLED, here.designee, build.NOW)


def test_naming_the_agencys_provider_fills_the_vacancy(here: Bench) -> None:
    vacancy = here.accepted()
    here.send(vacancy)
    assign(here, build.provider(Affiliation.AGENCY, of=here.agency))
    vacancy.refresh_from_db()
    assert vacancy.closing == Vacancy.Closing.FILLED


def test_an_assignment_ends_after_its_last_day(here: Bench) -> None:
    row = build.assignment(build.provider(), here.lines[0])
    by = build.user()
    end(row, TODAY + 7 * DAY, by=by)
    row.refresh_from_db()
    assert row.ends == TODAY + 7 * DAY
    assert touched() == {here.lines[0].student_id}
    record = AccessRecord.objects.get()
    assert (record.by_id, record.purpose, record.object_id) == (by.pk, "Ended an assignment", row.pk)


def test_an_end_to_come_is_moved_and_one_that_is_over_stays(here: Bench) -> None:
    row = build.assignment(build.provider(), here.lines[0])
    end(row, TODAY + 7 * DAY)
    end(row, TODAY - DAY)
    with pytest.raises(CannotAssign, match=r"This ended on Nov.23 already"):
        end(row, TODAY)


@pytest.mark.parametrize(("last_day", "said"), [(TODAY - DAY, "the first one, or later"), (TODAY + 61 * DAY, "before")])
def test_the_last_day_is_not_before_the_first_nor_far_ahead(here: Bench, last_day: date, said: str) -> None:
    row = build.assignment(build.provider(), here.lines[0], starts=TODAY)
    with pytest.raises(CannotAssign, match=said) as refused:
        end(row, last_day)
    assert refused.value.field == "last_day"


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_assign_at_once_one_does_and_the_others_are_told() -> None:
    here = bench()
    people = [build.provider(at=here.school) for _ in range(12)]

    def attempt(who: Provider) -> str:
        try:
            assign(here, who)
        except CannotAssign as refused:
            return refused.field
        return "assigned"

    heard = at_once([partial(attempt, who) for who in people])
    assert sorted(heard) == ["assigned", *["mandates"] * 11]
    assert Assignment.objects.count() == 2
    assert len(set(Assignment.objects.values_list("provider", flat=True))) == 1


@pytest.mark.django_db(transaction=True)
def test_those_who_assign_crosswise_at_once_do_not_lock_each_other_up() -> None:
    here = bench(students=6)
    people = [build.provider(at=here.school) for _ in range(6)]

    def attempt(place: int) -> int:
        lines = here.lines if place % 2 else here.lines[::-1]
        try:
            return len(assign(here, people[place], lines=lines))
        except CannotAssign:
            return 0

    assert sorted(at_once([partial(attempt, place) for place in range(6)])) == [0, 0, 0, 0, 0, 6]
