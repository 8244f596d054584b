"""Who was typing here before the session ended.

A session that has ended no longer says whose it was, and the next person to sign in may be another one.  So each
browser keeps, signed and out of the reach of scripts, the ids of the users who signed in to it, the latest last, until
it is closed.  Signing in gives a browser a new form secret, so a form that still carries the present one was shown to
the latest of them; of an older form one can tell whose it is only where there has been nobody else.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "typist"
SALT = "orcs_portal.accounts.typist"
MOST = 8
"""Users of one browser that are told apart; of more the latest are kept, and there has been somebody else anyway."""


def seen_here(request: HttpRequest) -> list[int]:
    """Return the ids of the users who signed in to this browser, the latest last; nothing for an altered cookie."""
    try:
        return [int(key) for key in signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)]
    except signing.BadSignature:
        return []


def typist_of(request: HttpRequest) -> int | None:
    """Return whose a form with the present secret is, or None where that is not known."""
    return next(reversed(seen_here(request)), None)


def nobody_else_typed(request: HttpRequest) -> bool:
    """Return whether a form of this browser, however old, is of the one who is signed in or was so last."""
    seen = seen_here(request)
    return len(seen) == 1 and (not request.user.is_authenticated or request.user.pk == seen[0])


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser keep that this user is signed in to it; written only where that is news."""
    me, seen = request.user.pk, seen_here(request)
    if not isinstance(me, int) or seen[-1:] == [me]:
        return
    users = [*(key for key in seen if key != me), me][-MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps(users, salt=SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
