"""Our word on a line of SEC's report: it agrees with CAP and the IEP, it will, or it differs, and which item says why.

The comparison's findings are what decides; the IEP beside the line only says what no comparison has looked at yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from compliance.kinds import Code, Condition, Hop
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from compliance.reports.pairing import Pair

AGREES, WAITING, DIFFERS = "agrees", "waiting", "differs"
LINE_CODES = frozenset({Code.CAP_FIELD_DIFFERS, Code.CAP_NOT_ON_IEP, Code.SEC_STALE, Code.SEC_WAITING, Code.SEC_ONLY})
CALL_CODES = frozenset({Code.CALL_NOT_IN_CAP, Code.CALL_NOT_IN_SEC})
DOCUMENT_CODES = frozenset(code for code, entry in CATALOGUE.items() if entry.hop == Hop.DOCUMENT)
CODES = LINE_CODES | CALL_CODES | DOCUMENT_CODES
"""What can make a line of the report wrong."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be thought of a line; ``item`` is the finding that says why, ``until`` to when it is only waiting."""

    kind: str
    item: int | None = None
    title: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding as it stood at a moment: open, or only waiting until another."""

    finding: Finding
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was somebody's work by then."""
        return self.until is None

    @property
    def order(self) -> tuple[bool, int, int]:
        """What is open comes before what waits, then hops in their order."""
        return (not self.is_open, CATALOGUE[Code(self.finding.code)].hop, self.finding.code)


def stood(finding: Finding, at: datetime, *, now: datetime) -> Standing | None:
    """Return how a finding stood at world time ``at``, by what is known at ``now``; None where it did not exist.

    Of now it is what the comparison said last.  Of an earlier moment it is derived from its times; how it stood before
    it last came back is not kept.
    """
    if at >= now:
        if finding.condition == Condition.OPEN:
            return Standing(finding)
        return Standing(finding, finding.until) if finding.condition == Condition.WAITING else None
    if (finding.settled is not None and finding.settled <= at) or finding.condition == Condition.EXEMPT:
        return None
    began = finding.regressed or finding.since
    if finding.opened is not None and began <= at:
        return Standing(finding)
    seen = finding.first_seen <= at or (finding.opened is None and finding.since <= at)
    return Standing(finding, finding.until or finding.since) if seen else None


def verdict(pair: Pair, standings: Iterable[Standing]) -> Verdict:
    """Return the verdict on a line, or on a mandate that the report does not show."""
    about = sorted((one for one in standings if _is_about(one.finding, pair)), key=lambda one: one.order)
    if about:
        first = about[0]
        title = CATALOGUE[Code(first.finding.code)].title
        return Verdict(DIFFERS if first.is_open else WAITING, first.finding.pk, title, first.until)
    return Verdict(AGREES if pair.line and pair.mandate and not pair.differs else DIFFERS)


def _is_about(finding: Finding, pair: Pair) -> bool:
    """Return whether a finding explains this line: its own, its call's, or its student's document where they differ."""
    code = Code(finding.code)
    if code in DOCUMENT_CODES:
        return pair.line is None or pair.mandate is None or bool(pair.differs)
    if code in CALL_CODES:
        return pair.line is not None and pair.line.first_attend is None and _same_service(finding, pair)
    return bool(_keys_of(finding) & _keys(pair))


def _same_service(finding: Finding, pair: Pair) -> bool:
    call = finding.call
    if call is None or pair.line is None:
        return False
    return (call.service, call.language) == (pair.line.service, pair.line.language)


def _keys(pair: Pair) -> set[tuple[int, ...]]:
    return {(one.service, one.language, one.setting) for one in (pair.line, pair.mandate) if one is not None}


def _keys_of(finding: Finding) -> set[tuple[int | None, ...]]:
    """Return the lines that a finding speaks of: its own key, and CAP's where the two were paired."""
    cap = finding.evidence.get("cap") or {}
    own = (finding.service, finding.language, finding.setting)
    return {own, (finding.service, cap.get("language", own[1]), cap.get("setting", own[2]))}


def standings(findings: Sequence[Finding], at: datetime, *, now: datetime) -> list[Standing]:
    """Return how these findings stood at a moment, without those that did not exist then."""
    return [one for finding in findings if (one := stood(finding, at, now=now)) is not None]
