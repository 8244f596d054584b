"""Calls: the list, one call's page with its line, what is parked, and sending again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from caseloads import actions
from caseloads.kinds import System
from caseloads.queries import calls as queries
from caseloads.queries.calls import Narrowed
from caseloads.queries.marks import marks_of, notices_of
from caseloads.queries.moment import Moment
from caseloads.queries.pupils import page_of
from caseloads.queries.scope import deliveries_for, may_send_again
from caseloads.views import words
from caseloads.views.page import Seen, moment, note, overseer_of, show, user_of
from caseloads.views.standing import notices
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.line import fingerprint, said_since
from providers.scope import Standing


def system_of(slug: str) -> System | None:
    """Return the system of a slug, or None for none or an unknown one."""
    return next((one for one in System if one.slug == slug), None)


def address(name: str, **query: str) -> str:
    """Return the address of a list with what narrows it; empty parts are left out."""
    known = {key: value for key, value in query.items() if value}
    return reverse(name) + (f"?{urlencode(known)}" if known else "")


@require_safe
@sign_in_required
def calls(request: HttpRequest) -> HttpResponse:
    """Show the calls somebody may see, newest first."""
    standing, at = overseer_of(request), moment()
    tab = request.GET.get("tab", "all")
    system = system_of(request.GET.get("system", ""))
    counts = queries.tab_counts(standing, system)
    tab = tab if tab in counts else "all"
    page = queries.page_of_calls(standing, Narrowed(tab, system), cursor=request.GET.get("page", ""), total=counts[tab])
    slug = system.slug if system else ""
    context = {
        "tabs": [_tab(key, label, counts[key], tab, slug) for key, label in queries.TABS],
        "tab": tab,
        "system": system.label if system and tab in queries.BY_SYSTEM else "",
        "every_system_url": address("calls", tab=tab),
        "calls": queries.rows_of_calls(page.rows, at=at),
        "pager": page.pager(lambda cursor: address("calls", tab=tab, system=slug, page=cursor)),
        "may_call": standing.calls,
        "parked_url": reverse("parked"),
        "parked_count": sum(queries.parked_counts(standing).values()),
    }
    students = {call.student_id for call in page.rows if call.student_id is not None}
    return show(request, "caseloads/calls.html", context, seen=Seen(students, "The list of calls"))


def _tab(key: str, label: str, count: int, current: str, system: str) -> dict[str, Any]:
    url = address("calls", tab="" if key == "all" else key, system=system)
    return {"key": key, "label": label, "count": count, "url": url, "current": key == current}


@require_safe
@sign_in_required
def call(request: HttpRequest, call_id: int) -> HttpResponse:
    """Show one call: its number or why it went no further, and where it has got to."""
    standing, at = overseer_of(request), moment()
    row = queries.call_of(standing, call_id)
    if row is None:
        raise Http404
    seen = Seen([row.student_id] if row.student_id else [], "One call", kind="call", object_id=row.pk)
    mine = row.provider_id == standing.provider
    # These pages speak to the caller; everybody else reads the call as any other.
    door = words.door_of(row) if mine else None
    if door is not None:
        return show(request, door.template, door.context(row), seen=seen)
    transit = queries.transit_of(row, at=at)
    line = queries.line_for(row, at=at, may_retry=may_send_again(standing, row), transit=transit)
    context = {
        "call": queries.page_of_call(row),
        "line": line,
        "seen": fingerprint(line, at.world),
        "said": "",
        "mine": mine,
        "repeated": mine and "again" in request.GET,
        "refusal": words.refusal(row),
        "notices": notices_of(marks_of(row)),
        "standing": notices(row, line, transit, mine=mine, at=at),
        "student_url": page_of(standing, row.student_id, on=at.today),
        "back": {"label": "My caseload", "url": reverse("caseload")}
        if mine
        else {"label": "Calls", "url": reverse("calls")},
    }
    return show(request, "caseloads/call.html", context, seen=seen)


@require_safe
@sign_in_required
def line(request: HttpRequest, call_id: int) -> HttpResponse:
    """Answer a look at a call's line: the line anew, or nothing while it is as it was seen."""
    standing, at = overseer_of(request), moment()
    row = queries.call_of(standing, call_id)
    if row is None:
        raise Http404
    transit = queries.transit_of(row, at=at)
    drawn = queries.line_for(row, at=at, may_retry=may_send_again(standing, row), transit=transit)
    mark = fingerprint(drawn, at.world)
    if request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    said = said_since(drawn, request.GET.get("seen", ""))
    context = {
        "call_id": row.pk,
        "line": drawn,
        "seen": mark,
        "said": said,
        "standing": notices(row, drawn, transit, mine=row.provider_id == standing.provider, at=at),
    }
    seen = Seen([row.student_id] if row.student_id else [], "The line of one call", kind="call", object_id=row.pk)
    return show(request, "caseloads/_call_line.html", context, seen=seen)


@require_POST
@sign_in_required
def replay_call(request: HttpRequest, call_id: int, system: str) -> HttpResponse:
    """Send one call to one system again at once; its caller or the school's staff may."""
    standing, at = overseer_of(request), moment()
    row, which = queries.call_of(standing, call_id), system_of(system)
    if row is None or which is None or not may_send_again(standing, row):
        raise Http404
    _replay(request, standing, {"call": row.pk, "system": which}, which, at)
    return redirect("call", call_id)


@require_POST
@sign_in_required
def replay_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send one parked delivery again at once; only school staff and ORCS may."""
    standing, at = overseer_of(request), moment()
    system = queries.sendable(standing, [delivery_id]).get(delivery_id)
    if system is None:
        raise Http404
    _replay(request, standing, {"pk": delivery_id}, system, at)
    return redirect("parked")


def _replay(request: HttpRequest, standing: Standing, which: dict[str, int], system: System, at: Moment) -> None:
    """Put deliveries back into the queue, note it, and say so."""
    rows = deliveries_for(standing).filter(**which)
    students = list(rows.values_list("student", flat=True))
    sent = actions.replay(deliveries=rows, by=user_of(request), now=at.real)
    if sent:
        seen = Seen(students, "Sent a delivery again", "changed", kind="delivery", object_id=sent[0])
        note(request, seen)
        messages.info(request, f"Sent to {system.label} again. The line shows how it goes.")
    else:
        messages.info(request, f"Nothing to send: {system.label} has it already, or it is on its way.")


@require_safe
@sign_in_required
def parked(request: HttpRequest) -> HttpResponse:
    """Show the parked deliveries somebody may see, the last failed first."""
    standing, at = overseer_of(request), moment()
    system = system_of(request.GET.get("system", ""))
    counts = queries.parked_counts(standing)
    total = sum(counts.values()) if system is None else counts[system]
    page = queries.page_of_parked(standing, system, cursor=request.GET.get("page", ""), total=total)
    slug = system.slug if system else ""
    every = {"label": "All", "count": sum(counts.values()), "url": address("parked"), "current": system is None}
    tabs = [
        {"label": one.label, "count": counts[one], "url": address("parked", system=one.slug), "current": one is system}
        for one in System
    ]
    context = {
        "tabs": [every, *tabs],
        "parked": queries.rows_of_parked(standing, page.rows, at=at),
        "pager": page.pager(lambda cursor: address("parked", system=slug, page=cursor)),
        "may_replay": standing.may_replay,
    }
    students = {one.student_id for one in page.rows}
    return show(request, "caseloads/parked.html", context, seen=Seen(students, "Parked deliveries"))
