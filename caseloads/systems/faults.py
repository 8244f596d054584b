"""What goes wrong on the way to a system and back, on purpose, seeded and as data (``SystemSetting``).

The same six faults for every system; which messages a fault strikes depends only on the seed, the delivery and how
often it was tried, so that a run can be repeated.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from caseloads.kinds import Fault, System
from caseloads.models.system import SystemSetting
from caseloads.systems import faultpoints
from caseloads.systems.contract import FirstAttend, Gateway, NoReply, Refused, Reply, Silent, Taken


def draw(seed: int, *parts: object) -> float:
    """Return a number in [0, 1) that depends on the seed and the parts alone."""
    text = ":".join(str(part) for part in (seed, *parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) / 2**64


def struck(knobs: SystemSetting, messages: Sequence[FirstAttend], tries: Mapping[int, int]) -> set[int]:
    """Return the delivery ids that this system's fault strikes in this sending."""
    share = knobs.rate / 100
    return {m.delivery for m in messages if draw(knobs.seed, "strike", m.delivery, tries.get(m.delivery, 0)) < share}


def send(
    gateway: Gateway,
    knobs: SystemSetting,
    messages: Sequence[FirstAttend],
    *,
    now: datetime,
    tries: Mapping[int, int],
) -> dict[int, Reply]:
    """Send messages through the system's present fault and return its reply to each, by delivery id.

    Raises ``Silent`` when the whole system does not answer within ``settings.SYSTEM_PATIENCE`` seconds of real time.
    """
    name = knobs.get_system_display()
    if knobs.fault == Fault.OFF:
        raise Silent(f"{name} did not answer")
    if knobs.fault == Fault.SLOW:
        _wait(knobs, name)
    hit = struck(knobs, messages, tries) if knobs.fault in {Fault.REJECT, Fault.LOSE, Fault.DUPLICATE} else set()
    if knobs.fault == Fault.REJECT:
        good = [m for m in messages if m.delivery not in hit]
        refused = {one: Refused(f"{name} rejected the record as it stands") for one in hit}
        return {**_take(gateway, knobs, good, now=now), **refused}
    if knobs.fault == Fault.LOSE:
        return _losing(gateway, knobs, messages, hit, now=now, tries=tries)
    replies: dict[int, Reply] = {**_take(gateway, knobs, messages, now=now)}
    if hit:
        _take(gateway, knobs, [m for m in messages if m.delivery in hit], now=now)
    return replies


def _take(
    gateway: Gateway, knobs: SystemSetting, messages: Sequence[FirstAttend], *, now: datetime
) -> Mapping[int, Taken]:
    """Let the receiver take a batch in a transaction of its own."""
    system = System(knobs.system)
    with transaction.atomic():
        taken = gateway.take(messages, now=now)
        faultpoints.reach("taking", system)
    faultpoints.reach("taken", system)
    return taken


def _wait(knobs: SystemSetting, name: str) -> None:
    """Wait as long as a slow system takes; raises ``Silent`` past our patience."""
    patience = float(settings.SYSTEM_PATIENCE)
    time.sleep(min(float(knobs.slow_seconds), patience))
    if knobs.slow_seconds > patience:
        raise Silent(f"{name} did not answer in time")


def _losing(
    gateway: Gateway,
    knobs: SystemSetting,
    messages: Sequence[FirstAttend],
    hit: set[int],
    *,
    now: datetime,
    tries: Mapping[int, int],
) -> dict[int, Reply]:
    """Lose half of what is struck on the way there, and only the reply to the other half."""
    never = {one for one in hit if draw(knobs.seed, "way", one, tries.get(one, 0)) < 1 / 2}
    arriving = [m for m in messages if m.delivery not in never]
    replies: dict[int, Reply] = {**_take(gateway, knobs, arriving, now=now)}
    lost = f"{knobs.get_system_display()} lost the message or its reply"
    return {**replies, **{one: NoReply(lost) for one in hit}}
