"""Calls, their deliveries and caseload entries: what the database refuses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from caseloads.kinds import Act, DeliveryState, EntryState, Outcome, System
from caseloads.models import Call, Delivery, Entry
from providers.kinds import Language, Route, Service
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal, scene
from tests.refusals import refused

pytestmark = pytest.mark.django_db

LEASE: dict[str, Any] = {"lease_until": build.REAL, "token": uuid4()}
WHOLE = "call_accepted_iff_confirmed"


@pytest.fixture
def here() -> Scene:
    return scene()


def test_a_first_attend_is_recorded_once_in_a_school_year(here: Scene) -> None:
    accepted(here.provider, here.mandate)
    with refused("first_attend_once"):
        accepted(here.provider, here.mandate, session_on=build.YEAR[0])


@pytest.mark.parametrize(
    "changed",
    [
        {"service": Service.COUNSELING},
        {"language": Language.SPANISH},
        {"school_year": build.YEAR[0].replace(year=2025)},
    ],
)
def test_another_service_language_or_year_is_another_first_attend(here: Scene, changed: dict[str, Any]) -> None:
    accepted(here.provider, here.mandate)
    assert accepted(here.provider, here.mandate, **changed).pk


def test_another_provider_has_a_first_attend_of_their_own(here: Scene) -> None:
    accepted(here.provider, here.mandate)
    assert accepted(build.provider(), here.mandate).pk


def test_refusals_of_the_same_call_are_all_kept(here: Scene) -> None:
    for _ in range(2):
        refusal(here.provider, student=here.mandate.student, language=Language.ENGLISH)
    accepted(here.provider, here.mandate)
    assert Call.objects.count() == 3


@pytest.mark.parametrize("column", ["confirmation", "student", "language", "school", "session_on"])
def test_an_accepted_call_lacks_nothing(here: Scene, column: str) -> None:
    accepted(here.provider, here.mandate)
    with refused(WHOLE):
        Call.objects.update(**{column: None})


@pytest.mark.parametrize("column", [{"reference": "R40712296"}, {"rule": "R8"}])
def test_an_accepted_call_has_neither_a_reference_nor_a_rule(here: Scene, column: dict[str, str]) -> None:
    accepted(here.provider, here.mandate)
    with refused(WHOLE):
        Call.objects.update(**column)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNLINKED])
def test_only_an_accepted_call_has_a_confirmation_number(here: Scene, outcome: Outcome) -> None:
    with refused(WHOLE):
        refusal(here.provider, outcome=outcome, confirmation="40712296")


@pytest.mark.parametrize("missing", [{"rule": ""}, {"reference": None}])
def test_a_refusal_has_its_rule_and_a_reference(here: Scene, missing: dict[str, Any]) -> None:
    with refused("call_refused_with_rule_and_reference"):
        refusal(here.provider, **missing)


@pytest.mark.parametrize("number", ["", "4071229", "4071229x", "R4071229", " 4071229", "-4071229"])
def test_a_confirmation_number_is_eight_digits(here: Scene, number: str) -> None:
    with refused("call_confirmation_has_eight_digits"):
        accepted(here.provider, here.mandate, confirmation=number)


@pytest.mark.parametrize("reference", ["", "R", "40712296", "R4071229", "r40712296", "R4071229x", "407122961"])
def test_a_reference_is_r_and_eight_digits(here: Scene, reference: str) -> None:
    with refused("call_reference_has_its_shape"):
        refusal(here.provider, reference=reference)


def test_no_two_calls_share_a_number(here: Scene) -> None:
    first = accepted(here.provider, here.mandate)
    with refused("caseloads_call_confirmation_key"):
        accepted(build.provider(), here.mandate, confirmation=first.confirmation)
    second = refusal(here.provider)
    with refused("caseloads_call_reference_key"):
        refusal(here.provider, reference=second.reference)


def test_a_form_makes_one_call_and_its_token_has_a_digest(here: Scene) -> None:
    token = uuid4()
    accepted(here.provider, here.mandate, form_token=token, form_digest="d" * 64)
    with refused("caseloads_call_form_token_key"):
        refusal(here.provider, form_token=token, form_digest="e" * 64)
    with refused("call_form_token_with_digest"):
        refusal(here.provider, form_token=uuid4())
    with refused("call_form_token_with_digest"):
        refusal(here.provider, form_digest="d" * 64)


def test_a_call_makes_one_delivery_of_an_act_to_a_system(here: Scene) -> None:
    call = accepted(here.provider, here.mandate)
    for system in System:
        delivery(call, system)
    with refused("delivery_once"):
        delivery(call, System.SEC, act=Act.FIRST_ATTEND)


def test_a_delivered_row_has_its_time_and_no_other_row_has(here: Scene) -> None:
    call = accepted(here.provider, here.mandate)
    with refused("delivery_delivered_iff_timed"):
        delivery(call, state=DeliveryState.DELIVERED)
    for state in (DeliveryState.WAITING, DeliveryState.PARKED, DeliveryState.AWAITED):
        with refused("delivery_delivered_iff_timed"):
            delivery(call, state=state, delivered=build.REAL, reason="Any")
    assert delivery(call, state=DeliveryState.DELIVERED, delivered=build.REAL).pk


@pytest.mark.parametrize("missing", ["lease_until", "token"])
def test_nothing_is_sent_without_a_lease_and_a_fence(here: Scene, missing: str) -> None:
    call = accepted(here.provider, here.mandate)
    with refused("delivery_sending_iff_leased"):
        delivery(call, state=DeliveryState.SENDING, **LEASE | {missing: None})
    assert delivery(call, state=DeliveryState.SENDING, **LEASE).pk


@pytest.mark.parametrize("kept", ["lease_until", "token"])
@pytest.mark.parametrize("state", set(DeliveryState) - {DeliveryState.SENDING})
def test_whatever_is_not_being_sent_holds_no_lease(here: Scene, state: DeliveryState, kept: str) -> None:
    row = delivery(accepted(here.provider, here.mandate), state=DeliveryState.SENDING, **LEASE)
    fitting = {"delivered": build.REAL if state == DeliveryState.DELIVERED else None, "reason": "Any", "state": state}
    let_go = {"lease_until": None, "token": None}
    with refused("delivery_sending_iff_leased"):
        Delivery.objects.filter(pk=row.pk).update(**fitting | let_go | {kept: LEASE[kept]})
    Delivery.objects.filter(pk=row.pk).update(**fitting | let_go)


def test_nothing_is_parked_without_a_reason(here: Scene) -> None:
    with refused("delivery_parked_with_reason"):
        delivery(accepted(here.provider, here.mandate), state=DeliveryState.PARKED)


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.PARKED])
def test_nothing_shows_that_was_not_taken(here: Scene, state: DeliveryState) -> None:
    call = accepted(here.provider, here.mandate)
    with refused("delivery_shown_after_taken"):
        delivery(call, state=state, reason="Any", shown=build.NOW)
    assert delivery(call, state=DeliveryState.AWAITED, shown=build.NOW).pk


@pytest.mark.parametrize("state", [DeliveryState.DELIVERED, DeliveryState.AWAITED])
def test_what_is_over_says_why_and_shows_nothing(here: Scene, state: DeliveryState) -> None:
    timed: dict[str, Any] = {"delivered": build.REAL if state == DeliveryState.DELIVERED else None, "state": state}
    row = delivery(accepted(here.provider, here.mandate), **timed)
    for wrong in ({"reason": ""}, {"reason": "The line ended", "shown": build.NOW}):
        with refused("delivery_ended_instead_of_shown"):
            Delivery.objects.filter(pk=row.pk).update(ended=build.NOW, **wrong)
    Delivery.objects.filter(pk=row.pk).update(ended=build.NOW, reason="The line ended")


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.PARKED])
def test_nothing_is_over_that_was_not_taken(here: Scene, state: DeliveryState) -> None:
    with refused("delivery_ended_instead_of_shown"):
        delivery(accepted(here.provider, here.mandate), state=state, ended=build.NOW, reason="The line ended")


def test_whoever_sent_a_delivery_again_did_so_at_a_time(here: Scene) -> None:
    row = delivery(accepted(here.provider, here.mandate), replayed=build.REAL)
    Delivery.objects.update(replayed_by=build.user())
    with refused("delivery_replayer_only_with_time"):
        Delivery.objects.filter(pk=row.pk).update(replayed=None)


def test_a_delivery_is_about_its_calls_student(here: Scene) -> None:
    row, other = delivery(accepted(here.provider, here.mandate)), build.student(here.school)
    with refused("delivery_of_the_calls_student"):
        Delivery.objects.filter(pk=row.pk).update(student=other)


def test_an_entry_is_about_its_mandates_student(here: Scene) -> None:
    row, other = entry(here, here.provider, EntryState.OPEN), build.student(here.school)
    with refused("entry_of_the_mandates_student"):
        Entry.objects.filter(pk=row.pk).update(student=other)
    with refused("entry_of_the_mandates_student"):
        Entry.objects.filter(pk=row.pk).update(mandate=build.mandated(here.school))


def entry(scene: Scene, provider: Provider, state: EntryState, held_for: Route | None = None) -> Entry:
    """Insert a caseload entry."""
    return Entry.objects.create(
        mandate=scene.mandate,
        student=scene.mandate.student,
        provider=provider,
        school=scene.school,
        state=state,
        held_for=held_for,
        since=build.NOW,
    )


@pytest.mark.parametrize("state", [EntryState.OPEN, EntryState.HELD])
def test_a_mandate_is_on_a_providers_caseload_once(here: Scene, state: EntryState) -> None:
    entry(here, here.provider, EntryState.OPEN)
    with refused("entry_open_once"):
        entry(here, here.provider, state, Route.GALAXY if state == EntryState.HELD else None)


def test_ended_entries_and_other_providers_stand_beside_an_open_one(here: Scene) -> None:
    for _ in range(2):
        entry(here, here.provider, EntryState.ENDED)
    entry(here, here.provider, EntryState.OPEN)
    entry(here, build.provider(), EntryState.OPEN)
    with refused("entry_open_once"):
        Entry.objects.filter(state=EntryState.ENDED).update(state=EntryState.OPEN)


def test_a_held_entry_says_for_what_and_no_other_does(here: Scene) -> None:
    with refused("entry_held_iff_it_says_for_what"):
        entry(here, here.provider, EntryState.HELD)
    for state in (EntryState.OPEN, EntryState.ENDED):
        with refused("entry_held_iff_it_says_for_what"):
            entry(here, here.provider, state, Route.PETS)
    assert entry(here, here.provider, EntryState.HELD, Route.PETS).pk
