"""What every answer of the application carries, and what an address answers that was opened in the wrong way."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path

from orcs_portal.shared.errors import not_allowed

Answer = Callable[[HttpRequest], HttpResponseBase]


def no_store(get_response: Answer) -> Answer:
    """Keep pages out of every cache: on a shared computer, Back after signing out must show nobody's students.

    It stands below the middleware that serves static files, so those keep their long lives.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def words_for_405(get_response: Answer) -> Answer:
    """Answer a person who opened an address of a button with a page, where Django sends an empty one.

    It stands below everything that tells who asks, so that the page has its frame.  Machines get what Django sends.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 405 or "text/html" not in request.headers.get("Accept", ""):  # noqa: PLR2004 - the status
            return response
        page = not_allowed(request)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page

    return answer


def slash_at_the_end(get_response: Answer) -> Answer:
    """Lead somebody who typed an address without its last slash to the page; a form is never sent on like that."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        path = request.path_info
        lost = response.status_code == 404 and request.method in {"GET", "HEAD"} and not path.endswith("/")  # noqa: PLR2004 - as above
        if not lost or not is_valid_path(f"{path}/", getattr(request, "urlconf", None)):
            return response
        return HttpResponseRedirect(request.get_full_path(force_append_slash=True))

    return answer
