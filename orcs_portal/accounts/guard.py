"""The lock on every page that needs a signed-in user."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, overload

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget
from django_htmx.middleware import HtmxDetails

from orcs_portal.accounts.forms import SignInForm
from orcs_portal.accounts.resume import keep, page_of

SIGN_IN_PAGE = "accounts/sign_in.html"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@overload
def sign_in_required(view: View[P], /) -> View[P]: ...
@overload
def sign_in_required(*, form_at: str) -> Callable[[View[P]], View[P]]: ...
def sign_in_required(view: View[P] | None = None, /, *, form_at: str = "") -> View[P] | Callable[[View[P]], View[P]]:
    """Return a view that lets signed-in users through and leads everyone else to sign in.

    A page that was asked for is redirected to, an address that a script asked for makes the browser go there, and a
    form that was posted gets the sign-in page at once, so that what was typed comes back afterwards, to the one who
    typed it: on the page it was posted from, or on the one named ``form_at`` where that cannot be opened by itself.
    """
    if view is None:
        return partial(guarded, form_at=form_at)
    return guarded(view, form_at=form_at)


def guarded(view: View[P], *, form_at: str) -> View[P]:
    """Return the view behind the lock."""

    @sensitive_post_parameters()
    @wraps(view)
    def behind(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request, form_at=form_at)

    return behind


def ask_to_sign_in(request: HttpRequest, *, form_at: str = "") -> HttpResponse:
    """Return the answer for somebody who is not signed in, or no longer."""
    if request.method == "POST":
        then = reverse(form_at) if form_at else page_of(request)
        return sign_in_page(request, then=then, resume=keep(request, at=then))
    htmx = HtmxDetails(request)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    query = urlencode({"next": htmx.current_url_abs_path or "/", "expired": "1"})
    return HttpResponseClientRedirect(f"{reverse('sign-in')}?{query}")


def sign_in_page(request: HttpRequest, *, then: str, resume: str, username: str = "") -> HttpResponse:
    """Return the sign-in page for somebody whose session ended; ``then`` is where to go afterwards."""
    form = SignInForm(request, initial={"username": username})
    known = sign_in_context(form=form, next=then, resume=resume, expired=True, unsent=True)
    page = render(request, SIGN_IN_PAGE, known)
    return reswap(retarget(page, "body"), "innerHTML") if HtmxDetails(request) else page


def sign_in_context(**known: object) -> dict[str, object]:
    """Return what the sign-in page needs besides ``known``: the demonstration's sign-ins, where there is one."""
    people = settings.DEMO_SIGN_INS if settings.DEMO else []
    return {"demo_sign_ins": [{"role": role, "username": username} for role, username in people], **known}
