"""What is known of an item that is not about a line: a document, a call, a letter, a provider at a school or in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from caseloads.kinds import Outcome
from compliance.kinds import Code, Subject
from compliance.mismatches.evidence import Evidence, Words, say_value
from compliance.models import Finding
from orcs_portal.shared.say import group_number
from providers.models import Agency

Fact = tuple[str, str]


def facts_of(finding: Finding, words: Words) -> list[Fact]:
    """Return label and value of what the comparison kept, in words; what is not known is left out."""
    evidence = Evidence(finding.evidence, Code(finding.code))
    tell = TOLD.get(Subject(finding.subject))
    return [(label, value) for label, value in (tell(evidence, words) if tell else ()) if value]


def _said(evidence: Evidence, part: str, field: str, words: Words) -> str:
    return say_value(field, evidence.value(part, field), part, words)


def _document(evidence: Evidence, words: Words) -> Iterator[Fact]:
    version = evidence.value("iep", "version")
    yield "Document", f"Version {version}, {_said(evidence, 'iep', 'kind', words).lower()}" if version else ""
    yield "Final since", _said(evidence, "iep", "final", words)
    yield "Its mandates begin", _said(evidence, "iep", "starts", words)
    yield "Download to CAP", _said(evidence, "iep", "transfer", words)
    yield "Download last tried", _said(evidence, "iep", "transfer_at", words)
    yield "Consent recorded", _said(evidence, "iep", "consent", words)
    lacking = evidence.value("counts", "lacking")
    yield "CAP lacks", f"{lacking} of its lines" if lacking else ""


def _place(evidence: Evidence, words: Words) -> Iterator[Fact]:
    yield "Serves here since", _said(evidence, "access", "serves", words)
    if evidence.code != Code.NOT_IN_PETS:
        yield "On the Galaxy list since", _said(evidence, "access", "galaxy", words) or "Not on it"
    if evidence.code != Code.NOT_IN_GALAXY:
        yield "In PETS", "Active and eligible" if evidence.value("access", "pets") else "Not active and eligible"
    yield "Students served here", str(evidence.value("counts", "students") or "")


def _call(evidence: Evidence, words: Words) -> Iterator[Fact]:
    for call in evidence.calls():
        yield "Number", group_number(str(call.get("number") or ""))
        yield "Called by", say_value("provider", call.get("provider"), "ivr", words)
        yield "Called", say_value("received", call.get("received"), "ivr", words)
        yield "First session", say_value("session_on", call.get("session_on"), "ivr", words)
        outcome = call.get("outcome")
        yield "Outcome", str(Outcome(outcome).label) if outcome in Outcome.values else ""
    yield "Gate opened", _said(evidence, "gate", "opened", words)
    assigned = [say_value("provider", one, "sesis", words) for one in evidence.kept.get("assigned") or ()]
    yield "Assigned on that day", ", ".join(assigned)
    yield "In CAP since", _said(evidence, "cap", "since", words)


def _letter(evidence: Evidence, words: Words) -> Iterator[Fact]:
    yield "Letter processed", say_value("processed", evidence.value("gate", "letter"), "gate", words)
    codes = [str(one) for one in evidence.value("gate", "not_declined") or ()]
    names = Agency.objects.filter(code__in=codes).values_list("name", flat=True) if codes else ()
    yield "Agencies that have not declined", ", ".join(names)
    yield from _call(Evidence({"ivr": evidence.of("ivr")}), words)


def _load(evidence: Evidence, _words: Words) -> Iterator[Fact]:
    yield "Students on the caseload", str(evidence.value("counts", "students") or "")
    yield "Limit for this service", str(evidence.value("counts", "most") or "")


TOLD: dict[Subject, Callable[[Evidence, Words], Iterator[Fact]]] = {
    Subject.DOCUMENT: _document,
    Subject.PLACE: _place,
    Subject.CALL: _call,
    Subject.LETTER: _letter,
    Subject.LOAD: _load,
}
