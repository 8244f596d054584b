"""The comparison's records in the admin: read-only, for the administrator alone.

Items are shown by surrogate ids: whom they are about, and what the systems said, is on the item's own page, which
leaves an access record.
"""

from __future__ import annotations

from django.contrib import admin

from compliance.models import DayCount, Finding, FindingEvent, LineCount, Look, Run
from orcs_portal.shared.admin import ReadOnlyAdmin


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin[Finding]):
    """Items by code and state, without students, providers and evidence."""

    list_display = ["id", "code", "state", "severity", "owner", "school", "since", "opened", "due", "times_back"]
    list_select_related = ["school"]
    list_filter = ["code", "state", "owner"]
    exclude = ["osis", "student", "iep", "call", "letter", "provider", "provider_number", "evidence", "ticket"]


@admin.register(FindingEvent)
class FindingEventAdmin(ReadOnlyAdmin[FindingEvent]):
    """The entries of items' timelines, without what people wrote."""

    list_display = ["finding_id", "kind", "at", "by"]
    list_select_related = ["by"]
    list_filter = ["kind"]
    exclude = ["finding", "note", "told"]


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin[Run]):
    """Comparisons: as of when, of everything or of what was touched, and how long each took."""

    list_display = ["as_of", "full", "started", "finished"]
    list_filter = ["full"]
    ordering = ["-as_of"]


@admin.register(DayCount)
class DayCountAdmin(ReadOnlyAdmin[DayCount]):
    """How many items were unfinished at each school, day by day."""

    list_display = ["day", "school", "open"]
    list_select_related = ["school"]
    ordering = ["-day"]


@admin.register(LineCount)
class LineCountAdmin(ReadOnlyAdmin[LineCount]):
    """How many lines each system holds at each school."""

    list_display = ["school", "sesis", "cap", "sec", "apart", "unexplained", "as_of"]
    list_select_related = ["school"]


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin[Look]):
    """When people last looked at their list."""

    list_display = ["user", "at", "before"]
    list_select_related = ["user"]
