"""An item's fields side by side: what each system says, which one governs, and which differ, wait or agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseloads.kinds import Outcome
from compliance.kinds import Condition, Hop, Subject
from compliance.mismatches.evidence import FIELDS, SYSTEMS, Evidence, Words, say_value
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.say import say_when

ASKED_BY_PHONE = frozenset({"service", "language", "provider", "first_attend"})
"""The fields of which a call says something."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one system says of a field: the value, the verdict in words, and its tone and icon; "" for no verdict."""

    system: str
    value: str
    said: str = ""
    tone: str = ""
    icon: str = ""
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A field with its cells; ``odd`` where a system differs, ``same`` where all that say something agree."""

    label: str
    said: str
    tone: str
    icon: str
    cells: tuple[Cell, ...]
    odd: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table, which system governs in it, and how many fields differ, wait and agree."""

    rows: tuple[Row, ...]
    systems: tuple[dict[str, Any], ...]
    differ: int
    waiting: int
    agree: int


def compare(finding: Finding, words: Words) -> Comparison | None:
    """Return an item's line side by side, or None for an item that is not about a line."""
    if finding.subject != Subject.LINE:
        return None
    evidence = Evidence(finding.evidence)
    table = _Table(finding, evidence, words)
    rows = tuple(row for name in FIELDS if (row := table.row(name)) is not None)
    return Comparison(
        rows,
        tuple({"name": SYSTEMS[one], "governs": one == table.governs, "read": table.read(one)} for one in SYSTEMS),
        differ=sum(row.tone == "bad" for row in rows),
        waiting=sum(row.tone == "wait" for row in rows),
        agree=sum(row.tone == "ok" for row in rows),
    )


class _Table:
    """One item's evidence, asked field by field."""

    def __init__(self, finding: Finding, evidence: Evidence, words: Words) -> None:
        self.finding, self.evidence, self.words = finding, evidence, words
        hop = CATALOGUE[finding.code].hop if finding.code in CATALOGUE else Hop.CAP  # type: ignore[index] # as its value
        # CAP is the source of SEC; of everything else the IEP in SESIS is (R10).
        self.governs = "cap" if hop == Hop.SEC else "sesis"
        self.compared = ("sec",) if hop == Hop.SEC else ("cap",) if hop == Hop.CAP else ()
        accepted = [one for one in evidence.calls() if one.get("outcome") == Outcome.ACCEPTED]
        self.call: Mapping[str, Any] = accepted[-1] if accepted else {}

    def value(self, system: str, name: str) -> Any:  # noqa: ANN401 - as it was kept
        if system == "ivr":
            kept = {"provider": self.call.get("provider"), "first_attend": self.call.get("session_on")}
            own = {"service": self.finding.service, "language": self.finding.language}
            return kept.get(name, own.get(name)) if self.call else None
        if name == "service":
            return self.finding.service if self.evidence.of(system) else None
        if name in {"language", "setting"} and self.evidence.of(system):
            return self.evidence.value(system, name) or getattr(self.finding, name)
        if name == "provider" and system == "sesis":
            return next(iter(self.evidence.kept.get("assigned") or ()), None)
        return self.evidence.value(system, name)

    def row(self, name: str) -> Row | None:
        values = {system: self.value(system, name) for system in SYSTEMS}
        if all(value is None for value in values.values()):
            return None
        cells = tuple(self.cell(system, name, values) for system in SYSTEMS)
        bad = [cell.system for cell in cells if cell.tone == "bad" and cell.said != COPIED]
        waits = [cell.system for cell in cells if cell.tone == "wait"]
        same = not bad and not waits and _agree(values)
        said, tone, icon = _verdict(bad, waits, same=same)
        return Row(FIELDS[name], said, tone, icon, cells, odd=bool(bad), same=same)

    def cell(self, system: str, name: str, values: dict[str, Any]) -> Cell:
        value, governing = values[system], values[self.governs]
        shown = say_value(name, value, system, self.words)
        governs = system == self.governs
        if system == "ivr" and (name not in ASKED_BY_PHONE or not self.call):
            return Cell("IVR", "Not asked" if name not in ASKED_BY_PHONE else "No call", tone="quiet")
        said, tone, icon = self._says(system, name, value, governing)
        return Cell(SYSTEMS[system], shown or self._nothing(system, name), said, tone, icon, governs)

    def _says(self, system: str, name: str, value: Any, governing: Any) -> tuple[str, str, str]:  # noqa: ANN401 - as kept
        """Return verdict, tone and icon of a cell."""
        if system == self.governs:
            return ("Governs", "", "seal") if value is not None else ("", "quiet", "")
        if system == "ivr":
            return "Source", "", "phone"
        missing = self.evidence.of(system) is None and system in self.compared
        if name in self.evidence.differs or missing:
            return self._apart(system, name, value, governing)
        # What the governing system does not keep, such as the first attend, is held against the call.
        against = governing if governing is not None else self.value("ivr", name)
        if value is None or against is None or name == "status":
            return "", "quiet", ""
        return ("Agrees", "ok", "check") if value == against else ("Not compared here", "quiet", "")

    def _apart(self, system: str, name: str, value: Any, governing: Any) -> tuple[str, str, str]:  # noqa: ANN401 - as kept
        if value == governing and name != "status":
            return "Agrees", "ok", "check"
        if self.finding.condition == Condition.WAITING and self.finding.until is not None:
            return f"Waiting until {say_when(self.finding.until, self.words.now)}", "wait", "clock"
        if system not in self.compared and value == self.value("cap", name) and system == "sec":
            return COPIED, "bad", "differs"
        return ("Differs", "bad", "differs") if system in self.compared else ("", "quiet", "")

    def _nothing(self, system: str, name: str) -> str:
        if self.evidence.of(system) is None:
            return "No such line"
        return "Not kept" if name in NOT_KEPT.get(system, ()) else "Nothing"

    def read(self, system: str) -> str:
        """Return since when a system says so, where it tells."""
        if system == "ivr":
            received = say_value("at", self.call.get("received"), system, self.words) if self.call else ""
            return f"Call of {received}" if received else "No accepted call"
        since = say_value("at", self.evidence.value(system, "since"), system, self.words)
        return f"Since {since}" if since else ""


COPIED = "Copied from CAP"
NOT_KEPT = {"sesis": ("status", "first_attend"), "sec": ("starts", "ends")}
"""The fields that a system has no place for."""


def _agree(values: dict[str, Any]) -> bool:
    said = [value for value in values.values() if value is not None]
    return len(said) > 1 and all(value == said[0] for value in said)


def _verdict(bad: list[str], waits: list[str], *, same: bool) -> tuple[str, str, str]:
    """Return what is said below a field's name, with tone and icon."""
    if bad:
        return f"{' and '.join(bad)} differ{'s' if len(bad) == 1 else ''}", "bad", "differs"
    if waits:
        return f"{' and '.join(waits)} wait{'s' if len(waits) == 1 else ''}", "wait", "clock"
    return ("All agree", "ok", "check") if same else ("", "", "")
