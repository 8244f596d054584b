"""What is done about a vacancy: offered, answered, transmitted, ended by a letter, added to, closed (R8, R12, R13)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from caseloads.contracting import letters, offers, transmittals
from caseloads.contracting import vacancies as acts
from caseloads.contracting.letters import rsa_standing
from caseloads.contracting.refusal import CannotContract
from caseloads.queries import vacancy as queries
from caseloads.queries.rows import Vacancy
from caseloads.queries.vacancy_scope import offers_to_answer, vacancies_of_orcs, vacancies_to_report
from caseloads.vacancy_forms import CloseForm, LetterForm, StudentsForm
from caseloads.views.vacancy_page import vacancy_page
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.ids import read_id
from orcs_portal.shared.moment import Moment
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, note, show, user_of


@require_POST
@sign_in_required(form_at="vacancies")
def offer(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Offer a vacancy to an agency under contract, with the school's contact in copy (R12)."""
    row, at = _of_orcs(request, vacancy_id), moment()
    agency = offers.contracted_agency(row, read_id(request.POST.get("agency", "")), at.today)
    if agency is None:
        raise Http404
    try:
        offers.offer(vacancy=row, agency=agency, by=user_of(request), now=at.world, real=at.real)
    except CannotContract as refused:
        return vacancy_page(request, row.pk, problem=str(refused), status=409)
    messages.info(request, f"Offered to {agency}. The e-mail is kept below, with the school's contact in copy (R12).")
    return redirect("vacancy", vacancy_id=row.pk)


@require_POST
@sign_in_required(form_at="vacancies")
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Record an agency's answer: its own, or entered by ORCS on its behalf (R12)."""
    standing, at = standing_of_request(request), moment()
    row = get_object_or_404(offers_to_answer(standing), pk=offer_id)
    said = request.POST.get("answer", "")
    if said not in {"accepted", "declined"}:
        raise Http404
    try:
        offers.answer(
            offer=row,
            accepted=said == "accepted",
            for_agency=row.agency_id not in standing.agencies,
            by=user_of(request),
            now=at.world,
        )
    except CannotContract as refused:
        return vacancy_page(request, row.vacancy_id, problem=str(refused), status=409)
    messages.info(request, f"Recorded: {row.agency} {said}.")
    return redirect("vacancy", vacancy_id=row.vacancy_id)


@require_POST
@sign_in_required(form_at="vacancies")
def transmit(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Process the transmittal of everybody who waits; from then on the agency's calls count (R8)."""
    row, at = _of_orcs(request, vacancy_id), moment()
    students = queries.students_waiting(row, at.today)
    try:
        number = transmittals.send(vacancy=row, by=user_of(request), now=at.world, real=at.real)
    except CannotContract as refused:
        return vacancy_page(request, row.pk, problem=str(refused), status=409)
    note(request, Seen(students, "Processed a transmittal", "changed", kind="vacancy", object_id=row.pk))
    whom = "1 student" if number == 1 else f"{number} students"
    messages.info(request, f"Transmittal processed for {whom}. The agency's providers may call from today on (R8).")
    return redirect("vacancy", vacancy_id=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def letter(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Process an approval letter, or say why none may be processed yet (R8, R13)."""
    row, at = _of_orcs(request, vacancy_id), moment()
    standing = rsa_standing(row, at.today)
    if request.method != "POST" or standing.refused is not None:
        kept = restore(request, request.path)
        form = _letter_form(row, at, initial=kept.dict() if kept is not None else {})
        return _letter_page(request, row, form, at, status=409 if request.method == "POST" else 200)
    form = _letter_form(row, at, data=request.POST)
    if not form.is_valid():
        return _letter_page(request, row, form, at, status=422)
    try:
        letters.process(vacancy=row, by=user_of(request), now=at.world, **form.cleaned_data)
    except CannotContract as refused:
        form.add_error(refused.field or None, str(refused))
        return _letter_page(request, row, form, at, status=422)
    seen = Seen([form.cleaned_data["student"]], "Processed an RSA letter", "changed", kind="vacancy", object_id=row.pk)
    note(request, seen)
    messages.info(request, "The approval letter is processed. The provider may call from today on (R8).")
    return redirect("vacancy", vacancy_id=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def add(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Name more students in an open vacancy (R15)."""
    row, at = _to_report(request, vacancy_id), moment()
    lines = queries.addable(row, at.today)
    if request.method != "POST":
        return _add_page(request, row, StudentsForm(lines=lines, today=at.today))
    form = StudentsForm(request.POST, lines=lines, today=at.today)
    if not form.is_valid():
        return _add_page(request, row, form, status=422)
    chosen = form.cleaned_data["mandates"]
    try:
        acts.add(vacancy=row, mandates=chosen, by=user_of(request), now=at.world)
    except CannotContract as refused:
        form.add_error(None, str(refused))
        return _add_page(request, row, form, status=422)
    students = {line.student_id for line in lines if line.pk in chosen}
    note(request, Seen(students, "Added to a vacancy", "changed", kind="vacancy", object_id=row.pk))
    messages.info(request, f"Added to {row.number}.")
    return redirect("vacancy", vacancy_id=row.pk)


def _add_page(request: HttpRequest, row: Vacancy, form: StudentsForm, *, status: int = 200) -> HttpResponse:
    context = {"vacancy": row, "form": form, "has_lines": bool(form.lines)}
    seen = Seen({line.student_id for line in form.lines}, "Adding to a vacancy")
    return show(request, "caseloads/vacancy_add.html", context, seen=seen, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def close(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Close a vacancy as filled or withdrawn (R15)."""
    row, at = _to_report(request, vacancy_id), moment()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return show(request, "caseloads/vacancy_close.html", {"vacancy": row, "form": form}, status=status)
    try:
        acts.close(vacancy=row, closing=form.cleaned_data["closing"], by=user_of(request), now=at.world)
    except CannotContract as refused:
        return vacancy_page(request, row.pk, problem=str(refused), status=409)
    messages.info(request, f"{row.number} is closed: {form.cleaned_data['closing'].label.lower()}.")
    return redirect("vacancy", vacancy_id=row.pk)


def _of_orcs(request: HttpRequest, vacancy_id: int) -> Vacancy:
    return get_object_or_404(vacancies_of_orcs(standing_of_request(request)), pk=vacancy_id)


def _to_report(request: HttpRequest, vacancy_id: int) -> Vacancy:
    return get_object_or_404(vacancies_to_report(standing_of_request(request)), pk=vacancy_id)


def _letter_form(row: Vacancy, at: Moment, **typed: Any) -> LetterForm:
    """Return the form with the students who wait."""
    return LetterForm(students=queries.students_by_name(row, at.today), **typed)


def _letter_page(
    request: HttpRequest, row: Vacancy, form: LetterForm, at: Moment, *, status: int = 200
) -> HttpResponse:
    """Show the form, or instead of it why no letter may be processed yet (R13)."""
    standing = rsa_standing(row, at.today)
    students = [key for key, _ in queries.students_by_name(row, at.today)] if standing.refused is None else []
    context = {"vacancy": row, "form": form, "rsa": standing}
    seen = Seen(students, "The form of an RSA letter", kind="vacancy", object_id=row.pk)
    return show(request, "caseloads/vacancy_letter.html", context, seen=seen, status=status)
