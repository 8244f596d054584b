"""The call: when it is due, who makes none, and what is wrong with one in itself."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import Origin, Outcome
from caseloads.models import Enrolment
from providers.kinds import Affiliation, Role, Service
from tests import build
from tests.compliance.reconcile.cases.gates import agencys, contract, letter, sent
from tests.compliance.reconcile.cases.registry import case
from tests.compliance.reconcile.worlds import AT, DAY, SECOND, SPANISH, World, at, change, school


def assigned_since(world: World, day: date) -> None:
    """Let the provider be assigned since a day and not have called."""
    world.nobody_called()
    change(world.assignment, starts=day)


@case("NO_FIRST_ATTEND waiting")
def nobody_called_for_five_school_days(world: World) -> None:
    assigned_since(world, date(2026, 11, 17))


@case("NO_FIRST_ATTEND open")
def nobody_called_for_six_school_days(world: World) -> None:
    assigned_since(world, date(2026, 11, 16))


@case("NO_FIRST_ATTEND open")
def an_assignment_of_the_summer_is_due_from_the_year_on(world: World) -> None:
    assigned_since(world, date(2026, 7, 1))


@case("NO_FIRST_ATTEND waiting")
def the_gate_opened_five_school_days_ago(world: World) -> None:
    under = contract(world)
    sent(world, at(11, 17, 0), under)
    agencys(world, under)


@case("NO_FIRST_ATTEND open")
def the_gate_opened_six_school_days_ago(world: World) -> None:
    under = contract(world)
    sent(world, at(11, 16, 23), under)
    agencys(world, under)


@case()
def the_gate_is_shut(world: World) -> None:
    agencys(world, contract(world))


@case()
def another_agencys_transmittal_opens_no_gate(world: World) -> None:
    sent(world, at(11, 2))
    agencys(world, contract(world))


@case("NO_FIRST_ATTEND open", "RSA_UNUSED waiting", service=Service.COUNSELING)
def an_independent_provider_with_a_letter_is_to_call(world: World) -> None:
    world.instead(letter(world, at(11, 2)).provider)


@case("RSA_UNUSED waiting", service=Service.COUNSELING)
def somebody_elses_letter_opens_no_gate(world: World) -> None:
    letter(world, at(11, 2))
    world.instead(world.somebody(Affiliation.RSA))


@case("NO_FIRST_ATTEND open")
def a_call_of_last_year_is_none(world: World) -> None:
    assigned_since(world, build.YEAR[0])
    world.calls(school_year=date(2025, 9, 4), received=at(6, 1), session_on=date(2026, 6, 1))


@case("NO_FIRST_ATTEND open")
def a_call_in_another_language_is_none(world: World) -> None:
    assigned_since(world, build.YEAR[0])
    other = build.mandate(world.iep, language=SPANISH, group_size=1)
    build.assignment(world.provider, other, starts=build.YEAR[0])
    world.enters(world.calls(language=SPANISH, mandates=[other.pk]), mandate=other)
    world.in_sec(world.in_cap(other, first_attend=date(2026, 10, 5), provider_number=world.provider.number))


@case("NO_FIRST_ATTEND open", "NO_FIRST_ATTEND waiting")
def two_are_assigned_and_each_is_to_call(world: World) -> None:
    assigned_since(world, build.YEAR[0])
    build.assignment(world.somebody(), world.mandate, starts=date(2026, 11, 23))


@case("CAP_FIELD_DIFFERS open")
def cap_that_differs_takes_every_providers_call(world: World) -> None:
    assigned_since(world, build.YEAR[0])
    build.assignment(world.somebody(), world.mandate, starts=date(2026, 11, 23))
    world.both(frequency=5)


@case()
def an_iep_that_begins_tomorrow_is_not_called_for(world: World) -> None:
    assigned_since(world, build.YEAR[0])
    change(world.iep, governs=DateRange(date(2026, 11, 25), None))


@case("NURSE_EXEMPT exempt")
def a_nurse_makes_no_call(world: World) -> None:
    world.instead(world.somebody(role=Role.NURSE))


@case("CAP_FIELD_DIFFERS open", "NURSE_EXEMPT exempt")
def nothing_takes_the_nurse_along(world: World) -> None:
    world.instead(world.somebody(role=Role.NURSE))
    world.both(frequency=5)


@case("NO_FIRST_ATTEND open")
def a_paraprofessional_calls(world: World) -> None:
    world.instead(world.somebody(role=Role.PARAPROFESSIONAL))


@case("DUPLICATE_CALL open")
def the_log_has_a_call_again(world: World) -> None:
    world.calls(origin=Origin.EXTRACT, received=at(10, 8))


@case("DUPLICATE_CALL open")
def the_log_had_a_call_before_ours(world: World) -> None:
    world.calls(origin=Origin.EXTRACT, received=at(10, 5, 15) - SECOND)


@case()
def two_services_are_no_repetition(world: World) -> None:
    other = build.mandate(world.iep, Service.COUNSELING)
    build.assignment(world.provider, other, starts=build.YEAR[0])
    world.enters(world.calls(service=Service.COUNSELING, mandates=[other.pk]), mandate=other)
    world.in_sec(world.in_cap(other, first_attend=date(2026, 10, 5), provider_number=world.provider.number))


@case("OLD_MANDATE_SERVED open")
def a_session_under_the_iep_before(world: World) -> None:
    change(world.iep, governs=DateRange(date(2026, 10, 1), None))
    older = world.document(governs=DateRange(build.YEAR[0], date(2026, 10, 1)))
    old = build.mandate(older)
    build.assignment(world.provider, old, starts=build.YEAR[0], ends=date(2026, 9, 30))
    change(world.call, mandates=[old.pk])


@case()
def a_session_on_the_last_day_of_the_iep_before(world: World) -> None:
    change(world.iep, governs=DateRange(date(2026, 10, 6), None))
    older = world.document(governs=DateRange(build.YEAR[0], date(2026, 10, 6)))
    change(world.call, mandates=[build.mandate(older).pk])


@case()
def a_session_before_any_iep(world: World) -> None:
    change(world.iep, governs=DateRange(date(2026, 10, 20), None))


@case("WRONG_SCHOOL open")
def the_student_was_elsewhere_on_that_day(world: World) -> None:
    change(world.call, school=school())


@case("WRONG_SCHOOL open")
def the_student_came_a_day_after_the_session(world: World) -> None:
    Enrolment.objects.filter(student=world.student).update(starts=date(2026, 10, 6))


@case()
def the_student_came_on_the_sessions_day(world: World) -> None:
    Enrolment.objects.filter(student=world.student).update(starts=date(2026, 10, 5))


@case("WRONG_SCHOOL open")
def the_student_left_a_day_before_the_session(world: World) -> None:
    world.entry.delete()
    world.leaves(date(2026, 10, 4))


@case()
def the_student_left_on_the_sessions_day(world: World) -> None:
    world.entry.delete()
    world.leaves(date(2026, 10, 5))


@case("WRONG_PROVIDER open")
def somebody_else_was_assigned(world: World) -> None:
    change(world.assignment, provider=world.somebody())
    world.calls(who=world.assignment.provider, received=at(10, 6), session_on=date(2026, 10, 6))
    world.enters(provider=world.assignment.provider)


@case("WRONG_PROVIDER open")
def the_caller_was_assigned_a_day_later(world: World) -> None:
    change(world.assignment, starts=date(2026, 10, 6))
    build.assignment(world.somebody(), world.mandate, starts=build.YEAR[0], ends=date(2026, 10, 31))


@case()
def the_caller_was_assigned_on_that_day(world: World) -> None:
    change(world.assignment, starts=date(2026, 10, 5))
    build.assignment(world.somebody(), world.mandate, starts=build.YEAR[0], ends=date(2026, 10, 31))


@case()
def nobody_was_assigned(world: World) -> None:
    change(world.assignment, starts=date(2026, 10, 6))


@case()
def the_others_assignment_was_over(world: World) -> None:
    change(world.assignment, starts=date(2026, 10, 6))
    build.assignment(world.somebody(), world.mandate, starts=build.YEAR[0], ends=date(2026, 10, 4))


@case("CALL_NO_MANDATE open")
def no_iep_names_the_service(world: World) -> None:
    world.stopped(Outcome.UNLINKED, service=Service.VISION, received=AT - DAY)


@case("CALL_NO_MANDATE open")
def of_two_unlinked_calls_the_latest_counts(world: World) -> None:
    world.stopped(Outcome.UNLINKED, service=Service.VISION, received=AT - DAY, language=SPANISH)
    world.stopped(Outcome.UNLINKED, service=Service.VISION, received=AT - DAY + SECOND)


@case()
def an_unlinked_call_was_followed_by_an_accepted_one(world: World) -> None:
    world.stopped(Outcome.UNLINKED, received=world.call.received - SECOND, language=SPANISH)


@case("CALL_NO_MANDATE open")
def an_unlinked_call_came_after_the_accepted_one(world: World) -> None:
    world.stopped(Outcome.UNLINKED, received=world.call.received + SECOND)


@case()
def an_unlinked_call_of_last_year(world: World) -> None:
    world.stopped(Outcome.UNLINKED, service=Service.VISION, school_year=date(2025, 9, 4), received=at(6, 1))


@case("CALL_NO_MANDATE open")
def somebody_elses_accepted_call_answers_nothing(world: World) -> None:
    world.stopped(Outcome.UNLINKED, received=world.call.received - SECOND, who=build.provider())
