"""Which act fits which item."""

from __future__ import annotations

from compliance.kinds import Code, Condition, Handling, Owner
from compliance.mismatches.standing import is_open
from compliance.models import Finding

ELSEWHERE = frozenset(Owner) - {Owner.NOBODY, Owner.COORDINATOR}
"""The owners to whom something can be handed over; what is the coordinator's own is done, not handed over."""

ACKNOWLEDGEABLE = frozenset(
    {
        Code.OVER_CASELOAD,
        Code.RSA_WITHOUT_AGENCIES,
        Code.RSA_UNUSED,
        Code.CALL_BEFORE_GATE,
        Code.CALL_NO_MANDATE,
        Code.DUPLICATE_CALL,
        Code.OLD_MANDATE_SERVED,
        Code.WRONG_SCHOOL,
        Code.WRONG_PROVIDER,
    }
)
"""What may be left as it is: facts that cannot be undone, and limits that the school knows about.

What two systems say differently is never acknowledged: it closes when they agree.
"""


def may_be_handed_over(row: Finding) -> bool:
    """Return whether an item is open and its code names somebody else to act; also to hand it over again."""
    return is_open(row) and row.owner in ELSEWHERE


def may_be_taken_back(row: Finding) -> bool:
    """Return whether an item was handed over or acknowledged by a person, and has not settled since."""
    return row.condition == Condition.OPEN and row.handling != Handling.NONE


def may_be_acknowledged(row: Finding) -> bool:
    """Return whether an item is open and may be left as it is."""
    return is_open(row) and row.code in ACKNOWLEDGEABLE
