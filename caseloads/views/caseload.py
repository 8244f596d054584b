"""My caseload."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from caseloads.queries import calling
from caseloads.queries.calling import Door
from caseloads.queries.caseload import TABS, caseload_of, counts_of
from caseloads.queries.rows import NoSchoolYear
from caseloads.views.page import Seen, moment, provider_of, show
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.pagination import numbered
from providers.pages import address

SIZE = 20  # students to a page
SAID = (
    ("open", "on your caseload"),
    ("on-its-way", "on the way"),
    ("to-call", "to call for now"),
    ("blocked", "held up"),
)


@require_safe
@sign_in_required
def caseload(request: HttpRequest) -> HttpResponse:
    """Show a provider the students on the caseload, on the way there, and to call for (R3)."""
    provider, at = provider_of(request), moment()
    try:
        rows = caseload_of(provider, at=at)
    except NoSchoolYear:
        return show(request, "caseloads/no_year.html", {})
    counts = counts_of(rows)
    tab = request.GET.get("tab", "all")
    tab = tab if tab in counts else "all"
    page = numbered([row for row in rows if tab in ("all", row.tab)], page=request.GET.get("page", ""), size=SIZE)
    context = {
        "provider_name": provider.full_name,
        "tab": tab,
        "tabs": [
            {
                "key": key,
                "label": label,
                "count": counts[key],
                "url": _address(key),
                "current": key == tab,
            }
            for key, label in TABS
        ],
        "rows": [row.shown for row in page.rows],
        "pager": page.pager(lambda number: _address(tab, page=number)),
        "summary": _summary(counts),
        "why_closed": _why_closed(calling.door(provider, today=at.today)),
    }
    seen = Seen({row.student for row in page.rows}, "My caseload")
    return show(request, "caseloads/caseload.html", context, seen=seen)


def _address(tab: str, page: str = "") -> str:
    """Return where one page of a list is."""
    return address("caseload", tab="" if tab == "all" else tab, page=page)


def _summary(counts: dict[str, int]) -> str:
    """Return how many rows stand where, without those of which there are none."""
    parts = [f"{counts[key]} {words}" for key, words in SAID if counts[key]]
    return f"{', '.join(parts)}." if parts else "Nobody is on your caseload or on the way to it."


def _why_closed(door: Door) -> str:
    """Return what leads somebody who records no call now to the page that says why (R1, R13); "" for all others."""
    if not door.call_due:
        return "Why you need not call"
    return "Why you may not call now" if door.held else ""
