"""Access to SESIS: who lacks it at a school and why, asked for, passed on, and given by the right door (R6, R9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.ids import read_dbn
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.numbering import numbered
from orcs_portal.shared.say import say_when
from providers.actions import access as actions
from providers.forms import GalaxyForm
from providers.kinds import Route
from providers.middleware import standing_of_request
from providers.pages import address, moment, overseer_of, show, user_of
from providers.policy.verdict import Advice
from providers.queries import access as queries
from providers.queries.access_rows import rows_of
from providers.queries.rows import Provider, School


@require_safe
@sign_in_required
def access(request: HttpRequest) -> HttpResponse:
    """Show who works at one's schools and is not in SESIS there, and who is on a Galaxy list and must not be."""
    standing, at = overseer_of(request), moment()
    dbn = read_dbn(request.GET.get("school", ""))
    rows = queries.without_access(standing, now=at.world, dbn=dbn)
    marked = queries.marked_count(standing, now=at.world) if queries.is_wide(standing) and not dbn else None
    counts = queries.tab_counts(rows, now=at.world, every=marked)
    asked = request.GET.get("tab", "")
    tab = asked if asked in queries.TABS else "all"
    page = numbered(request.GET.get("page", ""), size=queries.PAGE, total=counts[tab])
    places = queries.page_of(rows, tab, page.rows)
    context = {
        "tabs": _tabs(counts, tab, dbn),
        "tab": tab,
        "dbn": dbn,
        "rows": rows_of(places, queries.requests_of(places), standing=standing, now=at.world),
        "pager": page.pager(lambda number: address("access", tab=tab, school=dbn, page=number)),
        **_wrongly_listed(request, at),
        "is_head": bool(standing.head.schools),
        "wide": bool(standing.boroughs or standing.citywide),
    }
    return show(request, "providers/access.html", context)


def _tabs(counts: dict[str, int], tab: str, dbn: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": counts[key],
            "url": address("access", tab="" if key == "all" else key, school=dbn),
            "current": key == tab,
        }
        for key, (label, _) in queries.TABS.items()
    ]


LINES = 10
"""So many lines that must go are shown above the list; the rest is turned to."""


def _wrongly_listed(request: HttpRequest, at: Moment) -> dict[str, Any]:
    """Return the lines that must go, a page of them, with the way to do it for the head of that school."""
    standing = standing_of_request(request)
    lines = queries.wrongly_listed(standing, at.today)
    page = numbered(request.GET.get("lines", ""), size=LINES, total=lines.count())
    shown = list(lines[page.rows])
    mine = set(queries.listings_to_remove(standing, at.today).values_list("pk", flat=True)) if standing.head_of else {}
    pager = page.pager(lambda number: address("access", lines=number)) if page.total > LINES else None
    return {
        "wrongly_listed": [{"listing": one, "may_remove": one.pk in mine} for one in shown],
        "lines_total": page.total,
        "lines_pager": pager,
    }


@require_POST
@sign_in_required(form_at="access")
def ask(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Ask the head for Galaxy, or the agency for PETS; the other door is an interruption (R6, R9)."""
    at = moment()
    own = queries.places_to_ask_for(standing_of_request(request), at.today)
    place = get_object_or_404(own, pk=placement_id)
    try:
        route = Route.from_slug(request.POST.get("route", ""))
    except ValueError:
        raise Http404 from None
    answer = actions.ask(placement=place, route=route, by=user_of(request), now=at.world, real=at.real)
    if isinstance(answer, Advice):
        return _wrong_door(request, answer, place.provider, place.school, route)
    messages.info(request, f"Asked that {place.provider} come into SESIS through {route.label}. It stays listed here.")
    return redirect("access")


@require_POST
@sign_in_required(form_at="access")
def pets(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Ask the central office for PETS: the agency for its own people, ORCS for independent providers (R9)."""
    standing, at = standing_of_request(request), moment()
    place = get_object_or_404(queries.places_to_pass_on(standing, at.today), pk=placement_id)
    answer = actions.pass_on(placement=place, by=user_of(request), now=at.world, real=at.real)
    if isinstance(answer, Advice):
        return _wrong_door(request, answer, place.provider, place.school, Route.PETS)
    messages.info(request, f"Asked the central office to register {place.provider} in PETS.")
    return redirect("access")


@require_POST
@sign_in_required(form_at="access")
def register(request: HttpRequest, request_id: int) -> HttpResponse:
    """Register in PETS as the central office (R9)."""
    at = moment()
    asked = get_object_or_404(queries.requests_to_register(standing_of_request(request)), pk=request_id)
    answer = actions.register(request=asked, by=user_of(request), now=at.world, real=at.real)
    if isinstance(answer, Advice):
        return _wrong_door(request, answer, asked.provider, asked.school, Route.PETS)
    messages.info(
        request, f"{asked.provider} is registered in PETS, and SESIS is open. Held students open by themselves."
    )
    return redirect("access")


@require_POST
@sign_in_required(form_at="access")
def galaxy_place(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Add somebody who works at the school to its Galaxy (R6)."""
    mine = queries.places_to_add(standing_of_request(request), moment().today)
    place = get_object_or_404(mine, pk=placement_id)
    return _add(request, place.provider, place.school)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at="access-galaxy")
def galaxy(request: HttpRequest) -> HttpResponse:
    """Add somebody to the school's Galaxy by their number; who must not be is an interruption (R6, R9)."""
    schools = list(queries.galaxies_of(standing_of_request(request)))
    if not schools:
        raise Http404
    offered = [(school.pk, str(school)) for school in schools]
    if request.method != "POST":
        kept = restore(request, request.path)
        form = GalaxyForm(initial=kept.dict() if kept is not None else {}, schools=offered)
        return show(request, "providers/access_galaxy.html", {"form": form})
    form = GalaxyForm(request.POST, schools=offered)
    if form.is_valid():
        provider = queries.provider_by(form.cleaned_data["number"])
        if provider is not None:
            school = next(one for one in schools if one.pk == form.cleaned_data["school"])
            return _add(request, provider, school)
        form.add_error("number", "Nobody has this provider id. Check its digits")
    return show(request, "providers/access_galaxy.html", {"form": form}, status=422)


@require_POST
@sign_in_required(form_at="access")
def remove(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Take somebody from outside the DOE off the school's Galaxy list (R9)."""
    standing, at = standing_of_request(request), moment()
    listing = get_object_or_404(queries.listings_to_remove(standing, at.today), pk=listing_id)
    actions.remove_from_galaxy(listing=listing, by=user_of(request), now=at.world, real=at.real)
    messages.info(request, f"{listing.name or listing.provider_number} is off the Galaxy list of {listing.dbn}.")
    return redirect("access")


def _add(request: HttpRequest, provider: Provider, school: School) -> HttpResponse:
    at = moment()
    answer = actions.add_to_galaxy(provider=provider, school=school, by=user_of(request), now=at.world, real=at.real)
    if isinstance(answer, Advice):
        return _wrong_door(request, answer, provider, school, Route.GALAXY)
    opens = say_when(answer.opened, at.world)
    opened = "SESIS is open there." if answer.opened <= at.world else f"SESIS opens for them by {opens}."
    messages.info(request, f"{provider} is on the Galaxy list of {school.dbn}. {opened}")
    return redirect("access")


def _wrong_door(request: HttpRequest, advice: Advice, provider: Provider, school: School, route: Route) -> HttpResponse:
    """Show where the right door is; nothing was done, and the attempt is on record (R6, R9)."""
    asked = [
        {"label": "You asked for", "value": f"{route.label} at {school}"},
        {"label": "For", "value": f"{provider}, {provider.get_role_display()}"},
    ]
    return show(request, "providers/wrong_door.html", {"advice": advice, "asked": asked}, status=403)
