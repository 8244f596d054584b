"""Nothing typed is lost when a session ends while somebody is typing.

What was posted travels inside the sign-in page itself, signed and compressed, and after a good sign-in waits in the
session until the page it was typed on is shown again. It never enters an address, a log or the broker, it is never
sent on by itself, and it comes back on that one page only, and only to the one who typed it: where that cannot be
told, nothing is kept at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from orcs_portal.accounts.typist import typist_of

SALT = "orcs_portal.accounts.resume"
SESSION_KEY = "resume"
MAX_AGE = timedelta(hours=1)
LIMIT = 64 * 1024
"""Characters of posted data that are kept; more than any form here can hold."""
NEVER_KEPT = ("csrfmiddlewaretoken", "password")
AGAIN = "You are signed in again. Nothing has been sent yet."
BACK = "What you typed is back: check it and send it."
ANOTHER = "Somebody else was typing here, so what was typed is not shown to you. Nothing was sent."


@dataclass(frozen=True)
class Kept:
    """What was typed, URL-encoded, the path of the page it was typed on, and the id of the user who typed it."""

    path: str
    body: str
    user: int


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
    """Return what this request posted, for the page at address ``at``.

    None for nothing, for more than is kept, and where it is not known who typed it.
    """
    data = request.POST.copy()
    for name in NEVER_KEPT:
        data.pop(name, None)
    body, user = data.urlencode(), typist_of(request)
    if not body or len(body) > LIMIT or user is None:
        return None
    return Kept(path=urlsplit(at).path, body=body, user=user)


def keep(request: HttpRequest, *, at: str) -> str:
    """Return a token of what this request posted, for its page and typist, good for an hour; "" if there is nothing."""
    kept = gather(request, at=at)
    return signing.dumps(asdict(kept), salt=SALT, compress=True) if kept else ""


def unlock(token: str) -> Kept | None:
    """Return what a token holds, or None for one that is empty, altered, of another form or older than an hour."""
    try:
        return Kept(**signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except (signing.BadSignature, TypeError):
        return None


def take_up(request: HttpRequest) -> bool:
    """Lay what came with the sign-in page ready for its page, and say that nothing was sent.

    Return False where somebody else typed it: then it is dropped, and the page it was typed on may not be theirs.
    """
    kept = unlock(request.POST.get("resume", ""))
    if kept is None:
        return True
    if kept.user != request.user.pk:
        messages.info(request, ANOTHER)
        return False
    put(request.session, kept)
    messages.info(request, AGAIN)
    return True


def put(session: SessionBase, kept: Kept) -> None:
    """Let it wait in the session for its page."""
    session[SESSION_KEY] = asdict(kept)


def restore(request: HttpRequest, path: str) -> QueryDict | None:
    """Return what waits for the page at ``path``, forget it and say so; None if nothing waits, or for another page."""
    waiting = request.session.get(SESSION_KEY)
    if waiting is None or waiting["path"] != path:
        return None
    del request.session[SESSION_KEY]
    messages.info(request, BACK)
    return QueryDict(waiting["body"])
