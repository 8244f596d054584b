"""Every request knows as whom it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from orcs_portal.shared.clock import world_today
from providers.scope import NOBODY, Standing, standing_of

CHOSEN = "school"


def _standing(request: HttpRequest) -> Standing:
    user = request.user
    if not user.is_authenticated or user.pk is None:
        return NOBODY
    return standing_of(user.pk, on=world_today(), chosen=request.session.get(CHOSEN))


def standing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put ``request.standing`` on every request; it is read from the database when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.standing = SimpleLazyObject(lambda: _standing(request))  # type: ignore[attr-defined]  # see standing_of_request
        return get_response(request)

    return middleware


def standing_of_request(request: HttpRequest) -> Standing:
    """Return as whom a request is made."""
    return cast("Standing", getattr(request, "standing", NOBODY))
