"""The list of mismatches: by cause, by tab, narrowed, sorted, page by page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from compliance.mismatches import tallies
from compliance.mismatches.freshness import compared
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.pages import page_of
from compliance.mismatches.tallies import Tally, has_own
from compliance.queries.scope import findings_of, may_act
from compliance.views import bar, narrow
from compliance.views.doors import door_of
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.moment import Moment
from providers.pages import Seen, moment, overseer_of, show, user_of
from providers.scope import Standing


def asked(request: HttpRequest, standing: Standing, *, at: Moment) -> Narrowed:
    """Return the list that an address asks for; without a tab it is one's own, or all where nothing is one's own."""
    rows = findings_of(standing)
    otherwise = "mine" if may_act(standing) and has_own(rows, user=standing.user, at=at) else "open"
    narrowed = Narrowed.read(request.GET.dict(), otherwise=otherwise)
    return narrowed.but(sort="") if narrowed.sort == "name" and not narrow.by_name(standing) else narrowed


@require_safe
@sign_in_required
def mismatches(request: HttpRequest) -> HttpResponse:
    """Show the items somebody may see: by cause with the first of each, or one after another."""
    standing, at = overseer_of(request), moment()
    narrowed = asked(request, standing, at=at)
    counted = tallies.tally(findings_of(standing), narrowed, user=standing.user, at=at)
    found = page_of(standing, narrowed, counted, page=request.GET.get("page", ""), at=at)
    context = {
        **narrow.context(standing, narrowed, counted, at=at),
        **bar.context(standing, narrowed, user_of(request), at=at),
        "lede": lede(counted, filtered=any(narrow.chips(narrowed))),
        "compared": compared(),
        "groups": [
            {"cause": one.cause, "rows": one.rows, "more": one.more, **_ways(narrowed, one.cause, standing)}
            for one in found.groups
        ],
        "rows": found.rows,
        "cause": found.cause,
        "cause_door": door_of(found.cause, narrowed, standing) if found.cause else {},
        "pager": found.pager,
        "total": counted.total,
        "several_schools": sees_several(standing),
        "tab": "" if narrowed.changed else narrowed.tab,
        "unassigned": counted.tabs["unassigned"],
        "exports": {kind: narrowed.address(name="mismatches-export", kind=kind) for kind in ("csv", "xlsx")},
    }
    return show(request, "compliance/mismatches.html", context, seen=Seen(found.students, "The list of mismatches"))


def sees_several(standing: Standing) -> bool:
    """Return whether somebody's lists may hold items of more than one school."""
    return standing.citywide or bool(standing.boroughs or standing.agencies) or len(standing.active_schools) > 1


def _ways(narrowed: Narrowed, cause: tallies.Cause, standing: Standing) -> dict[str, Any]:
    """Return where a cause leads: its whole list, and its one act."""
    return {"url": narrowed.but(code=cause.code).address(), "door": door_of(cause, narrowed, standing)}


def lede(counted: Tally, *, filtered: bool) -> str:
    """Return what the page says first: how many are open, and how many only wait, among what the filters leave."""
    opened, waiting = counted.tabs["open"], counted.tabs["waiting"]
    nothing = "Nothing that fits these filters is open." if filtered else "Nothing is open: the systems agree."
    first = f"{opened} open." if opened else nothing
    if not waiting:
        return first
    verbs = "is only waiting and needs" if waiting == 1 else "are only waiting and need"
    return f"{first} {waiting}{' more' if opened else ''} {verbs} nobody."
