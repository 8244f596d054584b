"""R1, R6, R8 and R9 rest on tables; each names everyone there is."""

from __future__ import annotations

import pytest

from providers.kinds import Affiliation, Role, Route
from providers.policy import rules
from providers.policy.facts import Waits
from providers.policy.verdict import AccessOwner, Paper
from tests.build import NON_DOE


@pytest.mark.parametrize("table", [rules.ROUTES, rules.ACCESS_OWNERS, rules.PAPERS])
def test_every_affiliation_is_named(table: dict[Affiliation, object]) -> None:
    assert set(table) == set(Affiliation)


def test_every_role_is_named() -> None:
    assert set(rules.CALLS) == set(Role)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NURSE])
def test_everyone_but_the_nurse_calls(role: Role) -> None:
    assert rules.call_due(role) is True


def test_the_nurse_does_not_call() -> None:
    assert rules.call_due(Role.NURSE) is False


@pytest.mark.parametrize("role", [Role.PARAPROFESSIONAL, Role.ENL_TEACHER, Role.SETSS_TEACHER])
def test_those_who_might_think_themselves_exempt_call(role: Role) -> None:
    assert rules.call_due(role)


def test_doe_staff_come_in_through_galaxy() -> None:
    assert rules.route_into_sesis(Affiliation.DOE) is Route.GALAXY
    assert rules.may_be_added_to_galaxy(Affiliation.DOE) is True
    assert rules.wrong_door(Affiliation.DOE, Route.GALAXY) is None


@pytest.mark.parametrize("affiliation", sorted(NON_DOE))
def test_everyone_else_comes_in_through_pets(affiliation: Affiliation) -> None:
    assert rules.route_into_sesis(affiliation) is Route.PETS
    assert rules.may_be_added_to_galaxy(affiliation) is False
    assert rules.wrong_door(affiliation, Route.PETS) is None


@pytest.mark.parametrize(
    ("affiliation", "asks"), [(Affiliation.AGENCY, "Their agency asks"), (Affiliation.RSA, "ORCS asks")]
)
def test_a_non_doe_provider_at_galaxys_door_is_shown_pets(affiliation: Affiliation, asks: str) -> None:
    advice = rules.wrong_door(affiliation, Route.GALAXY)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R9", "galaxy-is-for-doe-staff")
    assert advice.who_acts.startswith(asks)
    assert "PETS" in advice.who_acts
    assert advice.reason.endswith("(R9).")


def test_doe_staff_at_the_door_of_pets_are_shown_galaxy() -> None:
    advice = rules.wrong_door(Affiliation.DOE, Route.PETS)
    assert advice is not None
    assert (advice.rule, advice.code) == ("R6", "pets-is-for-non-doe-providers")
    assert "Galaxy" in advice.who_acts


@pytest.mark.parametrize(
    ("affiliation", "owner", "rule", "code", "asks"),
    [
        (Affiliation.DOE, AccessOwner.SCHOOL, "R6", "not-in-galaxy", "The school adds you to its Galaxy."),
        (Affiliation.AGENCY, AccessOwner.AGENCY, "R9", "not-in-pets", "Your agency asks the central office"),
        (Affiliation.RSA, AccessOwner.ORCS, "R9", "not-in-pets", "ORCS asks the central office"),
    ],
)
def test_missing_access_names_who_opens_it(
    affiliation: Affiliation, owner: AccessOwner, rule: str, code: str, asks: str
) -> None:
    assert rules.access_owner(affiliation) is owner
    advice = rules.access_missing(affiliation)
    assert (advice.rule, advice.code) == (rule, code)
    assert advice.who_acts.startswith(asks)
    assert advice.look_again_school_days == Waits().access


@pytest.mark.parametrize("affiliation", sorted(NON_DOE))
def test_nobody_from_outside_is_sent_to_galaxy(affiliation: Affiliation) -> None:
    advice = rules.access_missing(affiliation)
    assert "Do not ask the school to add you to Galaxy." in advice.meanwhile
    assert "Galaxy" not in advice.who_acts


def test_when_to_look_again_for_access_is_a_setting() -> None:
    assert rules.access_missing(Affiliation.DOE, Waits(access=4)).look_again_school_days == 4


def test_each_paper_belongs_to_one_affiliation() -> None:
    assert rules.PAPERS[Affiliation.DOE] is Paper.NONE
    assert rules.PAPERS[Affiliation.AGENCY] is Paper.TRANSMITTAL
    assert rules.PAPERS[Affiliation.RSA] is Paper.RSA_LETTER


def test_the_tables_cannot_be_changed_at_run_time() -> None:
    with pytest.raises(TypeError):
        rules.CALLS[Role.NURSE] = True  # type: ignore[index]  # what is tried here is what must fail
