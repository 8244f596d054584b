"""The switch of the hold: dated, with a reason, never backwards (R13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orcs_portal.shared.models import Touched
from providers.actions.hold import CannotSwitch, set_hold
from providers.models import PolicySwitch
from providers.queries.hold import hold, rsa_hold
from tests import build
from tests.providers.workplace import touched

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = build.TODAY


def switch(*, on: bool, starts: date = TODAY, reason: str = "Contracts are in place") -> PolicySwitch:
    return set_hold(on=on, starts=starts, reason=reason, by=build.user(), now=build.NOW)


def test_without_a_switch_the_hold_is_on_since_ever() -> None:
    found = hold(TODAY)
    assert (found.on, found.since, found.switches, found.ahead) == (True, None, (), ())


def test_lifted_from_today_on_it_is_off_today_and_was_on_yesterday() -> None:
    row = switch(on=False)
    assert (rsa_hold(TODAY), rsa_hold(TODAY - DAY)) == (False, True)
    assert (row.reason, row.set_at, row.starts) == ("Contracts are in place", build.NOW, TODAY)
    assert touched() == [(Touched.Kind.ALL, 0)]


def test_lifted_from_a_day_to_come_it_stays_on_until_then() -> None:
    switch(on=False, starts=TODAY + 7 * DAY)
    assert (rsa_hold(TODAY), rsa_hold(TODAY + 6 * DAY), rsa_hold(TODAY + 7 * DAY)) == (True, True, False)
    assert touched() == []
    assert [row.starts for row in hold(TODAY).ahead] == [TODAY + 7 * DAY]


def test_no_past_day_is_judged_anew() -> None:
    with pytest.raises(CannotSwitch, match="must be today") as refused:
        switch(on=False, starts=TODAY - DAY)
    assert refused.value.field == "starts"
    assert not PolicySwitch.objects.exists()


def test_what_is_so_already_is_not_switched() -> None:
    with pytest.raises(CannotSwitch, match="the hold is on already") as refused:
        switch(on=True)
    assert refused.value.field == "on"
    switch(on=False)
    with pytest.raises(CannotSwitch, match="the hold is off already"):
        switch(on=False, starts=TODAY + DAY)


def test_a_switch_to_come_is_taken_back_by_another_for_the_same_day() -> None:
    switch(on=False, starts=TODAY + DAY)
    switch(on=True, starts=TODAY + DAY)
    assert rsa_hold(TODAY + DAY) is True


def test_the_history_keeps_every_switch_the_latest_first() -> None:
    switch(on=False)
    switch(on=True, starts=TODAY + 30 * DAY)
    found = hold(TODAY + 31 * DAY)
    assert [(row.on, row.starts) for row in found.switches] == [(True, TODAY + 30 * DAY), (False, TODAY)]
    assert (found.on, found.since, found.ahead) == (True, TODAY + 30 * DAY, ())


def test_a_second_switch_to_the_same_does_not_move_its_beginning() -> None:
    for starts, on in ((date(2026, 9, 1), True), (date(2026, 10, 1), True)):
        PolicySwitch.objects.create(
            rule=PolicySwitch.Rule.RSA_HOLD, starts=starts, on=on, reason="The memo", set_at=build.NOW
        )
    assert hold(TODAY).since == date(2026, 9, 1)
