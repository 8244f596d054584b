"""Call sheets to print and hand out, one page per provider (R1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.sheets import sheets_of
from orcs_portal.accounts.guard import sign_in_required
from providers.pages import Seen, moment, overseer_of, show


@require_safe
@sign_in_required
def call_sheets(request: HttpRequest) -> HttpResponse:
    """Show, for each provider who has calls to make, the students and what to key."""
    standing, at = overseer_of(request), moment()
    school = Narrowed.read(request.GET.dict()).school
    found = sheets_of(standing, school=school, today=at.today)
    context = {"sheets": found.sheets, "calls": found.calls, "more": found.more, "school": school}
    return show(request, "compliance/call_sheets.html", context, seen=Seen(found.students, "Call sheets"))
