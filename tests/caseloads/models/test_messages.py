"""What is written to agencies: what the database refuses (R12)."""

from __future__ import annotations

from typing import Any

import pytest

from caseloads.models import Message, Offer, Vacancy
from caseloads.models.message import MessageKind, MessageState
from providers.kinds import Language, Service
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def offer() -> Offer:
    """Offer a vacancy to an agency."""
    reported = Vacancy.objects.create(
        school=build.school(),
        service=Service.SPEECH,
        language=Language.SPANISH,
        unserved_since=build.TODAY,
        logged_by=build.user(),
        logged=build.NOW,
    )
    return Offer.objects.create(vacancy=reported, agency=build.agency(), offered_by=build.user(), offered=build.NOW)


def message(**columns: Any) -> Message:
    """Write an e-mail about an offer, kept here only unless told otherwise."""
    whole: dict[str, Any] = {
        "kind": MessageKind.OFFER,
        "to": ["assignments@agency.example"],
        "copied": ["related-services@school.example"],
        "subject": "Vacancy",
        "body": "Speech-language, Spanish.",
        "written_by": build.user(),
        "written": build.NOW,
        "state": MessageState.KEPT,
    }
    return Message.objects.create(offer=offer(), **whole | columns)


def test_nothing_is_written_without_the_schools_contact_in_copy() -> None:
    """R12: the school's related-services contact is in copy, or there is no e-mail at all."""
    with refused("message_has_the_school_in_copy"):
        message(copied=[])


def test_nothing_is_written_to_nobody() -> None:
    with refused("message_is_to_somebody"):
        message(to=[])


@pytest.mark.parametrize("state", MessageState)
def test_what_was_sent_has_its_time_and_nothing_else_has(state: MessageState) -> None:
    due = build.REAL if state is MessageState.WAITING else None
    if state is MessageState.SENT:
        with refused("message_sent_iff_timed"):
            message(state=state, due=due)
        assert message(state=state, due=due, sent=build.REAL).pk
    else:
        with refused("message_sent_iff_timed"):
            message(state=state, due=due, sent=build.REAL)
        assert message(state=state, due=due).pk


@pytest.mark.parametrize("state", MessageState)
def test_what_waits_knows_until_when_and_nothing_else_does(state: MessageState) -> None:
    sent = build.REAL if state is MessageState.SENT else None
    waits = state is MessageState.WAITING
    with refused("message_waits_for_a_time"):
        message(state=state, sent=sent, due=None if waits else build.REAL)
    assert message(state=state, sent=sent, due=build.REAL if waits else None).pk


def test_it_is_said_by_its_offer_and_never_by_a_student() -> None:
    one = message()
    assert str(one) == f"Offer {one.offer_id}"
