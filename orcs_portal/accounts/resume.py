"""Nothing typed is lost when a session ends while somebody is typing.

What was posted travels inside the sign-in page itself, signed and compressed, and after a good sign-in waits in the
session until the page it was typed on is shown again. It never enters an address, a log or the broker, it is never
sent on by itself, and it comes back on that one page only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "orcs_portal.accounts.resume"
SESSION_KEY = "resume"
MAX_AGE = timedelta(hours=1)
LIMIT = 64 * 1024
"""Characters of posted data that are kept; more than any form here can hold."""
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class Kept:
    """What was typed, URL-encoded, and the path of the page it was typed on."""

    path: str
    body: str


def page_of(request: HttpRequest) -> str:
    """Return path and query of the page on which the posted form stood.

    That is the referring page of this site, else the request's own address: most forms here post to themselves, and a
    lone button posts to an address that cannot be opened by itself.
    """
    referrer = request.headers.get("Referer", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(referrer, allowed_hosts=here) or not urlsplit(referrer).netloc:
        return request.get_full_path()
    parts = urlsplit(referrer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def gather(request: HttpRequest, *, at: str) -> Kept | None:
    """Return what this request posted, for the page at address ``at``; None for nothing, or more than is kept."""
    data = request.POST.copy()
    for name in NEVER_KEPT:
        data.pop(name, None)
    body = data.urlencode()
    if not body or len(body) > LIMIT:
        return None
    return Kept(path=urlsplit(at).path, body=body)


def keep(request: HttpRequest, *, at: str) -> str:
    """Return a token of what this request posted, bound to a page and good for an hour; empty if there is nothing."""
    kept = gather(request, at=at)
    return signing.dumps(asdict(kept), salt=SALT, compress=True) if kept else ""


def unlock(token: str) -> Kept | None:
    """Return what a token holds, or None for one that is empty, altered or older than an hour."""
    try:
        return Kept(**signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except signing.BadSignature:
        return None


def put(session: SessionBase, kept: Kept) -> None:
    """Let it wait in the session for its page."""
    session[SESSION_KEY] = asdict(kept)


def restore(request: HttpRequest, path: str) -> QueryDict | None:
    """Return what waits for the page at ``path`` and forget it; None if nothing waits, or waits for another page."""
    waiting = request.session.get(SESSION_KEY)
    if waiting is None or waiting["path"] != path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(waiting["body"])
