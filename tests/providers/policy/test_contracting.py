"""When an RSA may be started (R13), who reports a vacancy (R15), and when PETS registers somebody (R9)."""

from __future__ import annotations

import pytest

from providers.kinds import Affiliation
from providers.policy.facts import Waits
from providers.policy.rules import registration_refused, report_refused, rsa_refused


def test_an_rsa_starts_without_the_hold_once_every_agency_has_declined() -> None:
    assert rsa_refused(hold=False, agencies_declined=True) is None


@pytest.mark.parametrize("declined", [True, False])
def test_the_hold_is_said_before_the_agencies(*, declined: bool) -> None:
    advice = rsa_refused(hold=True, agencies_declined=declined, waits=Waits(hold=5))
    assert advice is not None
    assert (advice.rule, advice.code, advice.look_again_school_days) == ("R13", "rsa-hold", 5)


def test_without_the_hold_an_agency_that_has_not_declined_comes_first() -> None:
    advice = rsa_refused(hold=False, agencies_declined=False)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R13", "agencies-first")


@pytest.mark.parametrize(("designee", "orcs"), [(True, False), (False, True), (True, True)])
def test_the_designee_and_orcs_report_a_vacancy(*, designee: bool, orcs: bool) -> None:
    assert report_refused(designee=designee, orcs=orcs) is None


def test_anybody_else_is_told_who_reports_it() -> None:
    advice = report_refused(designee=False, orcs=False)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R15", "through-the-designee")
    assert "ORCS may do so on the school's behalf." in advice.who_acts


def test_an_agencys_provider_is_registered_once_the_agency_has_asked() -> None:
    assert registration_refused(Affiliation.AGENCY, passed_on=True) is None
    advice = registration_refused(Affiliation.AGENCY, passed_on=False)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R9", "agency-asks-first")


@pytest.mark.parametrize("passed_on", [True, False])
def test_an_independent_provider_has_no_agency_to_wait_for(*, passed_on: bool) -> None:
    assert registration_refused(Affiliation.RSA, passed_on=passed_on) is None
