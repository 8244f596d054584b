"""The access record in the admin."""

from __future__ import annotations

from django.contrib import admin

from orcs_portal.audit.models import AccessRecord
from orcs_portal.shared.admin import ReadOnlyAdmin


@admin.register(AccessRecord)
class AccessRecordAdmin(ReadOnlyAdmin[AccessRecord]):
    """Who saw or changed which student, newest first; students by surrogate id only."""

    list_display = ["at", "by_name", "verb", "what", "purpose", "kind", "object_id", "students"]
    list_filter = ["verb", "what"]
    search_fields = ["=by_name"]
    date_hierarchy = "at"
