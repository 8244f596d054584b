"""The hold on independent providers: how it stands, how it got there, and its switch for ORCS (R13)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.say import say_date
from providers.actions.hold import CannotSwitch, set_hold
from providers.forms import HoldForm
from providers.pages import moment, overseer_of, show, user_of
from providers.queries.hold import hold


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def rsa_hold(request: HttpRequest) -> HttpResponse:
    """Show the hold and its history to everybody who oversees; ORCS alone lifts it or sets it (R13)."""
    standing = overseer_of(request)
    if request.method != "POST":
        kept = restore(request, request.path) if standing.is_orcs else None
        return _page(request, HoldForm(initial=kept.dict() if kept is not None else {}))
    if not standing.is_orcs:
        raise Http404
    form = HoldForm(request.POST)
    return _switch(request, form) if form.is_valid() else _page(request, form, status=422)


def _switch(request: HttpRequest, form: HoldForm) -> HttpResponse:
    at, asked = moment(), form.cleaned_data
    try:
        row = set_hold(
            on=asked["on"], starts=asked["starts"], reason=asked["reason"], by=user_of(request), now=at.world
        )
    except CannotSwitch as refused:
        form.add_error(refused.field, str(refused))
        return _page(request, form, status=422)
    done = "set" if row.on else "lifted"
    messages.info(request, f"The hold is {done} from {say_date(row.starts, at.today)} on.")
    return redirect("rsa-hold")


def _page(request: HttpRequest, form: HoldForm, *, status: int = 200) -> HttpResponse:
    today = moment().today
    context = {"hold": hold(today), "form": form, "may_switch": overseer_of(request).is_orcs, "today": today}
    return show(request, "providers/rsa_hold.html", context, status=status)
