"""What a scenario is, and where all of them are listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from caseloads.city.faults.scene import Scene, Subject

State = Literal["open", "waiting", "exempt", "agree"]
Made = Callable[[Scene], Subject]

CODES = (
    "CONSENT_MISSING",
    "IEP_ACTION_NEEDED",
    "IEP_KNOWN_ISSUE",
    "IEP_NOT_IN_CAP",
    "IEP_PENDING",
    "CAP_FIELD_DIFFERS",
    "CAP_NOT_ON_IEP",
    "SEC_STALE",
    "SEC_WAITING",
    "SEC_ONLY",
    "AWAITING_PROVIDER",
    "VACANCY_NOT_REPORTED",
    "CASELOAD_ENDED",
    "OVER_CASELOAD",
    "NO_TRANSMITTAL",
    "AGENCY_NOT_STARTED",
    "RSA_UNDER_HOLD",
    "RSA_WITHOUT_AGENCIES",
    "RSA_UNUSED",
    "CALL_BEFORE_GATE",
    "NO_FIRST_ATTEND",
    "NURSE_EXEMPT",
    "CALL_NO_MANDATE",
    "DUPLICATE_CALL",
    "OLD_MANDATE_SERVED",
    "WRONG_SCHOOL",
    "WRONG_PROVIDER",
    "CALL_NOT_IN_CAP",
    "CALL_NOT_IN_SEC",
    "CALL_NOT_ON_CASELOAD",
    "NOT_IN_GALAXY",
    "NOT_IN_PETS",
    "NON_DOE_IN_GALAXY",
)
NEVER_OPEN = frozenset({"IEP_PENDING", "SEC_WAITING", "NURSE_EXEMPT"})
"""Codes that are only ever waiting or exempt."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way in which something is wrong, or seems so: its code, what it is, and how the comparison must see it.

    ``alone`` scenarios make every line of their student; to the others served ones are added.
    """

    code: str
    what: str
    state: State
    make: Made
    alone: bool


class Catalogue:
    """Scenarios by code, in the order in which they were written down."""

    def __init__(self) -> None:
        self.planted: dict[str, list[Scenario]] = {code: [] for code in CODES}
        self.near: dict[str, list[Scenario]] = {code: [] for code in CODES}

    def open(self, code: str, what: str, *, alone: bool = False) -> Callable[[Made], Made]:
        """Let the decorated function plant something that must be open."""
        return self._keep(self.planted, code, what, "open", alone=alone)

    def waiting(self, code: str, what: str, *, alone: bool = False) -> Callable[[Made], Made]:
        """Let the decorated function make something that is only waiting."""
        return self._keep(self.near, code, what, "waiting", alone=alone)

    def exempt(self, code: str, what: str) -> Callable[[Made], Made]:
        """Let the decorated function make something that is never open."""
        return self._keep(self.near, code, what, "exempt", alone=False)

    def agrees(self, code: str, what: str, *, alone: bool = False) -> Callable[[Made], Made]:
        """Let the decorated function make something that misses a fault by one step, or is explained."""
        return self._keep(self.near, code, what, "agree", alone=alone)

    def _keep(
        self, kept: Mapping[str, list[Scenario]], code: str, what: str, state: State, *, alone: bool
    ) -> Callable[[Made], Made]:
        def keep(make: Made) -> Made:
            kept[code].append(Scenario(code, what, state, make, alone))
            return make

        return keep
