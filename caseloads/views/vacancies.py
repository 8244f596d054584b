"""The list of vacancies and the page of one (R12, R13, R15)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from caseloads.queries import vacancies as queries
from caseloads.queries.ages import ages
from caseloads.queries.stages import Stage, answer_cutoff
from caseloads.queries.vacancies import Narrowed
from caseloads.queries.vacancy_rows import rows_of
from caseloads.queries.vacancy_scope import redirected_for, schools_to_report
from caseloads.vacancy_forms import by_label
from caseloads.views.vacancy_page import vacancy_page
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.ids import read_dbn
from orcs_portal.shared.numbering import numbered
from providers.kinds import Borough, Language, Service
from providers.pages import address, moment, overseer_of, show
from providers.policy.facts import RequestKind
from providers.policy.rules import vacancy_or_evaluation
from providers.queries.hold import hold
from providers.scope import Standing

TAB_WORDS = {"to-act": "To act on", "open": "All open", "closed": "Closed"}


@require_safe
@sign_in_required
def vacancies(request: HttpRequest) -> HttpResponse:
    """Show the vacancies somebody sees, by age or by the minutes that reach nobody."""
    standing, at = overseer_of(request), moment()
    when = ages((), at.today)
    tabs = queries.tabs_of(standing, answer_cutoff(when))
    narrowed = narrowed_by(request, tabs)
    rows = queries.rows_for(standing, narrowed)
    counts = queries.counts_of(rows, tabs)
    total, kept = counts.tabs[narrowed.tab], counts.minutes[narrowed.tab]
    page = numbered(request.GET.get("page", ""), size=queries.PAGE, total=total)
    listed = queries.listed(
        rows, tabs[narrowed.tab], sort=narrowed.sort, which=page.rows, total=total, kept=kept, today=at.today
    )
    shown = queries.page_of(rows, listed.ids)
    now = hold(at.today)
    shown_rows = rows_of(
        shown, listed.waiting, standing=standing, when=ages({one.school_id for one in shown}, at.today), hold=now.on
    )
    context = {
        "tabs": [_tab(key, counts.tabs[key], narrowed) for key in tabs],
        "tab": narrowed.tab,
        "tiles": _tiles(counts.stages, narrowed),
        "rows": shown_rows,
        "sums": {key: sum(row[key] for row in shown_rows) for key in ("students", "minutes", "lost")},
        "minutes": listed.minutes,
        "open_count": counts.tabs["open"],
        "pager": page.pager(lambda number: _address(narrowed, page=number)),
        "chips": _chips(narrowed),
        "narrowed": narrowed,
        "sorts": [(key, label, key == narrowed.sort) for key, label in queries.SORTS.items()],
        "choices": _choices(standing),
        "hold": now,
        "may_log": schools_to_report(standing).exists(),
        "may_assign": bool(standing.schools) or standing.is_orcs,
        "for_agency": not (standing.schools or standing.boroughs or standing.citywide),
        "is_orcs": standing.is_orcs,
        "exports": {kind: _file(narrowed, kind) for kind in ("csv", "xlsx")},
    }
    return show(request, "caseloads/vacancies.html", context)


@require_safe
@sign_in_required
def vacancy(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Show one vacancy: for whom, how far, who was asked, what was written, and the next act."""
    return vacancy_page(request, vacancy_id)


@require_safe
@sign_in_required
def stop(request: HttpRequest, redirected_id: int) -> HttpResponse:
    """Say where an evaluation belongs; the attempt is kept (R14)."""
    row = get_object_or_404(redirected_for(overseer_of(request)), pk=redirected_id)
    context = {"redirected": row, "advice": vacancy_or_evaluation(RequestKind.EVALUATION)}
    return show(request, "caseloads/vacancy_stop.html", context)


def narrowed_by(request: HttpRequest, tabs: dict[str, Any]) -> Narrowed:
    """Return what the address narrows the list to; what cannot be read narrows nothing."""
    asked = request.GET
    return Narrowed(
        tab=asked.get("tab", "") if asked.get("tab") in tabs else next(iter(tabs)),
        sort=asked.get("sort", "") if asked.get("sort") in queries.SORTS else "age",
        stage=Stage.read(asked.get("stage", "")),
        borough=Borough.read(asked.get("borough", "")),
        dbn=read_dbn(asked.get("school", "")),
        service=Service.read(asked.get("service", "")),
        language=Language.read(asked.get("language", "")),
    )


def _query(narrowed: Narrowed) -> dict[str, str]:
    """Return what narrows the list as it stands in an address; the first tab and the usual order are left out."""
    return {
        "tab": narrowed.tab,
        "sort": "" if narrowed.sort == "age" else narrowed.sort,
        "stage": narrowed.stage.slug if narrowed.stage else "",
        "borough": narrowed.borough.slug if narrowed.borough else "",
        "school": narrowed.dbn,
        "service": narrowed.service.slug if narrowed.service else "",
        "language": narrowed.language.slug if narrowed.language else "",
    }


def _address(narrowed: Narrowed, **changed: str) -> str:
    return address("vacancies", **(_query(narrowed) | changed))


def _file(narrowed: Narrowed, kind: str) -> str:
    """Return where the whole list is sent as a file of a kind."""
    return f"{reverse('vacancies-export', args=[kind])}?{urlencode({k: v for k, v in _query(narrowed).items() if v})}"


def _tab(key: str, count: int, narrowed: Narrowed) -> dict[str, Any]:
    url = _address(narrowed, tab=key)
    return {"label": TAB_WORDS[key], "count": count, "url": url, "current": key == narrowed.tab}


def _tiles(stages: dict[Stage, int], narrowed: Narrowed) -> list[dict[str, Any]]:
    """Return a tile for each stage of an open vacancy; it leads to exactly that many rows."""
    return [
        {
            "name": name,
            "figure": stages[stage],
            "note": note,
            "url": _address(narrowed, tab="open", stage=stage.slug),
        }
        for stage, name, note in TILES
    ]


TILES = (
    (Stage.REPORTED, "To offer", "ORCS asks an agency"),
    (Stage.OFFERED, "Offered", "The agency answers"),
    (Stage.ACCEPTED, "Transmittal", "ORCS sends it (R8)"),
    (Stage.TRANSMITTED, "Provider", "The agency names one"),
)


def _chips(narrowed: Narrowed) -> list[dict[str, str]]:
    """Return what the list is narrowed to, each with the address without it."""
    said = {
        "stage": ("Stage", narrowed.stage and str(narrowed.stage.label)),
        "borough": ("Borough", narrowed.borough and str(narrowed.borough.label)),
        "school": ("School", narrowed.dbn),
        "service": ("Service", narrowed.service and str(narrowed.service.label)),
        "language": ("Language", narrowed.language and str(narrowed.language.label)),
    }
    return [
        {"name": name, "value": value, "url": _address(narrowed, **{key: ""})}
        for key, (name, value) in said.items()
        if value
    ]


def _choices(standing: Standing) -> dict[str, list[tuple[str, str]]]:
    """Return what the drawer offers."""
    wide = standing.citywide or len(standing.boroughs) > 1
    return {
        "boroughs": [(one.slug, str(one.label)) for one in Borough] if wide else [],
        "services": by_label(Service),
        "languages": by_label(Language),
        "stages": [(one.slug, str(one.label)) for one in Stage if one is not Stage.FILLED],
    }
