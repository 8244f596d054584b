"""Ticking items as a page does."""

from __future__ import annotations

from datetime import date, timedelta

from compliance.mismatches.actions.handling import Order
from compliance.mismatches.picking import Picked
from compliance.mismatches.seen import mark_of
from compliance.models import Finding
from compliance.queries.scope import findings_to_act_on
from providers.scope import Standing
from tests import build

LOOK_AGAIN = build.TODAY + timedelta(days=7)


def ticked(standing: Standing, *findings: Finding) -> Picked:
    """Return some items, each as it stands in this test's hands."""
    return Picked(findings_to_act_on(standing), {one.pk: mark_of(one) for one in findings})


def order(look_again: date = LOOK_AGAIN, ticket: str = "INC-7", note: str = "") -> Order:
    """Return what goes with a hand-over."""
    return Order(look_again, ticket, note)


def fresh(finding: Finding) -> Finding:
    """Return an item as the database has it."""
    return Finding.objects.get(pk=finding.pk)
