"""What was planted and what only seems so, written down by who did it, as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from caseloads.city.faults.scenario import State
from caseloads.city.faults.scene import Subject
from providers.kinds import Language, Service, Setting


@dataclass(frozen=True, slots=True)
class Planted:
    """A code with its subject, and how the comparison must see it; ``what`` says what was done."""

    code: str
    subject: Subject
    state: State
    what: str

    def line(self, *, told: bool) -> str:
        """Return it as JSON: every column of ``findings`` that tells subjects apart, empty ones of the subject too.

        Where it is ``told``, state and words come along.
        """
        one = self.subject
        cells: dict[str, object] = {"code": self.code}
        if told:
            cells["state"] = self.state
        cells["osis"] = None if one.osis is None else f"{one.osis:09}"
        cells["service"] = None if one.service is None else Service(one.service).slug
        cells["language"] = None if one.language is None else Language(one.language).slug
        cells["setting"] = None if one.setting is None else Setting(one.setting).slug
        further = {"provider": one.provider, "dbn": one.dbn, "call": one.call}
        cells |= {name: value for name, value in further.items() if value is not None}
        if told:
            cells["what"] = self.what
        return json.dumps(cells, ensure_ascii=False)


def write(path: Path, planted: Iterable[Planted], *, told: bool) -> None:
    """Write a file of these."""
    path.write_text("".join(f"{one.line(told=told)}\n" for one in planted), encoding="utf-8")
