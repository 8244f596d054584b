"""What an office is asked: the item, by whom, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from compliance.mismatches.offices import CannotAnswer
from compliance.models import Finding
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from providers.models import Provider


@dataclass(frozen=True, slots=True)
class Ask:
    """An item and who asks about it; ``now`` is world time, ``real`` real time."""

    finding: Finding
    by: User
    now: datetime
    real: datetime

    @property
    def today(self) -> date:
        """Today on the world clock."""
        return local_day(self.now)

    @property
    def line(self) -> dict[str, int]:
        """The key of the item's line; raises ``CannotAnswer`` where it has none."""
        row = self.finding
        if row.osis is None or row.service is None or row.language is None or row.setting is None:
            raise CannotAnswer("The item names no line")
        return {"osis": row.osis, "service": row.service, "language": row.language, "setting": row.setting}

    @property
    def provider(self) -> Provider:
        """The item's provider; raises ``CannotAnswer`` where it has none of ours."""
        row = self.finding.provider or (self.finding.call.provider if self.finding.call else None)
        if row is None:
            raise CannotAnswer("The item names no provider of ours")
        return row


Answer = Callable[[Ask], str]
