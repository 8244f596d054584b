"""Signing in and out, by Django's own views."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from orcs_portal.accounts.forms import SignInForm
from orcs_portal.accounts.guard import SIGN_IN_PAGE, sign_in_context
from orcs_portal.accounts.resume import take_up
from orcs_portal.accounts.sessions import SIGNED_IN_AT
from orcs_portal.shared import clock


class SignIn(LoginView):
    """The sign-in page; somebody already signed in is led on."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = SIGN_IN_PAGE
    authentication_form = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or lead somebody on who is signed in already."""
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry what was typed along when the first try fails."""
        return sign_in_context(
            **super().get_context_data(**kwargs),
            resume=self.request.POST.get("resume", ""),
            expired="expired" in self.request.GET,
        )

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override] # LoginView names its own form
        """Sign in, lay what was typed ready for its page, and go on: to the first page where another one typed it."""
        response = super().form_valid(form)
        self.request.session[SIGNED_IN_AT] = clock.real_now().isoformat()
        return response if take_up(self.request) else redirect("home")


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that one is signed out; somebody who is not is led to the first page."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "accounts/signed_out.html")
