"""The pages for what went wrong, in plain words."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)

_LAST_RESORT = (
    "<!doctype html><html lang=en><title>Something went wrong - ORCS Portal</title>"
    "<h1>Something went wrong on our side</h1>"
    "<p>The page could not be shown, and what you sent just now may not be recorded. Wait a minute and try again."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request could not be read. Nothing of it is shown again."""
    return _page(request, "400.html", status=400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: signed in, but this is not theirs to do."""
    return _page(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, in the same words for what does not exist and for what is a stranger's."""
    return _page(request, "404.html", status=404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer 405: the address takes only what a button or a form sends, or only shows."""
    return _page(request, "405.html", status=405)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database, which may be what is broken."""
    body: str
    try:
        body = loader.render_to_string("500.html")
    except Exception:
        logger.exception("The page for a 500 could not be rendered")
        body = _LAST_RESORT
    return HttpResponse(body, status=500)


def csrf_failure(request: HttpRequest, reason: str = "", *, hand_back: bool = False) -> HttpResponse:
    """Answer 403 for a form from before the last sign-in; ``hand_back`` what was typed if its reader typed it.

    Only a form of our own pages is handed back: what another site sent is not shown, let alone offered to be sent.
    """
    typed = _typed(request) if hand_back and _is_ours(request) else []
    return _page(request, "403_csrf.html", status=403, typed=typed)


def _page(request: HttpRequest, template: str, *, status: int, **context: object) -> HttpResponse:
    """Render a page, with its frame only where the request came far enough to have a standing."""
    came_far = request if hasattr(request, "standing") else None
    return HttpResponse(loader.render_to_string(template, context, came_far), status=status)


def _is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return names and values of a form; nothing at all of one that holds a password."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    if any("password" in name for name, _ in pairs):
        return []
    return [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]
