"""The lock on every page that needs a signed-in user."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget
from django_htmx.middleware import HtmxDetails

from orcs_portal.accounts.forms import SignInForm
from orcs_portal.accounts.resume import keep, page_of

SIGN_IN_PAGE = "accounts/sign_in.html"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def sign_in_required(view: View[P]) -> View[P]:
    """Return a view that lets signed-in users through and leads everyone else to sign in.

    A page that was asked for is redirected to, an address that a script asked for makes the browser go there, and a
    form that was posted gets the sign-in page at once, so that what was typed comes back afterwards.
    """

    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request)

    return guarded


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the answer for somebody who is not signed in, or no longer."""
    if request.method == "POST":
        return sign_in_page(request, then=page_of(request), resume=keep(request))
    htmx = HtmxDetails(request)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)


def sign_in_page(request: HttpRequest, *, then: str, resume: str, note: str = "", username: str = "") -> HttpResponse:
    """Return the sign-in page; ``then`` is where to go afterwards, ``note`` says in a sentence why it is shown."""
    form = SignInForm(request, initial={"username": username})
    context = {"form": form, "next": then, "resume": resume, "note": note or ended_note(resume)}
    page = render(request, SIGN_IN_PAGE, context)
    return reswap(retarget(page, "body"), "innerHTML") if HtmxDetails(request) else page


def ended_note(resume: str) -> str:
    """Return the sentence for somebody whose session ended, or nothing when nothing was typed."""
    if not resume:
        return ""
    return (
        "You were signed out while you were typing. Nothing was sent, and what you typed comes back when you sign in."
    )
