"""How old items are and how late, counted as everywhere else in the portal."""

from __future__ import annotations

from caseloads.queries.ages import Ages, ages

__all__ = ["Ages", "ages"]
