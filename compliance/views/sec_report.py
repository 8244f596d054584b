"""SEC's report of a school on a day, on the screen in pages and on paper whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from compliance.asking import WRONG_DBN, ReportForm
from compliance.queries import sec_report as queries
from compliance.queries.sec_report import MISSING, STATUSES, TABS, Report, School, Shown
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.ids import read_id
from orcs_portal.shared.moment import Moment
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, show
from providers.scope import Standing

PAGE = "compliance/sec_report.html"


@require_safe
@sign_in_required
def sec_report(request: HttpRequest) -> HttpResponse:
    """Show the report of the school and day in the address, or ask which; a stranger's school answers 404."""
    standing, at = standing_of_request(request), moment()
    if not queries.reads_reports(standing):
        raise Http404
    own = queries.schools_of(standing)
    form = ReportForm(_asked(request, own), today=at.today, schools=[(one.pk, str(one)) for one in own])
    school = _school(request, standing, own)
    if not form.is_valid():
        return show(request, PAGE, {"form": form, "report": None}, status=422)
    if school is not None:
        return _report(request, form, school, form.cleaned_data["on"], at)
    return _typed(request, standing, form, at)


def _asked(request: HttpRequest, own: list[School]) -> dict[str, str]:
    """Return what the form holds: the address's parts, with one's only school filled in."""
    known = {name: request.GET[name] for name in ("school", "dbn", "on") if name in request.GET}
    return {"school": str(own[0].pk), **known} if len(own) == 1 else known


def _school(request: HttpRequest, standing: Standing, own: list[School]) -> School | None:
    """Return the school in the address, else one's only one; raises ``Http404`` for one that is not one's own."""
    asked = request.GET.get("school", "")
    if not asked:
        return own[0] if len(own) == 1 else None
    school = queries.school_of(standing, read_id(asked))
    if school is None:
        raise Http404
    return school


def _typed(request: HttpRequest, standing: Standing, form: ReportForm, at: Moment) -> HttpResponse:
    """Go on to the school whose DBN was typed, or say that it is none; ask where nothing was typed so far."""
    dbn = form.cleaned_data.get("dbn", "")
    if not dbn:
        return show(request, PAGE, {"form": form, "report": None})
    school = queries.school_of_dbn(standing, dbn)
    if school is None:
        form.add_error("dbn", WRONG_DBN)
        return show(request, PAGE, {"form": form, "report": None}, status=422)
    return redirect(_address(school, form.cleaned_data["on"], Shown(), at))


def _address(school: School, day: date, narrowed: Shown, at: Moment, **more: str) -> str:
    """Return the address of a report, or of some of its rows; it names a school, a day and words of SEC's alone."""
    query = {
        "school": str(school.pk),
        "on": "" if day == at.today else day.isoformat(),
        "show": narrowed.tab,
        "status": narrowed.status,
        **more,
    }
    return f"{reverse('sec-report')}?{urlencode({key: value for key, value in query.items() if value})}"


def _report(request: HttpRequest, form: ReportForm, school: School, day: date, at: Moment) -> HttpResponse:
    """Show the rows that are asked for, a page of them or all, and every number with its rows."""
    report = queries.report_of(school, day, at=at)
    narrowed = queries.shown(request.GET.get("show", ""), request.GET.get("status", ""))
    chosen = [row for row in report.rows if narrowed.holds(row)]
    whole = "whole" in request.GET
    cut = queries.cut(chosen, request.GET.get("page", ""))
    rows = chosen if whole else cut.rows
    context = {
        "form": form,
        "report": report,
        "school": school,
        "day": day,
        "is_today": day == at.today,
        "compared": queries.compared(),
        **_numbers(report, school, day, narrowed, at),
        "rows": queries.rows_of(rows, report.providers),
        "pager": None if whole else _pager(cut, school, day, narrowed, at),
        "whole": whole,
        "whole_url": _address(school, day, narrowed, at, whole="1") if len(chosen) > len(cut.rows) else "",
        "paged_url": _address(school, day, narrowed, at),
    }
    seen = Seen({row.enrolment.student_id for row in rows}, "SEC's report of a school")
    return show(request, PAGE, context, seen=seen)


def _numbers(report: Report, school: School, day: date, narrowed: Shown, at: Moment) -> dict[str, Any]:
    """Return the tabs and tiles: each number is that of the rows behind its link."""
    counts, by_status = queries.counts(report.rows, narrowed.status), queries.by_status(report.rows)
    tabs = [
        {
            "label": label,
            "count": counts[key],
            "url": _address(school, day, Shown(key, "" if key == MISSING else narrowed.status), at),
            "current": key == narrowed.tab,
        }
        for key, label in TABS
    ]
    tiles = [
        {"label": str(status.label), "count": by_status[slug], "url": _address(school, day, Shown(status=slug), at)}
        for slug, status in STATUSES.items()
    ]
    return {
        "tabs": tabs,
        "tab": narrowed.tab,
        "tiles": tiles,
        "totals": queries.counts(report.rows, "") | {"lines": sum(by_status.values())},
        "status": _status(school, day, narrowed, at) if narrowed.status else None,
    }


def _status(school: School, day: date, narrowed: Shown, at: Moment) -> dict[str, str]:
    """Return the word of SEC's that the list is narrowed to, with the address without it."""
    return {"label": str(STATUSES[narrowed.status].label), "url": _address(school, day, Shown(narrowed.tab), at)}


def _pager(cut: queries.Cut, school: School, day: date, narrowed: Shown, at: Moment) -> dict[str, Any] | None:
    """Return what the pager needs; None for an empty list."""
    if not cut.rows:
        return None
    last = cut.first + len(cut.rows)
    return {
        "first": cut.first + 1,
        "last": last,
        "total": cut.total,
        "previous_url": _address(school, day, narrowed, at, page=cut.previous) if cut.previous else "",
        "previous_count": min(queries.PAGE, cut.first),
        "next_url": _address(school, day, narrowed, at, page=cut.next) if cut.next else "",
        "next_count": min(queries.PAGE, cut.total - last),
    }
