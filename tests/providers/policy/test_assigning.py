"""Who may be assigned: DOE staff first, an agency's provider after the transmittal (R8), nobody held back (R13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from providers.kinds import Affiliation, Role, Service
from providers.policy import assigning
from providers.policy.assigning import AssignFacts, Papers, assignment_refused, gives, roles_giving, search_order
from providers.policy.facts import ProviderFacts, Waits
from tests.providers.policy.examples import AGENCY, DOE, PAPER, RSA, TODAY

DAY = timedelta(days=1)
SENT, LETTER, NOTHING = Papers(transmittal_on=PAPER), Papers(rsa_letter_on=PAPER), Papers()

BY_DOE = AssignFacts(provider=DOE, service=Service.SPEECH, papers=(NOTHING,), starts=TODAY, today=TODAY, hold=True)
BY_AGENCY = replace(BY_DOE, provider=AGENCY, papers=(SENT,))
BY_RSA = replace(BY_DOE, provider=RSA, papers=(LETTER,), hold=False)


def code(facts: AssignFacts) -> str:
    """Return the code of the refusal, empty for none."""
    advice = assignment_refused(facts)
    return advice.code if advice else ""


@pytest.mark.parametrize("facts", [BY_DOE, BY_AGENCY, BY_RSA], ids=["DOE", "agency", "RSA"])
def test_with_everything_in_order_anybody_is_assigned(facts: AssignFacts) -> None:
    assert assignment_refused(facts) is None


def test_doe_staff_need_no_paper_and_may_have_begun_before_today() -> None:
    assert assignment_refused(replace(BY_DOE, starts=TODAY - 30 * DAY, papers=(NOTHING, NOTHING))) is None


def test_an_agencys_provider_waits_for_every_students_transmittal() -> None:
    advice = assignment_refused(replace(BY_AGENCY, papers=(SENT, NOTHING, LETTER), waits=Waits(transmittal=3)))
    assert advice is not None
    assert (advice.rule, advice.code, advice.look_again_school_days) == ("R8", "assign-before-transmittal", 3)
    assert "It is missing for 2 students." in advice.reason
    assert "for 1 student." in (assignment_refused(replace(BY_AGENCY, papers=(NOTHING,))) or advice).reason


def test_an_independent_provider_waits_for_the_letter_and_not_for_a_transmittal() -> None:
    advice = assignment_refused(replace(BY_RSA, papers=(SENT,), waits=Waits(rsa_letter=4)))
    assert advice is not None
    assert (advice.rule, advice.code, advice.look_again_school_days) == ("R8", "assign-before-letter", 4)


def test_under_the_hold_an_independent_provider_is_refused_whatever_was_processed() -> None:
    assert code(replace(BY_RSA, hold=True)) == "rsa-hold"
    assert code(replace(BY_RSA, hold=True, papers=(NOTHING,))) == "rsa-hold"
    assert code(replace(BY_AGENCY, hold=True)) == ""


@pytest.mark.parametrize(("facts", "named"), [(BY_AGENCY, "transmittal"), (BY_RSA, "letter")])
def test_an_assignment_begins_on_the_papers_day_at_the_earliest(facts: AssignFacts, named: str) -> None:
    assert code(replace(facts, starts=PAPER)) == ""
    assert code(replace(facts, starts=PAPER - DAY)) == f"starts-before-{named}"


def test_of_several_papers_the_latest_decides() -> None:
    later = Papers(transmittal_on=PAPER + 3 * DAY)
    both = replace(BY_AGENCY, papers=(SENT, later))
    assert code(replace(both, starts=PAPER + 2 * DAY)) == "starts-before-transmittal"
    assert code(replace(both, starts=PAPER + 3 * DAY)) == ""


def test_a_paper_of_tomorrow_opens_nothing_today() -> None:
    assert code(replace(BY_AGENCY, papers=(Papers(transmittal_on=TODAY + DAY),))) == "assign-before-transmittal"


def test_a_role_gives_its_own_services_and_no_other() -> None:
    counselor = ProviderFacts(Affiliation.DOE, Role.COUNSELOR)
    assert code(replace(BY_DOE, provider=counselor)) == "other-service"
    assert code(replace(BY_DOE, provider=counselor, service=Service.COUNSELING)) == ""


def test_the_service_is_looked_at_before_the_hold_and_the_papers() -> None:
    nurse = ProviderFacts(Affiliation.RSA, Role.NURSE)
    assert code(replace(BY_RSA, provider=nurse, hold=True, papers=(NOTHING,))) == "other-service"


@pytest.mark.parametrize("role", Role)
def test_every_role_gives_something(role: Role) -> None:
    assert assigning.GIVES[role]


@pytest.mark.parametrize("service", Service)
def test_every_service_is_given_by_somebody(service: Service) -> None:
    roles = roles_giving(service)
    assert roles
    assert all(gives(role, service) for role in roles)
    assert not any(gives(role, service) for role in set(Role) - roles)


def test_the_search_goes_from_doe_to_agency_to_rsa() -> None:
    assert sorted(Affiliation, key=search_order) == [Affiliation.DOE, Affiliation.AGENCY, Affiliation.RSA]
    assert set(assigning.SEARCH_ORDER) == set(Affiliation)
    assert set(assigning.GIVES) == set(Role)


def test_the_earliest_day_is_named_where_the_start_is_too_early() -> None:
    advice = assignment_refused(replace(BY_AGENCY, starts=date(2026, 10, 1)))
    assert advice is not None
    assert "Oct\N{NO-BREAK SPACE}19,\N{NO-BREAK SPACE}2026" in advice.who_acts
