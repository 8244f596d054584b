"""The three systems, each set up so that one contract can be held to all of them."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from caseloads.kinds import System
from caseloads.models import CapMandate, CapNotice, Entry, Mandate, SecLine, SecNotice, SesisNotice
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.contract import FirstAttend, Gateway, Settled
from caseloads.systems.nights import CAP_NIGHT, SEC_NIGHT, next_at
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.gateway import CarriedLine, SecGateway
from caseloads.systems.sesis.gateway import SesisGateway
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, accepted

ids = itertools.count(1)
DAY = timedelta(days=1)
EARLIER = build.TODAY - 4 * DAY


def message(
    provider: Provider,
    *mandates: Mandate,
    session_on: date = build.TODAY,
    accepted_at: datetime = build.NOW,
    school: int | None = None,
) -> FirstAttend:
    """Return the first attend of an accepted call of these mandates, as it is sent."""
    first = mandates[0]
    call = accepted(
        provider,
        first,
        mandates=[one.pk for one in mandates],
        session_on=session_on,
        received=accepted_at,
        school_year=build.YEAR[0] + next(ids) * DAY,  # a first attend is unique in its year; here many are wanted
    )
    return FirstAttend(
        delivery=next(ids),
        call=call.pk,
        confirmation=str(call.confirmation),
        provider=provider.pk,
        provider_number=provider.number,
        school=school or call.school_id or 0,
        student=first.student_id,
        osis=first.student.osis,
        service=first.service,
        language=first.language,
        settings=tuple(sorted(one.setting for one in mandates)),
        mandates=tuple(one.pk for one in mandates),
        session_on=session_on,
        accepted=accepted_at,
    )


def cap_mandate(of: Mandate, **changes: Any) -> CapMandate:
    """Return a mandate as CAP holds it: assigned, unless ``changes`` say otherwise."""
    columns: dict[str, Any] = {
        "osis": of.student.osis,
        "service": of.service,
        "language": of.language,
        "setting": of.setting,
        "frequency": of.frequency,
        "duration": of.duration,
        "group_size": of.group_size,
        "starts": of.starts,
        "status": CapStatus.ASSIGNED,
        "since": build.NOW - 5 * DAY,
    }
    return CapMandate.objects.create(**columns | changes)


def carried(
    of: Mandate,
    status: SecStatus | None = SecStatus.ASSIGNED,
    first_attend: date | None = None,
    provider: Provider | None = None,
) -> CarriedLine:
    """Return a mandate as it is carried from CAP to SEC."""
    key = (of.student.osis, of.service, of.language, of.setting)
    number = None if provider is None else provider.number
    return CarriedLine(*key, of.frequency, of.duration, of.group_size, status, number, first_attend)


class Case(Protocol):
    """A system with a scene in which a first attend can have its effect."""

    system: System
    gateway: Gateway
    early: datetime
    ripe: datetime

    def prepare(self, scene: Scene) -> None:
        """Set the system up for the scene's mandate."""

    def ripen(self, scene: Scene) -> None:
        """Let happen whatever else the effect needs besides time."""

    def effect(self) -> list[tuple[Any, ...]]:
        """Return what the system shows."""

    def notices(self) -> list[tuple[Any, ...]]:
        """Return everything that the system keeps of what it took."""


class CapCase:
    """CAP marks the mandate, overnight."""

    system = System.CAP
    gateway: Gateway = CapGateway()
    ripe = next_at(build.NOW, CAP_NIGHT)
    early = ripe - timedelta(seconds=1)

    def prepare(self, scene: Scene) -> None:
        cap_mandate(scene.mandate)

    def ripen(self, scene: Scene) -> None:
        """Nothing but the night is waited for."""

    def effect(self) -> list[tuple[Any, ...]]:
        shown = CapMandate.objects.order_by("osis", "service", "setting")
        return list(shown.values_list("osis", "service", "setting", "status", "first_attend", "provider_number"))

    def notices(self) -> list[tuple[Any, ...]]:
        return list(CapNotice.objects.order_by("delivery").values_list())


class SecCase:
    """SEC's report changes once CAP's mark has been carried to it."""

    system = System.SEC
    gateway: Gateway = SecGateway()
    early = next_at(build.NOW, SEC_NIGHT)
    ripe = next_at(early, SEC_NIGHT)

    def prepare(self, scene: Scene) -> None:
        SecGateway().carry([carried(scene.mandate)], now=build.NOW - DAY)
        SecGateway().settle(now=build.NOW - DAY)

    def ripen(self, scene: Scene) -> None:
        SecGateway().carry([carried(scene.mandate, SecStatus.RECEIVING, EARLIER)], now=self.ripe)

    def effect(self) -> list[tuple[Any, ...]]:
        current = SecLine.objects.filter(until_at=None).order_by("osis", "service", "setting")
        return list(current.values_list("osis", "service", "setting", "status", "first_attend", "provider_number"))

    def notices(self) -> list[tuple[Any, ...]]:
        return list(SecNotice.objects.order_by("delivery").values_list())


class SesisCase:
    """SESIS opens a caseload entry after its lag of two to ten hours."""

    system = System.SESIS
    gateway: Gateway = SesisGateway()
    early = build.NOW + timedelta(minutes=119)
    ripe = build.NOW + timedelta(minutes=605)

    def prepare(self, scene: Scene) -> None:
        assert scene.provider.access_grants.filter(school=scene.school).exists()

    def ripen(self, scene: Scene) -> None:
        """Nothing but the lag is waited for."""

    def effect(self) -> list[tuple[Any, ...]]:
        entries = Entry.objects.order_by("mandate", "provider")
        return list(entries.values_list("mandate", "provider", "school", "call", "state", "held_for"))

    def notices(self) -> list[tuple[Any, ...]]:
        return list(SesisNotice.objects.order_by("delivery").values_list())


CASES: tuple[Case, ...] = (CapCase(), SecCase(), SesisCase())


def settled(case: Case, *, now: datetime) -> list[Settled]:
    """Let a system settle, and return what it then shows for the first time, in order of delivery."""
    return sorted(case.gateway.settle(now=now), key=lambda one: one.delivery)
