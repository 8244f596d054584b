"""Rows of the compliance room."""

from compliance.models.finding import Finding, FindingEvent
from compliance.models.run import DayCount, LineCount, Look, Run

__all__ = ["DayCount", "Finding", "FindingEvent", "LineCount", "Look", "Run"]
