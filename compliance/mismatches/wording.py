"""What an item says in a row of a list and in a heading: what differs, of whom, for which service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliance.kinds import Code, Subject
from compliance.mismatches.evidence import FIELDS, FIGURES, Evidence, Words, say_value
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.say import cap, group_number

SPEAKS = {"sesis": "SESIS", "cap": "CAP", "sec": "SEC"}


@dataclass(frozen=True, slots=True)
class Said:
    """A headline of a few words, and a line below it that says which service."""

    headline: str
    detail: str = ""


def said_of(finding: Finding, words: Words) -> Said:
    """Return what an item says."""
    evidence = Evidence(finding.evidence)
    headline = HEADLINES.get(Code(finding.code), _title)
    return Said(headline(finding, evidence, words), _detail(finding, evidence, words))


def service_of(finding: Finding) -> str:
    """Return the service and language an item is about, such as ``Speech-language, Spanish``; "" for none."""
    named = [finding.get_service_display() or "", finding.get_language_display() or ""]
    return ", ".join(one for one in named if one)


def _detail(finding: Finding, evidence: Evidence, words: Words) -> str:
    """Return the service with its figures, and which fields differ where that is not said in full above."""
    figures = evidence.figures_somewhere() if finding.subject == Subject.LINE else ""
    service = " ".join(one for one in (finding.get_service_display() or "", figures) if one)
    spoken = ", ".join(one for one in (service, finding.get_language_display() or "") if one)
    fields = [FIELDS[one] for one in evidence.differs if one in FIELDS]
    sentences = [spoken, cap(", ".join(fields).lower()) if fields else "", *_more(finding, evidence, words)]
    return " ".join(f"{one}." for one in sentences if one)


def _more(finding: Finding, evidence: Evidence, words: Words) -> list[str]:
    """Return what else tells one item from the next: the document's day, the call's, the letter's."""
    final = say_value("final", evidence.value("iep", "final"), "sesis", words)
    if finding.subject == Subject.DOCUMENT and final:
        return [f"Final {final[:1].lower()}{final[1:]}"]
    return []


def _title(finding: Finding, _evidence: Evidence, _words: Words) -> str:
    return str(Code(finding.code).label)


def _apart(left: str, right: str) -> Callable[[Finding, Evidence, Words], str]:
    """Return the headline of what two systems say otherwise: ``3 × 30 × 2 in SESIS, 2 × 30 × 3 in CAP``."""

    def headline(finding: Finding, evidence: Evidence, words: Words) -> str:
        if evidence.of(right) is None:
            return f"In {SPEAKS[left]}, not in {SPEAKS[right]}"
        if set(evidence.differs) & set(FIGURES) and evidence.figures(left) and evidence.figures(right):
            return f"{evidence.figures(left)} in {SPEAKS[left]}, {evidence.figures(right)} in {SPEAKS[right]}"
        field = next((one for one in evidence.differs if one in FIELDS), "")
        if not field:
            return _title(finding, evidence, words)
        said = {side: _one(field, side, evidence, words) for side in (left, right)}
        return f"{cap(said[left])} in {SPEAKS[left]}, {said[right]} in {SPEAKS[right]}"

    return headline


def _one(field: str, system: str, evidence: Evidence, words: Words) -> str:
    value = say_value(field, evidence.value(system, field), system, words) or "nothing"
    name = FIELDS.get(field, "").lower()
    return value if field in {"language", "setting", "status"} else f"{name} {value}"


def _only_in(system: str, other: str) -> Callable[[Finding, Evidence, Words], str]:
    return lambda _finding, _evidence, _words: f"In {SPEAKS[system]}, not in {SPEAKS[other]}"


def _by_provider(before: str, after: str = "") -> Callable[[Finding, Evidence, Words], str]:
    """Return the headline that names the provider, or only what is so where nobody is known by the number."""

    def headline(finding: Finding, evidence: Evidence, words: Words) -> str:
        name = finding.provider.full_name if finding.provider else ""
        return f"{before} {name}{after}" if name else _title(finding, evidence, words)

    return headline


def _call(finding: Finding, _evidence: Evidence, _words: Words) -> str:
    call = finding.call
    number = call.confirmation or call.reference if call else ""
    title = str(Code(finding.code).label)
    return f"{title}: {group_number(number)}" if number else title


def _load(finding: Finding, evidence: Evidence, words: Words) -> str:
    counts = evidence.of("counts") or {}
    students, most = counts.get("students"), counts.get("most")
    if students is None or most is None:
        return _title(finding, evidence, words)
    return f"{students} students on the caseload, {most} is the limit"


def _place(text: str) -> Callable[[Finding, Evidence, Words], str]:
    def headline(finding: Finding, _evidence: Evidence, _words: Words) -> str:
        return f"{text} {finding.place.dbn}" if finding.place else text

    return headline


HEADLINES: dict[Code, Callable[[Finding, Evidence, Words], str]] = {
    Code.CAP_FIELD_DIFFERS: _apart("sesis", "cap"),
    Code.CAP_NOT_ON_IEP: lambda _finding, _evidence, _words: "In CAP, not on the IEP",
    Code.SEC_STALE: _apart("cap", "sec"),
    Code.SEC_WAITING: _apart("cap", "sec"),
    Code.SEC_ONLY: _only_in("sec", "cap"),
    Code.NO_FIRST_ATTEND: _by_provider("No call by"),
    Code.NURSE_EXEMPT: _by_provider("", " makes no call"),
    Code.CASELOAD_ENDED: _by_provider("Still on the caseload of"),
    Code.AGENCY_NOT_STARTED: lambda finding, evidence, words: (
        f"{finding.agency.name} has assigned nobody" if finding.agency else _title(finding, evidence, words)
    ),
    Code.OVER_CASELOAD: _load,
    Code.NOT_IN_GALAXY: _place("Not in the Galaxy of"),
    Code.NON_DOE_IN_GALAXY: _place("On the Galaxy list of"),
    Code.NOT_IN_PETS: lambda _finding, _evidence, _words: "Not active and eligible in PETS",
    **{
        code: _call
        for code in Code
        if code in CATALOGUE and CATALOGUE[code].subject == Subject.CALL  # a call is told by its number
    },
}


def heading_of(finding: Finding) -> str:
    """Return an item's heading on its own page: what differs, where two systems can be quoted, else the title."""
    evidence = Evidence(finding.evidence)
    if finding.code == Code.CAP_FIELD_DIFFERS and set(evidence.differs) & set(FIGURES):
        left, right = evidence.figures("cap"), evidence.figures("sesis")
        if left and right:
            return f"CAP says {left}, the IEP says {right}"
    return str(Code(finding.code).label)
