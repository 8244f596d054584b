"""Who is to serve: how long CAP may wait, vacancies, ended students and full caseloads."""

from __future__ import annotations

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import EntryState, IepStatus
from caseloads.models import Enrolment, Entry, Mandate, Student
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Service
from providers.models import CalendarDay
from tests import build
from tests.compliance.reconcile.cases.registry import When, case
from tests.compliance.reconcile.worlds import AT, HOUR, LONG_AGO, SECOND, World, at, change


def waits_since(world: World, since: datetime) -> None:
    """Let CAP wait for a provider since a moment."""
    world.nobody_serves()
    change(world.cap, since=since)


@case("AWAITING_PROVIDER waiting")
def nobody_is_assigned_for_two_school_days(world: World) -> None:
    waits_since(world, at(11, 20, 0))


@case("AWAITING_PROVIDER open")
def nobody_is_assigned_for_three_school_days(world: World) -> None:
    waits_since(world, at(11, 19, 23, 59))


@case("AWAITING_PROVIDER open")
def nobody_is_assigned_for_ten_school_days(world: World) -> None:
    waits_since(world, at(11, 9, 0))


@case("VACANCY_NOT_REPORTED open")
def nobody_is_assigned_for_eleven_school_days(world: World) -> None:
    waits_since(world, at(11, 6, 23))


@case("AWAITING_PROVIDER waiting")
def a_day_on_which_this_school_is_closed_does_not_count(world: World) -> None:
    waits_since(world, at(11, 19, 12))
    day, kind = date(2026, 11, 23), CalendarDay.Kind.CLOSED
    CalendarDay.objects.create(date=day, kind=kind, school=world.school, label="Synthetic")


@case("VACANCY_NOT_REPORTED open")
def nothing_ages_before_the_year_but_the_day_before_it_counts(world: World) -> None:
    waits_since(world, at(7, 1))


@case()
def a_vacancy_is_logged(world: World) -> None:
    waits_since(world, LONG_AGO)
    world.vacancy(logged=AT)


@case("VACANCY_NOT_REPORTED open")
def a_vacancy_is_logged_only_later(world: World) -> None:
    waits_since(world, LONG_AGO)
    world.vacancy(logged=AT + SECOND)


@case("VACANCY_NOT_REPORTED open")
def a_vacancy_was_closed(world: World) -> None:
    waits_since(world, LONG_AGO)
    world.vacancy(closed=AT)


@case()
def a_vacancy_is_closed_only_later(world: World) -> None:
    waits_since(world, LONG_AGO)
    world.vacancy(closed=AT + SECOND)


@case()
def cap_waits_but_somebody_is_assigned_and_called(world: World) -> None:
    world.both(status=CapStatus.APB)


@case("VACANCY_NOT_REPORTED open")
def an_assignment_is_over(world: World) -> None:
    waits_since(world, LONG_AGO)
    build.assignment(world.provider, world.mandate, starts=build.YEAR[0], ends=date(2026, 11, 23))


@case("NO_FIRST_ATTEND open")
def an_assignment_ends_today(world: World) -> None:
    waits_since(world, LONG_AGO)
    build.assignment(world.provider, world.mandate, starts=build.YEAR[0], ends=date(2026, 11, 24))


@case("VACANCY_NOT_REPORTED open")
def an_assignment_begins_tomorrow(world: World) -> None:
    waits_since(world, LONG_AGO)
    build.assignment(world.provider, world.mandate, starts=date(2026, 11, 25))


@case()
def an_iep_that_begins_tomorrow_needs_nobody_yet(world: World) -> None:
    waits_since(world, LONG_AGO)
    change(world.iep, governs=DateRange(date(2026, 11, 25), None))


@case("VACANCY_NOT_REPORTED open")
def an_iep_that_begins_today_needs_somebody(world: World) -> None:
    waits_since(world, LONG_AGO)
    change(world.iep, governs=DateRange(date(2026, 11, 24), None))


@case("CAP_FIELD_DIFFERS open")
def cap_that_differs_takes_what_it_says_of_nobody(world: World) -> None:
    waits_since(world, LONG_AGO)
    world.both(frequency=5)


@case("SEC_STALE open")
def sec_behind_takes_it_too(world: World) -> None:
    waits_since(world, LONG_AGO)
    change(world.sec, frequency=5)


@case("AWAITING_PROVIDER waiting", "SEC_WAITING waiting")
def sec_that_only_waits_takes_nothing(world: World) -> None:
    waits_since(world, AT - HOUR)
    change(world.sec, frequency=5)


@case("CASELOAD_ENDED open")
def a_mandate_ended_and_the_night_passed(world: World) -> None:
    world.enters(mandate=ended_mandate(world, date(2026, 11, 23)))


@case(when=When.DAWN)
def a_mandate_ended_and_the_night_is_to_come(world: World) -> None:
    world.enters(mandate=ended_mandate(world, date(2026, 11, 23)))


@case("CASELOAD_ENDED open", when=When.DAWN)
def a_mandate_ended_a_night_before(world: World) -> None:
    world.enters(mandate=ended_mandate(world, date(2026, 11, 22)))


@case()
def a_mandate_ends_today(world: World) -> None:
    old = ended_mandate(world, date(2026, 11, 24))
    world.enters(mandate=old)
    world.in_sec(world.in_cap(old, first_attend=date(2026, 10, 5), provider_number=world.provider.number))
    build.assignment(world.provider, old)


@case()
def an_ended_entry_is_no_trouble(world: World) -> None:
    world.enters(mandate=ended_mandate(world, date(2026, 11, 10)), state=EntryState.ENDED)


@case("CASELOAD_ENDED open")
def a_held_entry_of_an_ended_mandate(world: World) -> None:
    old = ended_mandate(world, date(2026, 11, 10))
    world.enters(mandate=old, state=EntryState.HELD, held_for=1)


@case("CASELOAD_ENDED open")
def a_student_left(world: World) -> None:
    world.leaves(date(2026, 11, 23))


@case()
def a_student_leaves_today(world: World) -> None:
    world.leaves(date(2026, 11, 24))


@case("CASELOAD_ENDED open")
def a_service_that_the_new_iep_lacks(world: World) -> None:
    world.enters(mandate=older_iep(world, Service.COUNSELING))


@case()
def a_service_that_the_new_iep_keeps(world: World) -> None:
    older = older_iep(world, Service.SPEECH)
    change(world.entry, mandate=older)


def ended_mandate(world: World, last: date) -> Mandate:
    """Return a second mandate, one to one, that ended."""
    mandate = build.mandate(world.iep, group_size=1)
    change(mandate, ends=last)
    return mandate


def older_iep(world: World, service: Service) -> Mandate:
    """Return a mandate of an IEP that the present one replaced."""
    change(world.iep, governs=DateRange(date(2026, 10, 1), None))
    older = world.document(governs=DateRange(build.YEAR[0], date(2026, 10, 1)))
    return build.mandate(older, service)


def with_students(world: World, count: int) -> None:
    """Put as many students on the provider's caseload, the world's own one among them, all in order otherwise."""
    more = [
        Student(osis=700_000_000 + next(build.numbers), first_name="Testing", last_name="Many")
        for _ in range(count - 1)
    ]
    pupils = Student.objects.bulk_create(more)
    Enrolment.objects.bulk_create(
        Enrolment(student=one, school=world.school, grade="3", starts=build.BEFORE) for one in pupils
    )
    Entry.objects.bulk_create(
        Entry(
            mandate=_draft(one),
            student=one,
            provider=world.provider,
            school=world.school,
            state=EntryState.OPEN,
            since=LONG_AGO,
        )
        for one in pupils
    )


def _draft(student: Student) -> Mandate:
    """Return a mandate of an IEP that is a draft, so that nothing else is said of the student."""
    iep = build.iep(student, status=IepStatus.DRAFT)
    return build.mandate(iep)


@case()
def sixty_five_students(world: World) -> None:
    with_students(world, 65)


@case("OVER_CASELOAD open")
def sixty_six_students(world: World) -> None:
    with_students(world, 66)


@case()
def an_ended_entry_does_not_count(world: World) -> None:
    with_students(world, 66)
    one = Entry.objects.filter(provider=world.provider).order_by("id").last()
    assert one is not None
    change(one, state=EntryState.ENDED)


@case()
def one_student_twice_counts_once(world: World) -> None:
    with_students(world, 65)
    alone = build.mandate(world.iep, group_size=1)
    world.enters(mandate=alone)
    build.assignment(world.provider, alone)
    change(world.call, mandates=[world.mandate.pk, alone.pk])
    world.in_sec(world.in_cap(alone, first_attend=date(2026, 10, 5), provider_number=world.provider.number))
