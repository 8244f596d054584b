"""A page for every code: what it means, who acts, what to do, and how many there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from compliance.kinds import Code
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.tallies import numbers_of
from compliance.queries.scope import findings_of
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.accounts.guard import sign_in_required
from providers.pages import overseer_of, show


@require_safe
@sign_in_required
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Explain one code in plain words, with the numbers of those items one may see."""
    standing = overseer_of(request)
    known = Code.__members__.get(code)
    if known is None or known not in CATALOGUE:
        raise Http404
    opened, waiting = numbers_of(findings_of(standing), known)
    context = {
        "entry": CATALOGUE[known],
        "open": opened,
        "waiting": waiting,
        "open_url": Narrowed(tab="open", code=known).address(),
        "waiting_url": Narrowed(tab="waiting", code=known).address(),
        "others": [one for one in CATALOGUE.values() if one.hop == CATALOGUE[known].hop and one.code != known],
    }
    return show(request, "compliance/code.html", context)
