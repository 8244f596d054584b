"""One call goes in, three systems answer, each in its own way and time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.facts import Asked
from caseloads.intake import Recorded, record
from caseloads.kinds import DeliveryState, EntryState, Origin, Outcome, System
from caseloads.models import CapMandate, Delivery, Entry, SecLine
from caseloads.propagation import deliver, nightly
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway, DocumentLine
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Service
from providers.models import Provider
from tests import build

pytestmark = pytest.mark.django_db


def call(provider: Provider, osis: int) -> Recorded:
    """Record a first attend of today."""
    asked = Asked(osis, Service.SPEECH, None, build.TODAY)
    return record(provider=provider, asked=asked, origin=Origin.FORM, now=build.NOW, real=build.REAL)


def drain_all() -> None:
    """Send everything that is due."""
    for system in System:
        deliver.drain(system, real=lambda: build.REAL, world=lambda: build.NOW)


def test_a_call_reaches_sesis_then_cap_then_sec_each_with_its_own_effect() -> None:
    build.school_year()
    build.systems()
    school = build.school()
    provider = build.provider(at=school)
    mandate = build.mandated(school)
    build.assignment(provider, mandate)
    line = DocumentLine(mandate.student.osis, 1, 1, 2, 3, 30, 2, mandate.starts, None, provider.number)
    nightly.begin(now=build.NOW - timedelta(days=4))
    CapGateway().apply_documents([mandate.student.osis], [line], now=build.NOW - timedelta(days=3))
    nightly.walk(until=build.NOW)
    assert SecLine.objects.get(until_at=None).status == SecStatus.ASSIGNED

    recorded = call(provider, mandate.student.osis)
    assert recorded.call is not None
    assert recorded.call.outcome == Outcome.ACCEPTED
    drain_all()
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {DeliveryState.DELIVERED}
    assert not Delivery.objects.exclude(shown=None).exists()

    nightly.walk(until=build.NOW + timedelta(hours=11))
    entry = Entry.objects.get()
    assert (entry.state, entry.mandate, entry.provider, entry.call) == (
        EntryState.OPEN,
        mandate,
        provider,
        recorded.call,
    )
    assert CapMandate.objects.get().status == CapStatus.ASSIGNED

    nightly.walk(until=build.NOW + timedelta(days=1))
    cap = CapMandate.objects.get()
    assert (cap.status, cap.first_attend) == (CapStatus.FIRST_ATTENDED, build.TODAY)
    assert SecLine.objects.get(until_at=None).first_attend is None

    nightly.walk(until=build.NOW + timedelta(days=2))
    now = SecLine.objects.get(until_at=None)
    assert (now.status, now.first_attend) == (SecStatus.RECEIVING, build.TODAY)
    assert SecLine.objects.count() == 2
    assert not Delivery.objects.filter(shown=None).exists()
