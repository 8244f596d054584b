"""Contracting out: transmittals, agencies that do not start, early calls, and RSA letters."""

from __future__ import annotations

from datetime import date, datetime

from caseloads.kinds import Origin, Outcome
from caseloads.models import Offer, RsaLetter, Transmittal
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Affiliation, Service
from providers.models import Agency, Contract, PetsListing
from tests import build
from tests.compliance.reconcile.cases.registry import When, case
from tests.compliance.reconcile.worlds import AT, DAY, LONG_AGO, SECOND, SPANISH, World, at, change


def contracting_since(world: World, since: datetime) -> None:
    """Let CAP wait for contracting out since a moment; a vacancy is logged."""
    world.nobody_serves()
    world.vacancy()
    world.both(status=CapStatus.ACO)
    change(world.cap, since=since)


def contract(world: World, *, starts: date = build.BEFORE, ends: date | None = None) -> Contract:
    """Return an agency's contract for the world's service."""
    row = build.contract(build.agency(), world.service, starts=starts)
    change(row, ends=ends)
    return row


def sent(world: World, processed: datetime, under: Contract | None = None) -> Transmittal:
    """Return a transmittal of the world's service."""
    return build.transmittal(world.mandate, under or contract(world), processed)


def agencys(world: World, under: Contract) -> None:
    """Let somebody of a contract's agency be assigned, who has not called."""
    world.instead(world.somebody(Affiliation.AGENCY, of=under.agency))


@case("NO_TRANSMITTAL waiting")
def contracting_for_five_school_days(world: World) -> None:
    contracting_since(world, at(11, 17, 0))


@case("NO_TRANSMITTAL open")
def contracting_for_six_school_days(world: World) -> None:
    contracting_since(world, at(11, 16, 23))


@case()
def a_transmittal_was_sent(world: World) -> None:
    contracting_since(world, LONG_AGO)
    sent(world, at(11, 23))
    build.assignment(world.somebody(), world.mandate, starts=date(2026, 11, 24)).delete()
    world.calls(who=world.provider, received=at(11, 23, 16))
    build.assignment(world.provider, world.mandate, starts=date(2026, 11, 1))
    world.both(first_attend=date(2026, 10, 5), status=CapStatus.ACO)
    world.enters()


@case("AGENCY_NOT_STARTED waiting", "NO_TRANSMITTAL open")
def another_languages_transmittal_does_not_count(world: World) -> None:
    contracting_since(world, LONG_AGO)
    other = build.mandate(world.iep, group_size=1, language=SPANISH)
    under = build.contract(build.agency(), language=SPANISH)
    build.transmittal(other, under, at(11, 23))
    world.in_sec(world.in_cap(other, status=CapStatus.TRANSMITTED))


@case("NO_TRANSMITTAL open")
def a_transmittal_is_processed_only_later(world: World) -> None:
    contracting_since(world, LONG_AGO)
    sent(world, AT + SECOND)


@case("RSA_UNUSED waiting", service=Service.COUNSELING)
def a_letter_is_as_good_as_a_transmittal(world: World) -> None:
    contracting_since(world, LONG_AGO)
    letter(world, at(11, 20))


@case("NO_TRANSMITTAL open", service=Service.COUNSELING)
def a_letter_that_is_not_processed_is_none(world: World) -> None:
    contracting_since(world, LONG_AGO)
    letter(world, None)


@case("AGENCY_NOT_STARTED waiting")
def an_agency_has_ten_school_days(world: World) -> None:
    world.nobody_serves()
    world.both(status=CapStatus.TRANSMITTED)
    sent(world, at(11, 9, 0))


@case("AGENCY_NOT_STARTED open")
def an_agency_is_a_school_day_over(world: World) -> None:
    world.nobody_serves()
    world.both(status=CapStatus.TRANSMITTED)
    sent(world, at(11, 6, 23))


@case()
def an_agency_whose_place_somebody_else_took(world: World) -> None:
    sent(world, LONG_AGO)


@case("CALL_BEFORE_GATE open", "NO_FIRST_ATTEND open")
def a_refused_call_waits_for_another(world: World) -> None:
    under = contract(world)
    sent(world, at(11, 2), under)
    agencys(world, under)
    world.stopped(Outcome.REFUSED, rule="R8", received=at(10, 20))


@case("CALL_BEFORE_GATE open")
def of_two_refused_calls_the_latest_counts(world: World) -> None:
    agencys(world, contract(world))
    for day in (20, 21):
        world.stopped(Outcome.REFUSED, rule="R8", received=at(10, day))


@case()
def a_refused_call_was_followed_by_an_accepted_one(world: World) -> None:
    world.stopped(Outcome.REFUSED, rule="R8", received=world.call.received - SECOND)


@case("CALL_BEFORE_GATE open")
def a_refused_call_followed_by_another_languages_one(world: World) -> None:
    world.stopped(Outcome.REFUSED, rule="R8", received=world.call.received - SECOND, language=SPANISH)


@case()
def a_refusal_by_another_rule_is_none_of_the_gate(world: World) -> None:
    world.stopped(Outcome.REFUSED, rule="R13", received=AT - DAY)


def logged_call(world: World, received: datetime) -> Contract:
    """Let an agency's provider be assigned whose call stands in the city's log."""
    under = contract(world)
    who = world.somebody(Affiliation.AGENCY, of=under.agency)
    change(world.assignment, provider=who)
    change(world.call, provider=who, origin=Origin.EXTRACT, received=received)
    change(world.entry, provider=who)
    world.both(provider_number=who.number)
    return under


@case("CALL_BEFORE_GATE open")
def the_log_has_a_call_without_a_gate(world: World) -> None:
    logged_call(world, at(10, 5, 15))


@case("CALL_BEFORE_GATE open")
def the_log_has_a_call_a_second_before_the_gate(world: World) -> None:
    sent(world, at(10, 5, 15), logged_call(world, at(10, 5, 15) - SECOND))


@case()
def the_log_has_a_call_at_the_gate(world: World) -> None:
    sent(world, at(10, 5, 15), logged_call(world, at(10, 5, 15)))


@case()
def the_log_has_a_doe_providers_call(world: World) -> None:
    change(world.call, origin=Origin.EXTRACT)


@case()
def our_own_line_asked_for_the_gate_itself(world: World) -> None:
    logged_call(world, at(10, 5, 15))
    change(world.call, origin=Origin.PHONE)


def letter(world: World, processed: datetime | None) -> RsaLetter:
    """Return the approval letter of an independent provider for the world's service."""
    return build.rsa_letter(world.mandate, world.somebody(Affiliation.RSA), processed)


def served_by_letter(world: World, processed: datetime = LONG_AGO) -> RsaLetter:
    """Let an independent provider with a letter serve in place of the provider."""
    row = letter(world, processed)
    change(world.assignment, provider=row.provider)
    change(world.call, provider=row.provider)
    change(world.entry, provider=row.provider)
    world.both(provider_number=row.provider.number)
    return row


@case(service=Service.COUNSELING)
def an_independent_provider_serves_while_there_is_no_hold(world: World) -> None:
    served_by_letter(world)


@case("RSA_UNUSED waiting", service=Service.COUNSELING)
def a_letter_is_not_used_for_four_weeks(world: World) -> None:
    world.nobody_serves()
    world.both(status=CapStatus.RSA_APPROVED)
    letter(world, at(10, 27, 0))


@case("RSA_UNUSED open", service=Service.COUNSELING)
def a_letter_is_not_used_for_longer(world: World) -> None:
    world.nobody_serves()
    world.both(status=CapStatus.RSA_APPROVED)
    letter(world, at(10, 26, 23, 59))


@case(service=Service.COUNSELING)
def a_letter_is_not_used_since_somebody_else_serves(world: World) -> None:
    letter(world, LONG_AGO)


@case(service=Service.COUNSELING)
def a_letter_is_processed_only_later(world: World) -> None:
    letter(world, AT + SECOND)


@case("RSA_WITHOUT_AGENCIES open", service=Service.HEARING)
def an_agency_was_not_asked(world: World) -> None:
    contract(world)
    letter(world, LONG_AGO)


def asked(world: World, answer: Offer.Answer | None) -> Agency:
    """Offer the vacancy of a letter's service to the one agency that has a contract for it."""
    agency = contract(world).agency
    world.answered(world.vacancy(), agency, answer)
    letter(world, LONG_AGO)
    return agency


@case("RSA_WITHOUT_AGENCIES open", service=Service.VISION)
def an_agency_did_not_answer(world: World) -> None:
    asked(world, None)


@case("RSA_WITHOUT_AGENCIES open", service=Service.AUDIOLOGY)
def an_agency_accepted(world: World) -> None:
    asked(world, Offer.Answer.ACCEPTED)


@case(service=Service.INTERPRETING)
def every_agency_declined(world: World) -> None:
    asked(world, Offer.Answer.DECLINED)


@case(service=Service.SOCIAL_WORK)
def a_contract_had_ended_when_the_letter_was_processed(world: World) -> None:
    contract(world, ends=date(2026, 10, 5))
    letter(world, LONG_AGO)


@case("RSA_WITHOUT_AGENCIES open", service=Service.PSYCHOLOGICAL)
def a_contract_ended_on_the_letters_day(world: World) -> None:
    contract(world, ends=date(2026, 10, 6))
    letter(world, LONG_AGO)


@case("RSA_UNDER_HOLD open", service=Service.COUNSELING, when=When.HELD)
def an_independent_provider_serves_while_the_hold_is_on(world: World) -> None:
    served_by_letter(world)


@case("RSA_UNDER_HOLD open", service=Service.COUNSELING, when=When.HELD)
def an_independent_provider_called_who_was_never_assigned(world: World) -> None:
    served_by_letter(world)
    world.assignment.delete()


@case(service=Service.COUNSELING, when=When.HELD)
def an_independent_providers_assignment_ended_for_the_hold(world: World) -> None:
    served_by_letter(world)
    change(world.assignment, ends=date(2026, 11, 23))


@case("NOT_IN_PETS open", service=Service.COUNSELING)
def pets_has_an_independent_provider_as_inactive(world: World) -> None:
    served_by_letter(world)
    PetsListing.objects.filter(provider_number=world.assignment.provider.number).update(active=False)
