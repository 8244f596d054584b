"""Lines of SEC's report beside the IEP's mandates: which belongs to which, of one student and service.

The reading is that of the comparison: what has the same key is one line; what is left over is paired before anything is
called missing, by language first, then by setting, then in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from caseloads.models import Mandate
from caseloads.systems.sec.report import ReportLine


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the report, the IEP's mandate that it stands for, or both; never neither."""

    line: ReportLine | None
    mandate: Mandate | None

    @property
    def differs(self) -> tuple[str, ...]:
        """The fields in which the line is not what the IEP says; nothing where one of the two is missing."""
        line, mandate = self.line, self.mandate
        if line is None or mandate is None:
            return ()
        return tuple(name for name in COMPARED if getattr(line, name) != getattr(mandate, name))


COMPARED = ("frequency", "duration", "group_size", "language", "setting")
Keyed = ReportLine | Mandate


def pairs(lines: Sequence[ReportLine], mandates: Sequence[Mandate]) -> list[Pair]:
    """Return one student's lines and mandates side by side, each once."""
    found: list[Pair] = []
    left, right = list(lines), list(mandates)
    for key in (_whole, _language, _setting, _service):
        matched, left, right = _match(left, right, key)
        found += matched
    return [*found, *(Pair(one, None) for one in left), *(Pair(None, one) for one in right)]


def _match(
    left: Sequence[ReportLine], right: Sequence[Mandate], key: Callable[[Keyed], Hashable]
) -> tuple[list[Pair], list[ReportLine], list[Mandate]]:
    """Return the pairs of equal key, and what is left over on either side."""
    waiting: dict[Hashable, list[Mandate]] = defaultdict(list)
    for mandate in sorted(right, key=_whole):
        waiting[key(mandate)].append(mandate)
    found: list[Pair] = []
    rest: list[ReportLine] = []
    for line in sorted(left, key=_whole):
        partners = waiting[key(line)]
        if partners:
            found.append(Pair(line, partners.pop(0)))
        else:
            rest.append(line)
    return found, rest, [one for partners in waiting.values() for one in partners]


def _whole(one: Keyed) -> tuple[int, int, int]:
    return (one.service, one.language, one.setting)


def _language(one: Keyed) -> tuple[int, int]:
    return (one.service, one.language)


def _setting(one: Keyed) -> tuple[int, int]:
    return (one.service, one.setting)


def _service(one: Keyed) -> int:
    return one.service
