"""Rows of calls and deliveries for tests, and the floor a call stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseloads.facts import Asked
from caseloads.intake import Form, Recorded, record
from caseloads.kinds import Act, DeliveryState, Origin, Outcome, System
from caseloads.models import Call, Delivery, Mandate
from providers.kinds import Language, Service
from providers.models import Provider, School
from tests import build


@dataclass(frozen=True)
class Scene:
    """A school, a provider who works there, and a student with one mandate that is assigned to the provider."""

    school: School
    provider: Provider
    mandate: Mandate

    @property
    def osis(self) -> int:
        """The student's number."""
        return self.mandate.student.osis


def scene(*, assigned: bool = True, access: bool = True) -> Scene:
    """Return a scene in a running school year, with the three systems set up."""
    build.school_year()
    build.systems()
    school = build.school()
    provider = build.provider(at=school, access=access)
    mandate = build.mandated(school)
    if assigned:
        build.assignment(provider, mandate)
    return Scene(school, provider, mandate)


def asked(
    osis: int, on: date = build.TODAY, service: Service = Service.SPEECH, language: Language | None = None
) -> Asked:
    """Return what a caller keyed."""
    return Asked(osis, service, language, on)


def call(
    provider: Provider,
    what: Asked,
    *,
    now: datetime = build.NOW,
    real: datetime = build.REAL,
    form: Form | None = None,
) -> Recorded:
    """Record a call through the one way in."""
    return record(provider=provider, asked=what, origin=Origin.FORM, now=now, real=real, form=form)


def accepted(provider: Provider, mandate: Mandate, **changes: Any) -> Call:
    """Insert an accepted call as it is stored, past the way in; ``changes`` name its columns."""
    enrolment = mandate.student.enrolments.get()
    columns: dict[str, Any] = {
        "outcome": Outcome.ACCEPTED,
        "confirmation": f"{10_000_000 + next(build.numbers)}",
        "origin": Origin.FORM,
        "provider": provider,
        "student": mandate.student,
        "school_id": enrolment.school_id,
        "service": mandate.service,
        "language": mandate.language,
        "school_year": build.YEAR[0],
        "session_on": build.TODAY,
        "mandates": [mandate.pk],
        "received": build.NOW,
        "recorded": build.REAL,
    }
    return Call.objects.create(**columns | changes)


def refusal(provider: Provider, **changes: Any) -> Call:
    """Insert a refused call as it is stored."""
    columns: dict[str, Any] = {
        "outcome": Outcome.REFUSED,
        "rule": "R8",
        "reason": "no-transmittal",
        "reference": f"R{10_000_000 + next(build.numbers)}",
        "origin": Origin.FORM,
        "provider": provider,
        "service": Service.SPEECH,
        "school_year": build.YEAR[0],
        "received": build.NOW,
        "recorded": build.REAL,
    }
    return Call.objects.create(**columns | changes)


def delivery(of: Call, system: System = System.CAP, **changes: Any) -> Delivery:
    """Insert a waiting delivery that is due; ``changes`` name its columns."""
    columns: dict[str, Any] = {
        "call": of,
        "system": system,
        "act": Act.FIRST_ATTEND,
        "student_id": of.student_id,
        "service": of.service,
        "state": DeliveryState.WAITING,
        "queued": build.REAL,
        "due": build.REAL,
    }
    return Delivery.objects.create(**columns | changes)
