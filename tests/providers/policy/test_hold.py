"""R13: the dated hold on independent providers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from providers.kinds import Affiliation
from providers.policy.facts import Switch, Waits
from providers.policy.rules import hold_on, may_start_rsa, placement_held, rsa_hold

DAY = timedelta(days=1)
LIFTED = date(2027, 2, 1)
BACK = date(2027, 4, 12)
SWITCHES = (Switch(LIFTED, on=False), Switch(BACK, on=True))


def test_the_hold_is_on_before_anybody_switches_anything() -> None:
    assert hold_on(date(2026, 11, 24), ()) is True


@pytest.mark.parametrize(
    ("day", "held"),
    [(LIFTED - DAY, True), (LIFTED, False), (BACK - DAY, False), (BACK, True), (BACK + 400 * DAY, True)],
    ids=["the day before", "the day it is lifted", "the last day without", "the day it is back", "long after"],
)
def test_the_last_switch_on_or_before_the_day_decides(day: date, *, held: bool) -> None:
    assert hold_on(day, SWITCHES) is held


def test_the_order_of_the_rows_does_not_matter_across_days() -> None:
    assert hold_on(BACK, reversed(SWITCHES)) is True
    assert hold_on(LIFTED, reversed(SWITCHES)) is False


def test_of_two_switches_for_one_day_the_later_decides() -> None:
    assert hold_on(LIFTED, (Switch(LIFTED, on=False), Switch(LIFTED, on=True))) is True
    assert hold_on(LIFTED, (Switch(LIFTED, on=True), Switch(LIFTED, on=False))) is False


@pytest.mark.parametrize("hold", [True, False])
def test_the_hold_stops_independent_providers_only(*, hold: bool) -> None:
    assert rsa_hold(Affiliation.RSA, hold=hold) is hold
    assert rsa_hold(Affiliation.AGENCY, hold=hold) is False
    assert rsa_hold(Affiliation.DOE, hold=hold) is False


@pytest.mark.parametrize(
    ("hold", "declined", "may"),
    [(True, True, False), (True, False, False), (False, False, False), (False, True, True)],
)
def test_an_rsa_starts_only_without_the_hold_and_after_every_agency(*, hold: bool, declined: bool, may: bool) -> None:
    assert may_start_rsa(hold=hold, agencies_declined=declined) is may


def test_an_independent_provider_is_not_placed_under_the_hold() -> None:
    advice = placement_held(Affiliation.RSA, hold=True, waits=Waits(hold=7))
    assert advice is not None
    assert (advice.rule, advice.code, advice.look_again_school_days) == ("R13", "rsa-hold", 7)
    assert "every contracted agency has declined" in advice.what_then


def test_anybody_else_is_placed_and_so_is_an_independent_provider_without_the_hold() -> None:
    assert placement_held(Affiliation.RSA, hold=False) is None
    assert placement_held(Affiliation.AGENCY, hold=True) is None
    assert placement_held(Affiliation.DOE, hold=True) is None
