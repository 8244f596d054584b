"""Now, on both clocks, so that real times can be said in the world's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orcs_portal.shared.clock import local_day


@dataclass(frozen=True, slots=True)
class Moment:
    """The present: ``world`` is what calls and lags go by, ``real`` what attempts and leases go by."""

    world: datetime
    real: datetime

    @property
    def today(self) -> date:
        """The world's date in New York."""
        return local_day(self.world)

    def in_world(self, real: datetime) -> datetime:
        """Return when on the world clock a real time is, as that clock runs now."""
        return real + (self.world - self.real)
