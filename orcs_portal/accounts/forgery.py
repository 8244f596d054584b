"""A sign-in page whose secret is out of date.

Signing in gives the browser a new secret, so a sign-in page still open in another tab holds an old one, and with it
perhaps what was typed before the session ended. That is no attack and nobody's fault: when the browser itself says the
form came from this site, nothing is lost. Every other stale form gets the page of ``shared.errors``, which hands back
what was typed only where nobody but its reader can have typed it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from orcs_portal.accounts.guard import sign_in_page
from orcs_portal.accounts.resume import take_up
from orcs_portal.accounts.typist import nobody_else_typed
from orcs_portal.shared import errors


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret is missing or wrong; ``reason`` is Django's."""
    if request.path != reverse("sign-in") or not from_this_site(request, reason):
        return errors.csrf_failure(request, reason, hand_back=nobody_else_typed(request))
    if request.user.is_authenticated:
        return lead_on(request)
    return sign_in_page(
        request,
        then=wanted(request),
        resume=request.POST.get("resume", ""),
        username=request.POST.get("username", ""),
    )


def from_this_site(request: HttpRequest, reason: str) -> bool:
    """Return whether the browser named this site as the form's origin and only the secret is out of date.

    Django compares the origin before the secret, and says so in ``reason`` when that already fails.
    """
    return "Origin" in request.headers and reason.startswith("CSRF ")


def wanted(request: HttpRequest) -> str:
    """Return the address of this site to go to after signing in; the first page if none or a foreign one is named."""
    then = request.POST.get("next", "")
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(then, allowed_hosts=here, require_https=request.is_secure())
    return then if safe else reverse("home")


def lead_on(request: HttpRequest) -> HttpResponse:
    """Lead on whoever signed in elsewhere meanwhile, with what was typed, if they typed it."""
    return redirect(wanted(request) if take_up(request) else "home")
