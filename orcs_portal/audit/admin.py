"""The access record in the admin, and the admin in the access record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from orcs_portal.audit.models import AccessRecord
from orcs_portal.audit.record import record_access
from orcs_portal.shared.admin import ReadOnlyAdmin
from orcs_portal.shared.clock import real_now

M = TypeVar("M", bound=Model)
PURPOSE = "administration"


class StudentRecordAdmin(ReadOnlyAdmin[M]):
    """A read-only admin for rows that are about students: what it shows enters the access record.

    ``student_field`` names the attribute that holds the student's surrogate id. There is no search box, since what is
    typed into one stands in the address and so in every log.
    """

    student_field = "student_id"

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Return none: see the class."""
        return ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show a page of rows and record whose they are."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            self.record(request, response.context_data["cl"].result_list, "changelist")
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one row and record whose it is."""
        response = super().change_view(request, object_id, form_url, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            self.record(request, [response.context_data["original"]], "change")
        return response

    def record(self, request: HttpRequest, rows: Iterable[M], page: str) -> None:
        """Insert the access record of one admin page."""
        ids = {getattr(row, self.student_field) for row in rows}
        record_access(
            by=request.user,  # type: ignore[arg-type] # the site lets nobody but the administrator come here
            now=real_now(),
            students=ids - {None},
            what=f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}",
            purpose=PURPOSE,
        )


@admin.register(AccessRecord)
class AccessRecordAdmin(ReadOnlyAdmin[AccessRecord]):
    """Who saw or changed which student, newest first; students by surrogate id only."""

    list_display = ["at", "by_name", "verb", "what", "purpose", "kind", "object_id", "students"]
    list_filter = ["verb", "what"]
    search_fields = ["=by_name"]
    date_hierarchy = "at"
