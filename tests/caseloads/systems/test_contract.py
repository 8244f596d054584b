"""What every system promises to whoever sends to it, held to all three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from caseloads.systems.contract import FirstAttend, Shown
from caseloads.systems.registry import GATEWAYS
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import CASES, DAY, EARLIER, Case, message, settled

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(params=CASES, ids=lambda case: case.system.slug)
def case(request: pytest.FixtureRequest) -> Case:
    chosen: Case = request.param
    return chosen


@pytest.fixture
def here(case: Case) -> Scene:
    made = scene()
    case.prepare(made)
    return made


@pytest.fixture
def sent(here: Scene) -> FirstAttend:
    return message(here.provider, here.mandate)


def test_the_registry_names_this_gateway(case: Case) -> None:
    assert type(GATEWAYS[case.system]) is type(case.gateway)


def test_taking_promises_a_time_and_shows_nothing(case: Case, sent: FirstAttend) -> None:
    before = case.effect()
    (answer,) = case.gateway.take([sent], now=build.NOW).items()
    assert answer[0] == sent.delivery
    assert answer[1].expected > build.NOW
    assert answer[1].shown is None
    assert case.effect() == before


def test_an_empty_batch_is_answered_with_nothing(case: Case) -> None:
    assert dict(case.gateway.take([], now=build.NOW)) == {}
    assert case.notices() == []


def test_a_batch_is_answered_message_by_message(case: Case, here: Scene) -> None:
    batch = [message(here.provider, build.mandated(here.school)) for _ in range(3)]
    assert set(case.gateway.take(batch, now=build.NOW)) == {one.delivery for one in batch}
    assert len(case.notices()) == 3


def test_more_than_a_statement_carries_is_taken_whole(case: Case, sent: FirstAttend) -> None:
    many = [replace(sent, delivery=10_000 + place) for place in range(1_001)]
    assert len(case.gateway.take(many, now=build.NOW)) == len(case.notices()) == 1_001


@pytest.mark.parametrize("later", [timedelta(0), HOUR, DAY])
def test_a_second_delivery_answers_like_the_first_and_changes_nothing(
    case: Case, sent: FirstAttend, later: timedelta
) -> None:
    first, kept = dict(case.gateway.take([sent], now=build.NOW)), case.notices()
    again = dict(case.gateway.take([sent], now=build.NOW + later))
    assert again == first
    assert case.notices() == kept


def test_a_message_twice_in_a_batch_is_one(case: Case, sent: FirstAttend) -> None:
    assert len(case.gateway.take([sent, sent], now=build.NOW)) == 1
    assert len(case.notices()) == 1


def test_the_effect_does_not_stand_before_its_time(case: Case, sent: FirstAttend) -> None:
    case.gateway.take([sent], now=build.NOW)
    before = case.effect()
    assert settled(case, now=case.early) == []
    assert case.effect() == before


def test_the_effect_stands_at_its_time_and_not_after_what_was_promised(
    case: Case, here: Scene, sent: FirstAttend
) -> None:
    promise = case.gateway.take([sent], now=build.NOW)[sent.delivery].expected
    before = case.effect()
    case.ripen(here)
    assert settled(case, now=case.ripe) == [Shown(sent.delivery, case.ripe)]
    assert case.effect() != before
    assert case.ripe <= promise


def test_settling_twice_is_settling_once(case: Case, here: Scene, sent: FirstAttend) -> None:
    case.gateway.take([sent], now=build.NOW)
    case.ripen(here)
    settled(case, now=case.ripe)
    effect, notices = case.effect(), case.notices()
    for later in (timedelta(0), HOUR, DAY):
        assert settled(case, now=case.ripe + later) == []
    assert (case.effect(), case.notices()) == (effect, notices)


def test_a_second_delivery_of_what_stands_says_since_when(case: Case, here: Scene, sent: FirstAttend) -> None:
    """A reply that was lost is not a reason to do it twice."""
    first = case.gateway.take([sent], now=build.NOW)[sent.delivery]
    case.ripen(here)
    settled(case, now=case.ripe)
    effect, notices = case.effect(), case.notices()
    again = case.gateway.take([sent], now=case.ripe + HOUR)[sent.delivery]
    assert (again.expected, again.shown) == (first.expected, case.ripe)
    settled(case, now=case.ripe + DAY)
    assert (case.effect(), case.notices()) == (effect, notices)


def test_settling_without_messages_shows_nothing(case: Case, here: Scene) -> None:
    before = case.effect()
    case.ripen(here)
    assert settled(case, now=case.ripe) == []
    assert not [row for row in case.effect() if row not in before and EARLIER in row]


def outcome(case: Case, here: Scene, order: Sequence[FirstAttend], *, apart: bool) -> list[tuple[Any, ...]]:
    """Return what a system shows after messages came in an order, at once or with time to settle between; undo it."""
    with transaction.atomic():
        case.ripen(here)
        for place, one in enumerate(order):
            case.gateway.take([one], now=build.NOW + place * (DAY if apart else HOUR))
            if apart:
                settled(case, now=case.ripe + place * DAY)
        settled(case, now=case.ripe + len(order) * DAY)
        shown = case.effect()
        transaction.set_rollback(True)
    return shown


@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
def test_two_swapped_messages_come_to_the_same(case: Case, here: Scene, apart: bool) -> None:
    """Order is kept on the way, but a parked message may be sent again days later."""
    one = message(here.provider, here.mandate, session_on=EARLIER)
    other = message(build.provider(at=here.school), here.mandate)
    before = case.effect()
    assert outcome(case, here, [one, other], apart=apart) == outcome(case, here, [other, one], apart=apart) != before


def test_nothing_is_due_while_nothing_waits(case: Case) -> None:
    assert case.gateway.next_due(after=build.NOW) is None


def test_following_what_is_due_leads_to_the_effect_and_then_ends(case: Case, here: Scene, sent: FirstAttend) -> None:
    case.gateway.take([sent], now=build.NOW)
    case.ripen(here)
    due = case.gateway.next_due(after=build.NOW)
    assert due is not None
    assert build.NOW < due <= case.ripe
    assert settled(case, now=due) == [Shown(sent.delivery, due)]
    assert case.gateway.next_due(after=due) is None
