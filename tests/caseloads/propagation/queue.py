"""Queues of deliveries for tests, clocks that stand still, and a system that remembers what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from caseloads.kinds import DeliveryState, System
from caseloads.models import Delivery
from caseloads.propagation import deliver
from caseloads.systems.contract import FirstAttend, Gateway, Settled, Taken
from caseloads.systems.registry import GATEWAYS
from providers.kinds import Service
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery

SECOND = timedelta(seconds=1)


@dataclass
class Clocks:
    """The real clock and the world's, which move only when told."""

    real: datetime = build.REAL
    world: datetime = build.NOW

    def tick(self, by: timedelta) -> None:
        """Let both move on."""
        self.real += by
        self.world += by

    def drain(self, system: System = System.CAP) -> int:
        """Send what is due to a system now."""
        return deliver.drain(system, real=lambda: self.real, world=lambda: self.world)


def queued(here: Scene, count: int = 1, system: System = System.CAP) -> list[Delivery]:
    """Queue the calls of as many students, each in a delivery of its own."""
    mandates = [build.mandated(here.school) for _ in range(count)]
    return [delivery(accepted(here.provider, mandate), system) for mandate in mandates]


def behind(first: Delivery, system: System = System.CAP, service: Service = Service.SPEECH) -> Delivery:
    """Queue a later call about the same student."""
    mandate = first.student.mandates.get()
    call = accepted(build.provider(), mandate, service=service)
    return delivery(call, system)


def state(of: Delivery) -> DeliveryState:
    """Return how far a delivery has come."""
    of.refresh_from_db()
    return DeliveryState(of.state)


@dataclass
class Watched:
    """A system's own gateway behind a watcher, which may refuse to work with some deliveries."""

    inner: Gateway
    batches: list[list[int]] = field(default_factory=list)
    broken: Callable[[int], BaseException | None] = field(default=lambda _: None)

    @property
    def arrived(self) -> list[int]:
        """Every delivery that arrived, in order."""
        return [one for batch in self.batches for one in batch]

    def take(self, messages: Sequence[FirstAttend], *, now: datetime) -> Mapping[int, Taken]:
        """Write down what came, break if told to, and else take it."""
        self.batches.append([one.delivery for one in messages])
        for error in filter(None, (self.broken(one.delivery) for one in messages)):
            raise error
        return self.inner.take(messages, now=now)

    def settle(self, *, now: datetime) -> Sequence[Settled]:
        """Let effects stand as the system itself does."""
        return self.inner.settle(now=now)

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return what the system itself returns."""
        return self.inner.next_due(after=after)


def watched(system: System = System.CAP) -> Watched:
    """Return a watcher of a system, to be put into the registry."""
    return Watched(GATEWAYS[system])
