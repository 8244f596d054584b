"""Acting on what was ticked in a list, or on a whole cause: hand over, assign, take back, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from compliance.forms import AssignForm, HandOverForm
from compliance.kinds import Owner
from compliance.mismatches import actions
from compliance.mismatches.ages import ages
from compliance.mismatches.may import ELSEWHERE
from compliance.mismatches.picking import owners_of
from compliance.queries.scope import findings_to_act_on, may_act, staff_of
from compliance.views.bar import hand_over_form
from compliance.views.picks import list_of, name_of, picked_by, say_done
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import say_day
from providers.middleware import standing_of_request
from providers.pages import moment, show, user_of
from providers.scope import Standing

NOTHING = "Nothing was changed."
TICK = "Tick at least one item first. Nothing was changed."


def actor_of(request: HttpRequest) -> Standing:
    """Return the standing of somebody who acts on items; raises ``Http404`` for everybody else."""
    standing = standing_of_request(request)
    if not may_act(standing):
        raise Http404
    return standing


@require_POST
@sign_in_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand items over, each to the owner whom its code names; ask for the ticket where the help desk gets some."""
    standing, at = actor_of(request), moment()
    picked = picked_by(request, standing, at=at)
    owners = owners_of(picked)
    if not owners:
        return _tick(request)
    if not ELSEWHERE & set(owners):
        messages.error(request, f"These items are yours to do: their causes name nobody else. {NOTHING}")
        return redirect(list_of(request).address())
    form = _hand_over_form(request, owners, at)
    if "sent" in request.POST and form.is_valid():
        done = actions.hand_over(picked=picked, order=form.order, by=user_of(request), now=at.world)
        more = f" to {_names(owners)}. Look again {say_day(form.order.look_again, at.today)}"
        say_done(request, done, "Handed over", NOTHING, at=at, more=more)
        return redirect(list_of(request).address())
    return _ask(request, form, owners, asked="sent" in request.POST)


def _hand_over_form(request: HttpRequest, owners: dict[Owner, int], at: Moment) -> HandOverForm:
    """Return the form as it was sent, or unsent where only a button was pressed."""
    ticket = Owner.HELP_DESK in owners
    counted = ages((), at.today)
    if "sent" not in request.POST:
        return hand_over_form(counted, ticket=ticket)
    return HandOverForm(
        {"note": "", **request.POST.dict()}, calendar=counted.calendar(None), today=at.today, ticket=ticket
    )


def _ask(request: HttpRequest, form: HandOverForm, owners: dict[Owner, int], *, asked: bool) -> HttpResponse:
    """Show what is still missing for a hand-over, with everything that was picked carried along."""
    context: dict[str, Any] = {
        "form": form,
        "owners": [{"label": owner.label, "count": owners[owner], "goes": owner in ELSEWHERE} for owner in owners],
        "count": sum(count for owner, count in owners.items() if owner in ELSEWHERE),
        "carried": [(name, value) for name in CARRIED for value in request.POST.getlist(name)],
        "back": list_of(request).address(),
    }
    return show(request, "compliance/mismatch_hand_over.html", context, status=422 if asked else 200)


CARRIED = ("item", "cause", "only", "list", "shown")


def _names(owners: dict[Owner, int]) -> str:
    """Return to whom items went, such as ``the SESIS Help Desk and the CAP-authorized office``."""
    names = [name_of(owner) for owner in owners if owner in ELSEWHERE]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@require_POST
@sign_in_required
def assign(request: HttpRequest) -> HttpResponse:
    """Give items to oneself, to a colleague of their school, or to nobody."""
    standing, at = actor_of(request), moment()
    picked, me = picked_by(request, standing, at=at), user_of(request)
    if not owners_of(picked):
        return _tick(request)
    colleagues = staff_of(standing.acting.active_schools, at.today)
    form = AssignForm(request.POST, me=me, colleagues=colleagues)
    if not form.is_valid():
        messages.error(request, f"{next(iter(form.errors.values()))[0]}. {NOTHING}")
        return redirect(list_of(request).address())
    to = next((one for one in [me, *colleagues] if one.pk == form.chosen), None)
    done = actions.assign(picked=picked, to=to, by=me, now=at.world)
    say_done(request, done, "Gave", NOTHING, at=at, more=f" to {'nobody' if to is None else to.full_name}")
    return redirect(list_of(request).address())


@require_POST
@sign_in_required
def take_back(request: HttpRequest) -> HttpResponse:
    """Take items back that were handed over."""
    standing, at = actor_of(request), moment()
    picked = picked_by(request, standing, at=at)
    if not owners_of(picked):
        return _tick(request)
    done = actions.take_back(picked=picked, by=user_of(request), now=at.world)
    say_done(request, done, "Took back", NOTHING, at=at)
    return redirect(list_of(request).address())


@require_POST
@sign_in_required
def undo(request: HttpRequest) -> HttpResponse:
    """Put back one's own last act, as far as nobody has touched its items since."""
    standing, at = actor_of(request), moment()
    try:
        act = UUID(request.POST.get("act", ""))
    except ValueError:
        raise Http404 from None
    done = actions.undo(rows=findings_to_act_on(standing), act=act, by=user_of(request), now=at.world)
    said = "It cannot be undone any more: that is possible for ten minutes."
    say_done(request, done, "Put back", NOTHING if done.left else said, at=at)
    return redirect(back(request))


def back(request: HttpRequest) -> str:
    """Return the page that a form was sent from, if it is one of ours, else the list."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if ours else list_of(request).address()


def _tick(request: HttpRequest) -> HttpResponse:
    messages.error(request, TICK)
    return redirect(list_of(request).address())
