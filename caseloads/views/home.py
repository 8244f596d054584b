"""The way from the front door to each person's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from orcs_portal.accounts.guard import sign_in_required
from providers.middleware import standing_of_request


@require_safe
@sign_in_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead overseers to what is theirs today, providers to their caseload, administrators to their pages.

    Somebody without a running grant is told so, and by whom it is given.
    """
    standing = standing_of_request(request)
    if standing.oversees:
        return redirect("today")
    if standing.is_provider:
        return redirect("caseload")
    if standing.is_admin:
        return redirect("admin:index")
    return render(request, "caseloads/no_role.html")
