"""What an item says in a row of a list and in a heading: what differs, of whom, for which service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compliance.kinds import Code, State, Subject
from compliance.mismatches.evidence import FIELDS, FIGURES, Evidence, Words, say_value
from compliance.mismatches.waiting import waiting_title
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.say import cap, group_number

SPEAKS = {"sesis": "SESIS", "cap": "CAP", "sec": "SEC"}
Headline = Callable[[Finding, Evidence, Words], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A headline of a few words, and a line below it that says which service."""

    headline: str
    detail: str = ""


def said_of(finding: Finding, words: Words) -> Said:
    """Return what an item says.

    Where its cause says all there is to say, the headline is what tells it from the next one.
    """
    evidence = Evidence(finding.evidence)
    speak = HEADLINES.get(Code(finding.code))
    headline = speak(finding, evidence, words) if speak else ""
    details = [one for one in _details(finding, evidence, words) if one]
    if not headline and details:
        headline, details = details[0], details[1:]
    return Said(headline or title_of(finding), " ".join(f"{one}." for one in details))


def title_of(finding: Finding) -> str:
    """Return what is so, in words: the code's, or while it only waits, what is on its way."""
    code = Code(finding.code)
    return waiting_title(code, 1) if finding.state == State.WAITING else str(code.label)


def service_of(finding: Finding) -> str:
    """Return the service and language an item is about, such as ``Speech-language, Spanish``; "" for none."""
    named = [finding.get_service_display() or "", finding.get_language_display() or ""]
    return ", ".join(one for one in named if one)


def _details(finding: Finding, evidence: Evidence, words: Words) -> Iterator[str]:
    """Yield what tells one item from the next: service, figures, fields that differ, the document's day."""
    figures = evidence.figures_somewhere() if finding.subject == Subject.LINE else ""
    service = " ".join(one for one in (finding.get_service_display() or "", figures) if one)
    yield ", ".join(one for one in (service, finding.get_language_display() or "") if one)
    yield cap(", ".join(FIELDS[one].lower() for one in evidence.differs if one in FIELDS))
    if finding.subject == Subject.DOCUMENT:
        yield from _document(evidence, words)
    if finding.subject == Subject.LETTER:
        processed = say_value("day", evidence.value("gate", "letter"), "gate", words)
        yield f"Processed {processed}" if processed else ""


def _document(evidence: Evidence, words: Words) -> Iterator[str]:
    final = say_value("day", evidence.value("iep", "final"), "sesis", words)
    yield f"Version {evidence.value('iep', 'version')}, final {final}" if final else ""
    transfer = say_value("transfer", evidence.value("iep", "transfer"), "sesis", words)
    yield f"Download: {transfer[:1].lower()}{transfer[1:]}" if transfer else ""
    lacking = evidence.value("counts", "lacking")
    yield f"CAP lacks {lacking} of its lines" if lacking else ""


def _apart(left: str, right: str) -> Headline:
    """Return the headline of what two systems say otherwise: ``3 × 30 × 2 in SESIS, 2 × 30 × 3 in CAP``."""

    def headline(_finding: Finding, evidence: Evidence, words: Words) -> str:
        if evidence.of(right) is None:
            return f"In {SPEAKS[left]}, not in {SPEAKS[right]}"
        if set(evidence.differs) & set(FIGURES) and evidence.figures(left) and evidence.figures(right):
            return f"{evidence.figures(left)} in {SPEAKS[left]}, {evidence.figures(right)} in {SPEAKS[right]}"
        field = next((one for one in evidence.differs if one in FIELDS), "")
        if not field:
            return ""
        said = {side: _one(field, side, evidence, words) for side in (left, right)}
        return f"{cap(said[left])} in {SPEAKS[left]}, {said[right]} in {SPEAKS[right]}"

    return headline


def _one(field: str, system: str, evidence: Evidence, words: Words) -> str:
    """Return one field of one system; where the value alone says what it is, without the field's name."""
    value = say_value(field, evidence.value(system, field), system, words) or "nothing"
    return value if field in {"language", "setting", "status", "provider"} else f"{FIELDS[field].lower()} {value}"


def _plain(text: str) -> Headline:
    return lambda _finding, _evidence, _words: text


def _by_provider(before: str, after: str = "") -> Headline:
    """Return the headline that names the provider; "" where nobody is known by the number."""

    def headline(finding: Finding, _evidence: Evidence, _words: Words) -> str:
        return f"{before}{finding.provider.full_name}{after}" if finding.provider else ""

    return headline


def _call(finding: Finding, _evidence: Evidence, _words: Words) -> str:
    call = finding.call
    number = (call.confirmation or call.reference) if call else ""
    return f"Call {group_number(number)}" if number else ""


def _load(_finding: Finding, evidence: Evidence, _words: Words) -> str:
    counts = evidence.of("counts") or {}
    students, most = counts.get("students"), counts.get("most")
    return f"{students} students on the caseload, {most} is the limit" if students and most else ""


def _place(before: str) -> Headline:
    return lambda finding, _evidence, _words: f"{before} {finding.place.dbn}" if finding.place else ""


def _agency(finding: Finding, _evidence: Evidence, _words: Words) -> str:
    return f"{finding.agency.name} has assigned nobody" if finding.agency else ""


HEADLINES: dict[Code, Headline] = {
    Code.CONSENT_MISSING: _plain("No consent on record"),
    Code.IEP_ACTION_NEEDED: _plain("CAP refused it"),
    Code.IEP_KNOWN_ISSUE: _plain("Stuck on the technical side"),
    Code.IEP_NOT_IN_CAP: _plain("In SESIS, not in CAP"),
    Code.IEP_PENDING: _plain("On its way to CAP"),
    Code.CAP_FIELD_DIFFERS: _apart("sesis", "cap"),
    Code.CAP_NOT_ON_IEP: _plain("In CAP, not on the IEP"),
    Code.SEC_STALE: _apart("cap", "sec"),
    Code.SEC_WAITING: _apart("cap", "sec"),
    Code.SEC_ONLY: _plain("In SEC, not in CAP"),
    Code.NO_FIRST_ATTEND: _by_provider("No call by "),
    Code.NURSE_EXEMPT: _by_provider("", " makes no call"),
    Code.CASELOAD_ENDED: _by_provider("Still on the caseload of "),
    Code.AGENCY_NOT_STARTED: _agency,
    Code.OVER_CASELOAD: _load,
    Code.NOT_IN_GALAXY: _place("Not in the Galaxy of"),
    Code.NON_DOE_IN_GALAXY: _place("On the Galaxy list of"),
    Code.NOT_IN_PETS: _plain("Not active and eligible in PETS"),
    **dict.fromkeys((one for one, entry in CATALOGUE.items() if entry.subject == Subject.CALL), _call),
    **dict.fromkeys(
        (one for one, entry in CATALOGUE.items() if entry.subject == Subject.LETTER), _by_provider("Letter for ")
    ),
}


def heading_of(finding: Finding) -> str:
    """Return an item's heading on its own page: what differs, where two systems can be quoted, else the title."""
    evidence = Evidence(finding.evidence)
    if finding.code == Code.CAP_FIELD_DIFFERS and set(evidence.differs) & set(FIGURES):
        left, right = evidence.figures("cap"), evidence.figures("sesis")
        if left and right:
            return f"CAP says {left}, the IEP says {right}"
    return title_of(finding)
