"""A process that records calls as a page does, one transaction each; it is asked and answers in lines of JSON.

{"prepare": [students, providers]}           the callers, as [id, number, user name]
{"call": [[provider, osis], ...]}            the confirmation numbers, each acknowledged once its call stands
{"replay": [delivery, ...]}                  the ids sent again, as the button and the command do
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from typing import Any

import django

django.setup()

from caseloads import actions  # noqa: E402 - the apps must be ready first
from caseloads.facts import Asked  # noqa: E402 - as above
from caseloads.intake import record  # noqa: E402 - as above
from caseloads.kinds import Origin  # noqa: E402 - as above
from caseloads.models import Delivery  # noqa: E402 - as above
from orcs_portal.shared import clock  # noqa: E402 - as above
from providers.kinds import Service  # noqa: E402 - as above
from providers.models import Provider  # noqa: E402 - as above
from tests.faults.cast import SESSION_ON, prepare  # noqa: E402 - as above


def call(provider: int, osis: int) -> str:
    """Record a first attend and return its confirmation number."""
    recorded = record(
        provider=Provider.objects.get(pk=provider),
        asked=Asked(osis, Service.SPEECH, None, SESSION_ON),
        origin=Origin.COMMAND,
        now=clock.world_now(),
        real=clock.real_now(),
    )
    if recorded.call is None or recorded.call.confirmation is None:
        raise AssertionError(f"The call was not accepted: {recorded.verdict}")
    return recorded.call.confirmation


def answer(asked: dict[str, Any]) -> object:
    """Do what is asked and return what to answer."""
    ((what, about),) = asked.items()
    if what == "prepare":
        return [astuple(one) for one in prepare(students=about[0], providers=about[1])]
    if what == "replay":
        return actions.replay(deliveries=Delivery.objects.filter(pk__in=about), by=None, now=clock.real_now())
    return [call(provider, osis) for provider, osis in about]


def main() -> None:
    """Answer line by line until nobody asks any more."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
