"""My caseload."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from caseloads.queries.caseload import TABS, caseload_of, counts_of
from caseloads.queries.rows import NoSchoolYear
from caseloads.views.page import Seen, moment, provider_of, show
from orcs_portal.accounts.guard import sign_in_required


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
    shown = [row for row in rows if tab in ("all", row.tab)]
    context = {
        "provider_name": provider.full_name,
        "tab": tab,
        "tabs": [
            {
                "key": key,
                "label": label,
                "count": counts[key],
                "url": reverse("caseload") + ("" if key == "all" else f"?tab={key}"),
                "current": key == tab,
            }
            for key, label in TABS
        ],
        "rows": [row.shown for row in shown],
        "pager": None,
        "counts": {key.replace("-", "_"): count for key, count in counts.items()},
    }
    return show(request, "caseloads/caseload.html", context, seen=Seen({row.student for row in shown}, "My caseload"))
