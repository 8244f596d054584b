"""How long a sign-in lasts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from orcs_portal.accounts.typist import remember
from orcs_portal.shared import clock

SEEN = "seen"
SIGNED_IN_AT = "signed_in_at"
"""Where a session keeps the real time of signing in, as every page's foot shows it."""
REFRESH_AFTER = 60
"""Seconds between two writes that prolong a session, so that reading pages does not write at every step."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def stay_signed_in(get_response: GetResponse) -> GetResponse:
    """Return middleware that counts a session's 30 minutes from the last page a person asked for.

    What a page asks for by itself (a live fragment) does not count: an unattended screen signs out all the same.
    Requests that never looked at the session leave it alone.  The browser keeps who it was that was signed in.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if by_a_person(request) and request.session.accessed and request.user.is_authenticated:
            prolong(request, int(clock.real_now().timestamp()))
            remember(request, response)
        return response

    return middleware


def by_a_person(request: HttpRequest) -> bool:
    """Return whether a person asked, rather than a page's own script."""
    return "HX-Request" not in request.headers


def prolong(request: HttpRequest, now: int) -> None:
    """Mark the session as used at ``now``, in seconds, unless that was done within the last minute."""
    if now - request.session.get(SEEN, 0) >= REFRESH_AFTER:
        request.session[SEEN] = now
