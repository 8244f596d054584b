"""The lines behind the numbers of the three systems, side by side; for a whole city, school by school."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from compliance.mismatches import lines as queries
from compliance.mismatches.narrowing import Narrowed
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.moment import Moment
from providers.pages import Seen, address, moment, overseer_of, show
from providers.scope import Standing

PAGE = 50
DIGITS = 6


@require_safe
@sign_in_required
def lines(request: HttpRequest) -> HttpResponse:
    """Show the lines behind one number, or for a wide reader without a school the schools that make it up."""
    standing, at = overseer_of(request), moment()
    view = request.GET.get("view", "")
    view = view if view in queries.VIEWS else "sesis"
    dbn = Narrowed.read(request.GET.dict()).school
    if queries.wide(standing) and not dbn:
        return _by_school(request, standing, view, at)
    return _lines(request, standing, view, dbn, at)


def _by_school(request: HttpRequest, standing: Standing, view: str, at: Moment) -> HttpResponse:
    counted = queries.agreement_of(standing, at=at)
    found = queries.by_school(standing, view)
    schools = [{**one, "url": address("lines", view=view, school=one["school"].dbn)} for one in found]
    counts = {key: counted.number(key) if counted else 0 for key in queries.VIEWS}
    context = {
        "tabs": _tabs(view, counts, ""),
        "schools": schools,
        "total": counts[view],
        "as_of": counted.as_of if counted else None,
    }
    return show(request, "compliance/lines_by_school.html", context)


def _lines(request: HttpRequest, standing: Standing, view: str, dbn: str, at: Moment) -> HttpResponse:
    everything = queries.lines_of(_schools(standing, dbn), at=at)
    chosen = queries.behind(everything, view)
    first = _first(request.GET.get("page", ""), len(chosen))
    piece = chosen[first : first + PAGE]
    context = {
        "tabs": _tabs(view, {key: len(queries.behind(everything, key)) for key in queries.VIEWS}, dbn),
        "view": view,
        "rows": queries.shown(piece),
        "total": len(chosen),
        "school": dbn,
        "wide": queries.wide(standing),
        "all_url": address("lines", view=view),
        "pager": _pager(first, len(piece), len(chosen), view, dbn),
    }
    seen = Seen({row["student_id"] for row in piece}, "The lines of SESIS, CAP and SEC side by side")
    return show(request, "compliance/lines.html", context, seen=seen)


def _schools(standing: Standing, dbn: str) -> list[int]:
    """Return the schools whose lines are shown; raises ``Http404`` for one that is not somebody's, or for none."""
    if not dbn:
        if not standing.active_schools:
            raise Http404
        return sorted(standing.active_schools)
    school = queries.school_of(standing, dbn)
    if school is None:
        raise Http404
    return [school.pk]


def _tabs(view: str, counts: dict[str, int], dbn: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": counts[key],
            "url": address("lines", view=key, school=dbn),
            "current": key == view,
        }
        for key, (label, _holds) in queries.VIEWS.items()
    ]


def _first(page: str, count: int) -> int:
    """Return the row a page begins with; rows are numbered, since a key would hold a student's number."""
    first = int(page) if page.isascii() and page.isdigit() and len(page) <= DIGITS else 0
    return first if first < count and first % PAGE == 0 else 0


def _pager(first: int, shown: int, total: int, view: str, dbn: str) -> dict[str, Any] | None:
    if not shown:
        return None
    last, before = first + shown, first - PAGE
    return {
        "first": first + 1,
        "last": last,
        "total": total,
        "previous_url": address("lines", view=view, school=dbn, page=str(before or "")) if first else "",
        "previous_count": PAGE,
        "next_url": address("lines", view=view, school=dbn, page=str(last)) if last < total else "",
        "next_count": min(PAGE, total - last),
    }
