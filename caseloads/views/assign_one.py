"""Choosing a provider for some students, assigning, and ending an assignment (R8, R13)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from caseloads import assigning as acts
from caseloads.assign_forms import AssignForm, EndForm
from caseloads.assigning import CannotAssign
from caseloads.queries import candidates as people
from caseloads.queries import unserved as queries
from caseloads.queries.rows import Mandate, Provider
from caseloads.queries.vacancy_scope import assignments_to_end, mandates_to_assign
from caseloads.views.assign import assigner_of
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.ids import read_id
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import say_date
from providers.pages import Seen, moment, show, user_of
from providers.policy.verdict import Advice

FORM_AT = "assign"


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at=FORM_AT)
def choose(request: HttpRequest) -> HttpResponse:
    """Show who may be assigned to the ticked students; opened as an address, the list to tick."""
    assigner_of(request)
    if request.method != "POST":
        return redirect(FORM_AT)
    at = moment()
    lines, problem = _lines(request, request.POST, at)
    if problem:
        messages.error(request, problem)
        return redirect(FORM_AT)
    return _page(request, lines, _form(lines, at, initial={"starts": at.today}), at)


@require_safe
@sign_in_required
def one(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Show who may be assigned to one mandate."""
    standing, at = assigner_of(request), moment()
    rows = mandates_to_assign(standing, at.today)
    get_object_or_404(rows, pk=mandate_id)
    lines = queries.with_students(rows.filter(pk=mandate_id), at.today)
    kept = restore(request, request.path)
    typed = {key: kept[key] for key in ("provider", "number", "starts") if key in kept} if kept is not None else {}
    return _page(request, lines, _form(lines, at, initial={"starts": at.today, **typed}), at)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at=FORM_AT)
def record(request: HttpRequest) -> HttpResponse:
    """Assign the chosen provider to all of the students, or say why to none of them."""
    assigner_of(request)
    if request.method != "POST":
        return redirect(FORM_AT)
    at = moment()
    lines, problem = _lines(request, request.POST, at)
    if problem:
        messages.error(request, problem)
        return redirect(FORM_AT)
    form = _form(lines, at, data=request.POST)
    if not form.is_valid():
        return _page(request, lines, form, at, status=422)
    provider = _provider(form)
    if provider is None:
        return _page(request, lines, form, at, status=422)
    return _record(request, lines, form, provider, at)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """End an assignment after its last day."""
    standing, at = assigner_of(request), moment()
    row = get_object_or_404(assignments_to_end(standing, at.today), pk=assignment_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_day": at.today})
    if request.method == "POST" and form.is_valid():
        try:
            last_day = form.cleaned_data["last_day"]
            acts.end(assignment=row, last_day=last_day, by=user_of(request), now=at.world, real=at.real)
        except CannotAssign as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.info(request, f"{row.provider} serves until {say_date(last_day, at.today)}.")
            return redirect(FORM_AT)
    seen = Seen([row.mandate.student_id], "Ending an assignment", kind="assignment", object_id=row.pk)
    status = 422 if form.errors else 200
    return show(request, "caseloads/assign_end.html", {"form": form, "row": row}, seen=seen, status=status)


def _lines(request: HttpRequest, data: QueryDict, at: Moment) -> tuple[list[Mandate], str]:
    """Return the ticked lines that are this person's to assign, and what is wrong with the choice, "" for nothing."""
    ids = [key for key in map(read_id, data.getlist("mandates")) if key is not None]
    rows = mandates_to_assign(assigner_of(request), at.today).filter(pk__in=ids)
    lines = queries.with_students(rows, at.today)
    if not lines:
        return [], "Tick at least one student who has nobody."
    if len({(line.service, line.language) for line in lines}) > 1:
        return [], "Tick students of one service and one language at a time."
    return lines, ""


def _form(lines: list[Mandate], at: Moment, **typed: Any) -> AssignForm:
    """Return the form with these lines and their candidates."""
    found = people.candidates_for(lines, starts=at.today, today=at.today)
    return AssignForm(mandates=[line.pk for line in lines], candidates=found, **typed)


def _provider(form: AssignForm) -> Provider | None:
    """Return the provider who was chosen or typed; what is wrong is said at its field."""
    number = form.cleaned_data["number"]
    if number is None:
        return next(one.provider for one in form.candidates if one.provider.pk == form.cleaned_data["provider"])
    provider = people.provider_by(number)
    if provider is None:
        form.add_error("number", "Nobody has this provider id. Check its digits")
    return provider


def _record(
    request: HttpRequest, lines: list[Mandate], form: AssignForm, provider: Provider, at: Moment
) -> HttpResponse:
    """Assign, and go back to the list; a refusal is said with its rule, and nothing typed is lost."""
    starts = form.cleaned_data["starts"]
    try:
        acts.assign(
            mandates=[line.pk for line in lines],
            provider=provider,
            starts=starts,
            by=user_of(request),
            now=at.world,
            real=at.real,
        )
    except CannotAssign as refused:
        if refused.advice is None:
            form.add_error(refused.field if refused.field in {"starts", "provider"} else None, str(refused))
        return _page(request, lines, form, at, refused=refused.advice, status=422)
    students = len({line.student_id for line in lines})
    whom = "1 student" if students == 1 else f"{students} students"
    messages.info(request, f"{provider} is assigned to {whom} from {say_date(starts, at.today)} on.")
    return redirect(FORM_AT)


def _page(
    request: HttpRequest,
    lines: list[Mandate],
    form: AssignForm,
    at: Moment,
    *,
    refused: Advice | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the students, the candidates with the policy's word beside each, and the first day."""
    context = {
        "form": form,
        "lines": queries.line_rows(lines, on=at.today),
        "what": queries.said_kind(lines[0]),
        "candidates": people.candidate_rows(form.candidates, lines),
        "refused": refused,
    }
    seen = Seen({line.student_id for line in lines}, "Choosing a provider")
    return show(request, "caseloads/assign_choose.html", context, seen=seen, status=status)
