"""Who is served by whom: students without anybody, to be ticked and assigned, and those who have somebody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from caseloads.queries import unserved as queries
from caseloads.queries.ages import ages
from caseloads.queries.unserved import Chosen
from caseloads.queries.vacancy_scope import schools_to_assign, schools_to_report
from caseloads.vacancy_forms import by_label
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.ids import read_dbn
from orcs_portal.shared.numbering import numbered
from providers.kinds import Language, Service
from providers.pages import Seen, address, moment, overseer_of, show
from providers.scope import Standing

TABS = {"without": "Without a provider", "served": "With a provider"}
PAGE = 50


def assigner_of(request: HttpRequest) -> Standing:
    """Return the standing of a school's staff or of ORCS; raises ``Http404`` for everybody else."""
    standing = overseer_of(request)
    if not (standing.schools or standing.is_orcs):
        raise Http404
    return standing


@require_safe
@sign_in_required
def assign(request: HttpRequest) -> HttpResponse:
    """Show the students whom nobody serves, to be ticked, or who serves the others.

    Somebody of ORCS names a school first: a borough is no list to work through.
    """
    standing, at = assigner_of(request), moment()
    chosen = _chosen(request, standing)
    if chosen.school is None and not standing.schools:
        return show(request, "caseloads/assign_where.html", {"dbn": read_dbn(request.GET.get("school", ""))})
    tab = "served" if request.GET.get("tab") == "served" else "without"
    rows = queries.lines_for(standing, chosen, on=at.today)
    sides = queries.sides_of(rows, on=at.today)
    counts = {"without": len(sides.without), "served": queries.serving_count(sides, on=at.today)}
    page = numbered(request.GET.get("page", ""), size=PAGE, total=counts[tab])
    context: dict[str, Any] = {
        "tabs": [_tab(key, counts[key], tab, chosen) for key in TABS],
        "tab": tab,
        "chosen": chosen,
        "chips": _chips(chosen, tab),
        "services": by_label(Service),
        "languages": by_label(Language),
        "pager": page.pager(lambda number: _address(chosen, tab=tab, page=number)),
        "wide": standing.is_orcs,
    }
    if tab == "served":
        serving = queries.serving_page(sides, page.rows, on=at.today)
        students = {one.mandate.student_id for one in serving}
        context["serving"] = queries.serving_rows(serving, on=at.today)
    else:
        lines = queries.unserved_page(sides, page.rows, on=at.today)
        students = {line.student_id for line in lines}
        schools = queries.schools_of(lines)
        context["groups"] = queries.groups_of(lines, when=ages(schools, at.today))
        context["reported"] = set(schools_to_report(standing).filter(pk__in=schools).values_list("dbn", flat=True))
    return show(request, "caseloads/assign.html", context, seen=Seen(students, "Who is served by whom"))


def _chosen(request: HttpRequest, standing: Standing) -> Chosen:
    """Return what the address narrows the list to; what cannot be read narrows nothing."""
    dbn = read_dbn(request.GET.get("school", ""))
    return Chosen(
        school=schools_to_assign(standing).filter(dbn=dbn).first() if dbn else None,
        service=Service.read(request.GET.get("service", "")),
        language=Language.read(request.GET.get("language", "")),
    )


def _address(chosen: Chosen, **changed: str) -> str:
    known = {
        "school": chosen.school.dbn if chosen.school else "",
        "service": chosen.service.slug if chosen.service else "",
        "language": chosen.language.slug if chosen.language else "",
    }
    return address("assign", **(known | changed))


def _tab(key: str, count: int, tab: str, chosen: Chosen) -> dict[str, Any]:
    url = _address(chosen, tab="" if key == "without" else key)
    return {"label": TABS[key], "count": count, "url": url, "current": key == tab}


def _chips(chosen: Chosen, tab: str) -> list[dict[str, str]]:
    """Return what the list is narrowed to, each with the address without it."""
    said = {
        "school": ("School", chosen.school.dbn if chosen.school else ""),
        "service": ("Service", str(chosen.service.label) if chosen.service else ""),
        "language": ("Language", str(chosen.language.label) if chosen.language else ""),
    }
    return [
        {"name": name, "value": value, "url": _address(chosen, **{key: ""}, tab="" if tab == "without" else tab)}
        for key, (name, value) in said.items()
        if value
    ]
