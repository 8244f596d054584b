"""All small worlds in one database, compared once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from compliance.kinds import Code, Condition
from compliance.models import Finding
from compliance.reconcile.run import reconcile
from orcs_portal.shared.clock import local_day
from tests import build
from tests.compliance.reconcile.cases import access, calls, deliveries, documents, gates, providers, systems
from tests.compliance.reconcile.cases.registry import CASES, When
from tests.compliance.reconcile.worlds import AT, DAWN, World, floor, hold

GROUPS = (access, calls, deliveries, documents, gates, providers, systems)
STRANGERS = "said of nobody's world"


@dataclass
class Loaded:
    """What was said of each world, by its case's name."""

    worlds: dict[str, World] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    def load(self) -> None:
        """Make every world."""
        floor()
        for name, case in CASES.items():
            self.worlds[name] = World(service=case.service)
            case.make(self.worlds[name])

    def compare(self) -> None:
        """Compare everything, and keep what is said of each world."""
        self.read(When.DAWN, DAWN)
        self.said[STRANGERS] = self.read(When.AFTERNOON, AT)[STRANGERS]
        with transaction.atomic():
            hold(on=True, starts=local_day(AT))
            self.read(When.HELD, AT)
            transaction.set_rollback(True)

    def read(self, when: When, moment: datetime) -> dict[str, list[str]]:
        """Compare as of a moment, keep what is said of the worlds that are read then, and return all that is said."""
        reconcile(as_of=moment, now=build.REAL)
        said: dict[str, list[str]] = defaultdict(list)
        for one in Finding.objects.exclude(condition=Condition.CLOSED):
            words = f"{Code(one.code).name} {Condition(one.condition).slug}"
            said[self.whose(school=one.school_id, osis=one.osis)].append(words)
        self.said |= {name: sorted(said[name]) for name, case in CASES.items() if case.when is when}
        return said

    def whose(self, *, school: int | None, osis: int | None) -> str:
        """Return the name of the case that a school, or else a student's number, belongs to."""
        for name, world in self.worlds.items():
            if school == world.school.pk or (osis is not None and osis in {world.student.osis, *world.strangers}):
                return name
        return STRANGERS
