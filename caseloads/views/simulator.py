"""The simulator, only where DEMO is set: the clock, the systems' faults, and drafts to make final."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from caseloads import actions
from caseloads.kinds import Fault
from caseloads.queries import simulator as queries
from caseloads.views.calls import system_of
from caseloads.views.page import Seen, moment, note, show, user_of
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.ids import read_id
from providers.middleware import standing_of_request
from providers.scope import Standing

HOUR = 60
MOVES = {"1h": HOUR, "night": 24 * HOUR, "1w": 7 * 24 * HOUR}


def _player(request: HttpRequest, *, acts: bool = False) -> Standing:
    """Return who plays; raises ``Http404`` outside a demonstration, and for a read-only person who would act."""
    standing = standing_of_request(request)
    if not settings.DEMO or not standing.kinds or (acts and standing.read_only):
        raise Http404
    return standing


@require_safe
@sign_in_required
def simulator(request: HttpRequest) -> HttpResponse:
    """Show the clock, the systems, the drafts of students one may see, and what just happened."""
    standing, at = _player(request), moment()
    drafts = queries.drafts_of(standing, at=at)
    context = {
        "clock": queries.clock_of(at=at),
        "systems": queries.systems_of(standing, at=at),
        "modes": [{"value": value, "label": label} for value, label in queries.MODES],
        "drafts": drafts,
        "log": queries.log_of(at=at),
        "may_act": not standing.read_only,
    }
    students = {draft["student"] for draft in drafts}
    return show(request, "caseloads/simulator.html", context, seen=Seen(students, "The simulator's draft IEPs"))


@require_safe
@sign_in_required
def clock(request: HttpRequest) -> HttpResponse:
    """Answer a look at the clock; once a move has ended, the whole page is asked for anew."""
    standing, at = _player(request), moment()
    state = queries.clock_of(at=at)
    context = {"clock": state, "may_act": not standing.read_only}
    response = show(request, "caseloads/_simulator_clock.html", context)
    if state["target"] is None and "HX-Request" in request.headers:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@sign_in_required
def systems(request: HttpRequest) -> HttpResponse:
    """Answer a look at what moves by itself: the time, the systems' counts and whether they answer, and the log."""
    standing, at = _player(request), moment()
    context = {"now": at.world, "systems": queries.systems_of(standing, at=at), "log": queries.log_of(at=at)}
    return show(request, "caseloads/_simulator_look.html", context)


@require_POST
@sign_in_required
def advance(request: HttpRequest) -> HttpResponse:
    """Ask that the clock move on by an hour, a night or a week."""
    _player(request, acts=True)
    minutes = MOVES.get(request.POST.get("by", ""))
    if minutes is None:
        raise Http404
    now = moment().real
    move = actions.ask_clock(minutes=minutes, by=user_of(request), now=now)
    if move.asked != now:
        messages.info(request, "The clock is moving already. Move it on again once it has arrived.")
    return redirect("simulator")


@require_POST
@sign_in_required
def fault(request: HttpRequest) -> HttpResponse:
    """Make a system misbehave, or behave again."""
    _player(request, acts=True)
    system, mode, at = system_of(request.POST.get("system", "")), _mode(request.POST.get("mode", "")), moment()
    if system is None or mode is None:
        raise Http404
    actions.set_fault(system=system, fault=mode, by=user_of(request), now=at.real, world=at.world)
    messages.info(request, f"{system.label}: {mode.label.lower()}.")
    return redirect("simulator")


def _mode(slug: str) -> Fault | None:
    return next((one for one in Fault if one.slug == slug), None)


@require_POST
@sign_in_required
def finalise(request: HttpRequest) -> HttpResponse:
    """Make a draft IEP final; CAP gets it the next night (R11)."""
    standing, at = _player(request, acts=True), moment()
    asked = read_id(request.POST.get("iep", ""))
    iep = queries.draft_of(standing, asked, at=at) if asked else None
    if iep is None:
        raise Http404
    try:
        actions.finalise_iep(iep_id=iep.pk, by=user_of(request), now=at.world)
    except actions.CannotFinalise as reason:
        messages.error(request, f"{reason}. Nothing was changed.")
    else:
        note(request, Seen([iep.student_id], "Finalized an IEP", "changed", kind="iep", object_id=iep.pk))
        messages.info(request, "The IEP is final and governs from its start. CAP gets it in the next night.")
    return redirect("simulator")
