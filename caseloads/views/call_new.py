"""Recording a first call in two steps: the form, check your answers, recorded.

What can be corrected is said at its field and nothing is kept; what a rule refuses is recorded as refused at once;
what will be kept is shown once more to check.  A form's token makes it one call, however often it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caseloads import intake
from caseloads.forms import FirstCallForm, fresh
from caseloads.kinds import Origin
from caseloads.queries import calling
from caseloads.queries.calls import basics, call_of
from caseloads.queries.caseload import caseload_of
from caseloads.queries.marks import notices_of
from caseloads.queries.moment import Moment
from caseloads.queries.rows import Call, NoSchoolYear, Provider
from caseloads.views.page import Seen, moment, note, provider_of, show
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from providers.middleware import standing_of_request
from providers.policy.verdict import Outcome as Judged
from providers.policy.verdict import Verdict

STEP_ONE = "caseloads/call_new.html"
DUE_SHOWN = 8


View = Callable[[HttpRequest], HttpResponse]


def in_a_school_year(view: View) -> View:
    """Let a page say that no school year has begun, so that nothing can be judged; what was typed is kept."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except NoSchoolYear:
            typed = FirstCallForm(request.POST).typed
            context = {"typed": typed, "form": fresh(_typed(request.POST.dict()))} if typed else {}
            return show(request, "caseloads/no_year.html", context, status=409 if request.method == "POST" else 200)

    return page


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at="call-new")
@in_a_school_year
def new(request: HttpRequest) -> HttpResponse:
    """Show the form, or check what was typed."""
    provider, at = provider_of(request), moment()
    if request.method == "POST":
        return _check(request, provider, at)
    closed = _closed(request, provider, at)
    if closed is not None:
        return closed
    kept = restore(request, request.path)
    if kept is not None:
        return _form(request, provider, at, fresh(_typed(kept.dict())))
    known = calling.prefilled(standing_of_request(request), request.GET.get("assignment", ""), today=at.today)
    return _form(request, provider, at, fresh(known))


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at="call-new")
@in_a_school_year
def change(request: HttpRequest) -> HttpResponse:
    """Show the form again with what was typed, and the field to change first; nothing is kept.

    The form gets a token of its own: the one before may have been used.  Opened as an address, it leads to the form.
    """
    provider, at = provider_of(request), moment()
    if request.method != "POST":
        return redirect("call-new")
    form = fresh(_typed(request.POST.dict()), change=request.POST.get("change", ""))
    return _form(request, provider, at, form)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at="call-new")
@in_a_school_year
def record(request: HttpRequest) -> HttpResponse:
    """Record what was checked, and go on to the call's page.  Opened as an address, it leads to the form."""
    provider, at = provider_of(request), moment()
    if request.method != "POST":
        return redirect("call-new")
    form = FirstCallForm(request.POST, today=at.today)
    if not form.is_valid():
        return _form(request, provider, at, form, status=422)
    return _record(request, provider, at, form)


def _check(request: HttpRequest, provider: Provider, at: Moment) -> HttpResponse:
    """Judge what was typed: correct it, record a refusal at once, lead to a call made before, or show it to check."""
    form = FirstCallForm(request.POST, today=at.today)
    if not form.is_valid():
        return _closed(request, provider, at) or _form(request, provider, at, form, status=422)
    seen = calling.preview(provider, form.asked, now=at.world)
    if seen.verdict.outcome is Judged.CORRECT:
        return _corrected(request, provider, at, form, seen)
    if seen.verdict.outcome in {Judged.REFUSED, Judged.REPEATED}:
        return _record(request, provider, at, form)
    return _checked(request, provider, at, form, seen)


def _corrected(
    request: HttpRequest, provider: Provider, at: Moment, form: FirstCallForm, seen: calling.Preview
) -> HttpResponse:
    """Show the form with what must be corrected at its field; a language to choose is offered."""
    languages = calling.languages_of(seen, form.asked) if seen.verdict.field == "language" else ()
    again = FirstCallForm(request.POST, today=at.today, languages=languages) if languages else form
    again.is_valid()
    _say(again, seen.verdict)
    return _form(request, provider, at, again, status=422)


def _say(form: FirstCallForm, verdict: Verdict) -> None:
    """Put a verdict's words at the field they are about."""
    words = verdict.headline if not verdict.reason else f"{verdict.headline}. {verdict.reason}"
    form.add_error(verdict.field if verdict.field in form.fields else None, words)


def _checked(
    request: HttpRequest, provider: Provider, at: Moment, form: FirstCallForm, seen: calling.Preview
) -> HttpResponse:
    """Show the answers to check; nothing has been recorded."""
    answers = calling.checked(seen, form.asked)
    promised = calling.promises(
        at.world,
        access=calling.access_note(provider, seen.loaded.school, now=at.world),
        transit=calling.transit_of(seen, form.asked, now=at.world),
    )
    context = {
        "form": form,
        "checked": answers,
        "outcome": seen.verdict.outcome.value,
        "notices": notices_of(seen.verdict.flags),
        "promises": promised,
        "sent_to": calling.sent_to(promised),
    }
    return show(request, "caseloads/call_check.html", context, seen=Seen([answers["student"]], "Checking a first call"))


def _record(request: HttpRequest, provider: Provider, at: Moment, form: FirstCallForm) -> HttpResponse:
    """Let the call in; a form that made another call is told so, and nothing typed is lost."""
    try:
        recorded = intake.record(
            provider=provider, asked=form.asked, origin=Origin.FORM, now=at.world, real=at.real, form=form.form
        )
    except intake.FormUsed as used:
        return _used(request, form, used.call)
    if recorded.call is None:
        seen = calling.preview(provider, form.asked, now=at.world)
        return _corrected(request, provider, at, form, seen)
    call = recorded.call
    students = [call.student_id] if call.student_id else []
    note(request, Seen(students, "Recorded a first call", "changed", kind="call", object_id=call.pk))
    return redirect(reverse("call", args=[call.pk]) + ("?again=1" if recorded.repeated else ""))


def _used(request: HttpRequest, form: FirstCallForm, call: Call) -> HttpResponse:
    """Say that the form made another call before, and offer a new one with what was typed now."""
    own = call_of(standing_of_request(request), call.pk)
    used = None if own is None else {**basics(own), "url": reverse("call", args=[own.pk])}
    context = {"used": used, "typed": form.typed, "form": fresh(_typed(request.POST.dict()))}
    students = [own.student_id] if own is not None and own.student_id else []
    return show(request, "caseloads/call_used.html", context, seen=Seen(students, "A form used twice"), status=409)


def _closed(request: HttpRequest, provider: Provider, at: Moment) -> HttpResponse | None:
    """Return the page for a provider who fills in no form: a nurse (R1), an RSA provider under the hold (R13)."""
    door = calling.door(provider, today=at.today)
    known = {"provider_name": provider.full_name, "role": provider.get_role_display(), "asked": []}
    if not door.call_due:
        return show(request, "caseloads/call_not_needed.html", known)
    if door.held:
        return show(request, "caseloads/call_hold.html", known | {"hold_since": calling.hold_since(at.today)})
    return None


def _form(
    request: HttpRequest, provider: Provider, at: Moment, form: FirstCallForm, *, status: int = 200
) -> HttpResponse:
    """Show step one, with the students who wait for a first call beside it."""
    due = [row for row in caseload_of(provider, at=at) if row.tab == "to-call"]
    shown = due[:DUE_SHOWN]
    context = {"form": form, "due": [_due(row.shown) for row in shown], "due_more": len(due) - len(shown)}
    return show(
        request, STEP_ONE, context, seen=Seen({row.student for row in shown}, "The first-call form"), status=status
    )


def _due(row: dict[str, Any]) -> dict[str, Any]:
    mandates = row["mandates"]
    return {**row, "mandate": mandates[0] if mandates else None, "choose_url": row["call_url"]}


def _typed(data: dict[str, Any]) -> dict[str, Any]:
    """Return the form's own fields of what was posted, without its token."""
    return {key: data[key] for key in ("osis", "service", "language", "session_on") if data.get(key)}
