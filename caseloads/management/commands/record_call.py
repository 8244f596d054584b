"""``record_call``: one first-attend call through the same intake as the page and the phone."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from typing import Any

from caseloads import intake
from caseloads.facts import Asked, NoSchoolYear
from caseloads.kinds import Origin, Outcome
from caseloads.management import reading
from caseloads.management.ringing import RingingCommand
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Exit, Stopped, add_json, day, understood
from orcs_portal.shared.table import write_table
from providers.kinds import Language, Service
from providers.models import Provider

COLUMNS = ("accepted", "rule", "confirmation", "message")


class Command(RingingCommand):
    """Records a call and prints whether it was accepted, the rule it met, its number, and what the caller is told."""

    help = (
        "Record one first-attend call. Prints: accepted, rule, confirmation, message. "
        "Exit code 4 where the call was not accepted; a repeated call is, with its first number."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask what the phone asks."""
        parser.add_argument("--provider", required=True, help="provider number")
        parser.add_argument("--student", required=True, help="OSIS number, nine digits")
        parser.add_argument("--service", required=True, help="such as speech or occupational-therapy")
        parser.add_argument("--language", help="such as english; only where the service is mandated in several")
        parser.add_argument("--date", required=True, help="first session: a date such as 2026-11-23, today, yesterday")
        add_json(parser)

    def handle(self, *_args: Any, as_json: bool, **options: Any) -> None:
        """Record, print, and end with 4 unless it was accepted."""
        provider, asked = _provider(options["provider"]), _asked(options)
        try:
            recorded = intake.record(
                provider=provider,
                asked=asked,
                origin=Origin.COMMAND,
                now=clock.world_now(),
                real=clock.real_now(),
            )
        except NoSchoolYear:
            raise Stopped("Nothing was recorded: no school year has begun yet; load a school year first.") from None
        call = recorded.call
        accepted = call is not None and call.outcome == Outcome.ACCEPTED
        row = (accepted, _rule(recorded), call.confirmation if call else None, _message(recorded))
        write_table(self.stdout, COLUMNS, [row], as_json=as_json)
        if not accepted:
            raise Stopped(code=Exit.NOTHING_DONE)


def _provider(text: str) -> Provider:
    number = understood(reading.provider_number, text, "--provider")
    found = Provider.objects.filter(number=number).first()
    if found is None:
        raise Stopped(f"--provider: nobody has the number {number}.", code=Exit.WRONG_USE)
    return found


def _asked(options: dict[str, Any]) -> Asked:
    language = options["language"]
    return Asked(
        osis=understood(reading.osis, options["student"], "--student"),
        service=understood(Service.from_slug, options["service"], "--service"),
        language=None if language is None else understood(Language.from_slug, language, "--language"),
        session_on=understood(partial(day, today=clock.world_today()), options["date"], "--date"),
    )


def _rule(recorded: intake.Recorded) -> str:
    return "" if recorded.verdict is None else recorded.verdict.rule


def _message(recorded: intake.Recorded) -> str:
    """Return what the caller is told, with the reference of a call that was kept without a number."""
    told = "" if recorded.verdict is None else recorded.verdict.message
    reference = recorded.call.reference if recorded.call else None
    return f"{told} Reference {reference}." if reference else told
