"""One item's page, and the acts on that item; each has its own address and takes the item as the page showed it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from compliance.forms import AcknowledgeForm, AssignForm, HandOverForm, NoteForm
from compliance.kinds import Owner
from compliance.mismatches import actions
from compliance.mismatches.offices import CannotAnswer, office
from compliance.mismatches.picking import Picked
from compliance.views import item
from compliance.views.item import Asked, asked_of
from compliance.views.picks import name_of, say_done
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.say import say_day
from providers.pages import Seen, note, user_of

NOTHING = "Nothing was changed. Look at how it stands now."


@require_safe
@sign_in_required
def mismatch(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Show one item."""
    return item.page(request, asked_of(request, finding_id))


@require_POST
@sign_in_required
def hand_over(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Hand one item over to the owner whom its code names."""
    asked = asked_of(request, finding_id, to_act=True)
    form = HandOverForm(
        request.POST,
        auto_id="hand-over-%s",
        calendar=asked.counted.calendar(asked.finding.school_id),
        today=asked.at.today,
        ticket=asked.needs_ticket,
    )
    if not form.is_valid():
        return item.page(request, asked, name="hand_over", sent=form, status=422)
    done = actions.hand_over(picked=_picked(request, asked), order=form.order, by=user_of(request), now=asked.at.world)
    more = f" to {name_of(Owner(asked.finding.owner))}. Look again {say_day(form.order.look_again, asked.at.today)}"
    say_done(request, done, "Handed over", NOTHING, at=asked.at, more=more)
    return redirect("mismatch", finding_id)


@require_POST
@sign_in_required
def assign(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Give one item to oneself, to a colleague of its school, or to nobody."""
    asked, me = asked_of(request, finding_id, to_act=True), user_of(request)
    colleagues = item.colleagues_of(asked)
    form = AssignForm(request.POST, auto_id="assign-%s", me=me, colleagues=colleagues)
    if not form.is_valid():
        return item.page(request, asked, name="assign", sent=form, status=422)
    to = next((one for one in [me, *colleagues] if one.pk == form.chosen), None)
    done = actions.assign(picked=_picked(request, asked), to=to, by=me, now=asked.at.world)
    say_done(request, done, "Gave", NOTHING, at=asked.at, more=f" to {'nobody' if to is None else to.full_name}")
    return redirect("mismatch", finding_id)


@require_POST
@sign_in_required
def take_back(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Take one item back that was handed over or acknowledged."""
    asked = asked_of(request, finding_id, to_act=True)
    done = actions.take_back(picked=_picked(request, asked), by=user_of(request), now=asked.at.world)
    say_done(request, done, "Took back", NOTHING, at=asked.at)
    return redirect("mismatch", finding_id)


@require_POST
@sign_in_required
def acknowledge(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Say that one item may stay as it is, and why."""
    asked = asked_of(request, finding_id, to_act=True)
    form = AcknowledgeForm(request.POST, auto_id="acknowledge-%s")
    if not form.is_valid():
        return item.page(request, asked, name="acknowledge", sent=form, status=422)
    reason, by = form.cleaned_data["reason"], user_of(request)
    done = actions.acknowledge(picked=_picked(request, asked), reason=reason, by=by, now=asked.at.world)
    say_done(request, done, "Acknowledged", NOTHING, at=asked.at)
    return redirect("mismatch", finding_id)


@require_POST
@sign_in_required
def comment(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Keep a note for colleagues in an item's timeline."""
    asked = asked_of(request, finding_id, to_act=True)
    form = NoteForm(request.POST, auto_id="comment-%s")
    if not form.is_valid():
        return item.page(request, asked, name="note", sent=form, status=422)
    actions.comment(finding=asked.finding, text=form.cleaned_data["note"], by=user_of(request), now=asked.at.world)
    _note(request, asked, "Wrote a note about a mismatch")
    messages.success(request, "The note is kept. Colleagues see it here.")
    return redirect("mismatch", finding_id)


@require_POST
@sign_in_required
def answer(request: HttpRequest, finding_id: int) -> HttpResponse:
    """In a demonstration, let the office that has an item do what the fix says; 404 anywhere else."""
    if not settings.DEMO or office() is None:
        raise Http404
    asked = asked_of(request, finding_id, to_act=True)
    try:
        by, at = user_of(request), asked.at
        said = actions.answer(picked=_picked(request, asked), by=by, now=at.world, real=at.real)
    except CannotAnswer as reason:
        messages.error(request, f"{reason}.")
    else:
        _note(request, asked, "Let an office answer")
        messages.success(request, said)
    return redirect("mismatch", finding_id)


def _picked(request: HttpRequest, asked: Asked) -> Picked:
    return asked.picked(request.POST.get("mark", ""))


def _note(request: HttpRequest, asked: Asked, purpose: str) -> None:
    students = [asked.finding.student_id] if asked.finding.student_id else []
    note(request, Seen(students, purpose, "changed", kind="finding", object_id=asked.finding.pk))
