"""Which code carries out which of the memo's rules.

``docs/memo.md`` holds the same list with a test and a screen beside each; a system check resolves every name, and a
test keeps both lists equal.  A name is a dotted path, or one of ``constraint:app.Model.name``, ``setting:NAME``,
``template:name`` and ``url:name``.  An empty tuple means *not yet*; a test pins how many, which only falls.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULE_NAMES: tuple[str, ...] = tuple(f"R{number}" for number in range(1, 17))

DECIDING: tuple[str, ...] = ("R1", "R6", "R8", "R9", "R10", "R13", "R14", "R15")
"""The rules that decide something; each has a passing and a near-miss case in the tests."""

RULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "R1": ("providers.policy.rules.call_due",),
        "R2": ("caseloads.intake.record", "caseloads.propagation.deliver.drain"),
        "R3": ("caseloads.systems.sesis.gateway.SesisGateway",),
        "R4": (),
        "R5": (),
        "R6": (
            "providers.policy.rules.route_into_sesis",
            "providers.policy.rules.access_missing",
            "providers.actions.access.add_to_galaxy",
        ),
        "R7": ("setting:HELP_DESK_NUMBER", "template:base.html"),
        "R8": ("providers.policy.rules.gate",),
        "R9": (
            "providers.policy.rules.may_be_added_to_galaxy",
            "providers.policy.rules.wrong_door",
            "constraint:providers.AccessGrant.access_grant_by_the_right_route",
        ),
        "R10": ("providers.policy.rules.governing", "constraint:caseloads.Iep.iep_one_governs_on_a_day"),
        "R11": ("caseloads.propagation.nightly.download", "caseloads.queries.transit.in_transit"),
        "R12": ("caseloads.contracting.offers.offer", "caseloads.contracting.mail.contact_of"),
        "R13": (
            "providers.policy.rules.hold_on",
            "providers.policy.rules.rsa_hold",
            "providers.policy.rules.placement_held",
            "providers.policy.rules.may_start_rsa",
            "providers.policy.rules.rsa_refused",
        ),
        "R14": ("providers.policy.rules.vacancy_or_evaluation",),
        "R15": (
            "providers.policy.rules.report_refused",
            "constraint:providers.Grant.grant_designee_is_coordinator",
        ),
        "R16": (),
    }
)
