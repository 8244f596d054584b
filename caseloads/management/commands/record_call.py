"""``record_call``: one first-attend call through the same intake as the form and the phone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from caseloads import intake
from caseloads.facts import Asked
from caseloads.kinds import Origin, Outcome
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Exit, PortalCommand, Stopped, add_json, day, understood
from orcs_portal.shared.table import write_table
from providers.kinds import Language, Service
from providers.models import Provider

COLUMNS = ("accepted", "rule", "confirmation", "message")


class Command(PortalCommand):
    """Records a call and prints whether it was accepted, the rule that refused it, its number, and why."""

    help = "Record one first-attend call. Columns: accepted, rule, confirmation (or the reference), message."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who, whom, what and when."""
        parser.add_argument("--provider", required=True, type=int, help="the provider's number")
        parser.add_argument("--student", required=True, help="the student's OSIS number")
        parser.add_argument("--service", required=True, help="such as speech or physical-therapy")
        parser.add_argument("--language", default="", help="needed only where the service is mandated in two")
        parser.add_argument("--date", required=True, help="of the first session: an ISO date, today or yesterday")
        add_json(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Record, print the answer, and end with 4 where the call was not accepted."""
        asked = _asked(options)
        provider = Provider.objects.filter(number=options["provider"]).first()
        if provider is None:
            raise Stopped("--provider: nobody has this number.", code=Exit.WRONG_USE)
        recorded = intake.record(
            provider=provider, asked=asked, origin=Origin.COMMAND, now=clock.world_now(), real=clock.real_now()
        )
        call, verdict = recorded.call, recorded.verdict
        accepted = call is not None and call.outcome == Outcome.ACCEPTED
        number = (call.confirmation or call.reference) if call else None
        row = (accepted, verdict.rule if verdict and not accepted else "", number, verdict.message if verdict else "")
        write_table(self.stdout, COLUMNS, [row], as_json=options["as_json"])
        if not accepted:
            raise Stopped(code=Exit.NOTHING_DONE)


def _asked(options: dict[str, Any]) -> Asked:
    return Asked(
        understood(_osis, options["student"], "--student"),
        understood(Service.from_slug, options["service"], "--service"),
        understood(Language.from_slug, options["language"], "--language") if options["language"] else None,
        understood(lambda text: day(text, today=clock.world_today()), options["date"], "--date"),
    )


def _osis(text: str) -> int:
    """Return a student number; raises ``ValueError`` for anything but nine digits, whatever stands between them."""
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 9 and int(digits)):  # noqa: PLR2004 - an OSIS
        raise ValueError("a student number has nine digits")
    return int(digits)
