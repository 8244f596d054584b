"""The switch between the schools one has."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.ids import read_id
from providers.middleware import CHOSEN, standing_of_request


@require_POST
@sign_in_required
def switch(request: HttpRequest) -> HttpResponse:
    """Narrow everything to one of one's own schools, or to all of them; a stranger's school answers 404."""
    asked = request.POST.get("school", "")
    chosen = read_id(asked)
    if asked == "":
        request.session.pop(CHOSEN, None)
    elif chosen in standing_of_request(request).schools:
        request.session[CHOSEN] = chosen
    else:
        raise Http404
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page to go back to, if it is one of ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if ours else reverse("home")
