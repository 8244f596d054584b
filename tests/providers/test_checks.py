"""The system check that every rule of the memo leads to something that exists."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from providers.checks import check_rules, exists, problems
from providers.policy.registry import DECIDING, RULE_NAMES, RULES

WHOLE = dict.fromkeys(RULE_NAMES, ("providers.policy.rules.gate",))


def test_the_rules_are_in_order() -> None:
    assert check_rules(None) == []


def test_the_check_runs_with_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("providers.checks.RULES", {**WHOLE, "R17": ()})
    assert [found.id for found in run_checks(tags=["policy"])] == ["policy.E002"]


def test_sixteen_rules_are_listed_each_once() -> None:
    assert list(RULES) == list(RULE_NAMES) == [f"R{number}" for number in range(1, 17)]


@pytest.mark.parametrize("rule", DECIDING)
def test_a_deciding_rule_has_a_function_of_the_policy(rule: str) -> None:
    assert any(name.startswith("providers.policy.rules.") for name in RULES[rule])


def test_a_rule_left_out_is_an_error() -> None:
    without = {rule: names for rule, names in WHOLE.items() if rule != "R8"}
    assert [(found.id, "R8" in found.msg) for found in problems(without)] == [("policy.E001", True)]


def test_a_rule_nobody_knows_is_an_error() -> None:
    assert [found.id for found in problems({**WHOLE, "R17": ()})] == ["policy.E002"]


def test_a_name_that_leads_nowhere_is_an_error() -> None:
    found = list(problems({**WHOLE, "R8": ("providers.policy.rules.gates",)}))
    assert [(one.id, one.msg) for one in found] == [
        ("policy.E003", "R8 names providers.policy.rules.gates, which does not exist.")
    ]


def test_a_rule_may_still_be_to_come() -> None:
    assert list(problems({**WHOLE, "R16": ()})) == []


@pytest.mark.parametrize(
    "name",
    [
        "providers.policy.rules.gate",
        "constraint:providers.AccessGrant.access_grant_by_the_right_route",
        "setting:HELP_DESK_NUMBER",
    ],
)
def test_what_exists_is_found(name: str) -> None:
    assert exists(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "gate",
        "providers.policy.rules.gates",
        "providers.policies.rules.gate",
        "constraint:providers.AccessGrant.access_grant_by_any_route",
        "constraint:providers.Nobody.access_grant_by_the_right_route",
        "constraint:access_grant_by_the_right_route",
        "setting:HELP_DESK",
        "template:no/such/page.html",
        "url:no-such-page",
        "page:home",
    ],
)
def test_what_does_not_exist_is_not_found(name: str) -> None:
    assert not exists(name)
