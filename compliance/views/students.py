"""One student's page, and recording a consent on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from caseloads import actions
from compliance.asking import ConsentForm
from compliance.queries import students as queries
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.moment import Moment
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, note, show, user_of


@require_safe
@sign_in_required
def student(request: HttpRequest, student_id: int) -> HttpResponse:
    """Show everything about one student that is the reader's to see."""
    return _page(request, student_id, moment())


def _page(request: HttpRequest, student_id: int, at: Moment, form: ConsentForm | None = None) -> HttpResponse:
    """Show the page, with the form of a consent where one is due; a form with errors is shown again."""
    page = queries.student_page(standing_of_request(request), student_id, at=at)
    if page is None:
        raise Http404
    earliest = page["consent"]["earliest"] if page["consent"] and page["consent"]["url"] else None
    if form is None and earliest is not None:
        form = ConsentForm(today=at.today, earliest=earliest)
    context: dict[str, Any] = {"student": page, "form": form}
    seen = Seen([student_id], "A student's page", kind="student", object_id=student_id)
    status = 422 if form is not None and form.errors else 200
    return show(request, "compliance/student.html", context, seen=seen, status=status)


@require_POST
@sign_in_required
def consent(request: HttpRequest, student_id: int) -> HttpResponse:
    """Record that the parents consented to the first IEP; staff of the student's school may (R11)."""
    at = moment()
    earliest = queries.consent_from(standing_of_request(request), student_id, at=at)
    if earliest is None:
        raise Http404
    form = ConsentForm(request.POST, today=at.today, earliest=earliest)
    if not form.is_valid():
        return _page(request, student_id, at, form)
    _record(request, student_id, form.cleaned_data["given"], at)
    return redirect("student", student_id)


def _record(request: HttpRequest, student_id: int, given: date, at: Moment) -> None:
    """Record the consent, and say whether somebody had done so before."""
    if actions.record_consent(student_id=student_id, given=given, by=user_of(request), now=at.world):
        note(request, Seen([student_id], "Recorded a consent", "changed", kind="student", object_id=student_id))
        messages.info(request, "Consent is recorded. The first IEP goes to CAP in the next night.")
    else:
        messages.info(request, "Consent was recorded already. Nothing was changed.")
