"""Reporting a vacancy in two steps: the form, check your answers, logged (R12, R14, R15).

Only a school's designee does, or ORCS on its behalf; anybody else of the school is told who that is.  An evaluation
is led to where it belongs.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caseloads.contracting import vacancies as acts
from caseloads.contracting.refusal import CannotContract
from caseloads.queries import unserved as queries
from caseloads.queries.ages import ages
from caseloads.queries.rows import Mandate, School
from caseloads.queries.vacancy_rows import lost
from caseloads.queries.vacancy_scope import schools_to_report
from caseloads.vacancy_forms import EVALUATION, VacancyForm, said_line
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.ids import read_dbn
from orcs_portal.shared.moment import Moment
from providers.kinds import Language, Service
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, note, overseer_of, show, user_of
from providers.policy.rules import report_refused
from providers.queries.contacts import designees, orcs_contact, school_contact
from providers.queries.schools import schools_of_staff
from providers.scope import Standing

FIELDS = ("school", "service", "language", "since", "note")
FORM_AT = "vacancy-new"


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at=FORM_AT)
def new(request: HttpRequest) -> HttpResponse:
    """Show the form, the students of what was chosen, or the answers to check."""
    standing, at = _reporter(request), moment()
    if not (standing.is_orcs or standing.designee.schools):
        return _not_the_designee(request, standing, at)
    if request.method == "POST":
        return _show_students(request, at) if "show" in request.POST else _check(request, at)
    kept = restore(request, request.path)
    typed = _typed(kept) if kept is not None else {key: request.GET[key] for key in FIELDS if key in request.GET}
    return _page(request, _form(request, typed, at=at), at)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at=FORM_AT)
def change(request: HttpRequest) -> HttpResponse:
    """Show the form again with what was typed, and the field to change first; opened as an address, the form."""
    _reporter(request)
    if request.method != "POST":
        return redirect(FORM_AT)
    at = moment()
    return _page(request, _form(request, _typed(request.POST), at=at, change=request.POST.get("change", "")), at)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required(form_at=FORM_AT)
def record(request: HttpRequest) -> HttpResponse:
    """Log what was checked, and go on to the vacancy; opened as an address, show the form."""
    standing, at = _reporter(request), moment()
    if request.method != "POST":
        return redirect(FORM_AT)
    if not (standing.is_orcs or standing.designee.schools):
        return _not_the_designee(request, standing, at)
    form = _form(request, request.POST, at=at, bound=True)
    school = _school(request, request.POST)
    if not form.is_valid() or school is None:
        return _page(request, _with_school(form, school), at, status=422)
    try:
        row = acts.log(**_answers(form, school), by=user_of(request), now=at.world)
    except acts.OpenAlready as refused:
        return _open_already(request, refused.vacancy.pk, refused.vacancy.number)
    except CannotContract as refused:
        form.add_error(refused.field or None, str(refused))
        return _page(request, form, at, status=422)
    students = {line.student_id for line in form.lines if line.pk in form.cleaned_data["mandates"]}
    note(request, Seen(students, "Logged a vacancy", "changed", kind="vacancy", object_id=row.pk))
    messages.info(request, f"Logged as {row.number}. ORCS offers it to agencies and copies the school's contact (R12).")
    return redirect("vacancy", vacancy_id=row.pk)


def _reporter(request: HttpRequest) -> Standing:
    """Return the standing of a school's staff or of ORCS; raises ``Http404`` for everybody else."""
    standing = overseer_of(request)
    if not (standing.schools or standing.is_orcs):
        raise Http404
    return standing


def _not_the_designee(request: HttpRequest, standing: Standing, at: Moment) -> HttpResponse:
    """Say who reports the school's vacancies; nothing was logged (R15)."""
    people = [
        {"school": school, "names": designees(school.pk, at.today), "orcs": orcs_contact(school.borough)}
        for school in schools_of_staff(standing)
    ]
    context = {"advice": report_refused(designee=False, orcs=False), "people": people}
    return show(request, "caseloads/vacancy_who.html", context, status=403 if request.method == "POST" else 200)


def _show_students(request: HttpRequest, at: Moment) -> HttpResponse:
    """Show whom the chosen service and language leave without anybody; nothing is checked yet."""
    return _page(request, _form(request, _typed(request.POST), at=at), at)


def _check(request: HttpRequest, at: Moment) -> HttpResponse:
    """Lead an evaluation and a vacancy that is open to where they belong; else show the answers to check."""
    school = _school(request, request.POST)
    if school is not None and request.POST.get("service") == EVALUATION:
        return _evaluation(request, school, at)
    form = _form(request, request.POST, at=at, bound=True)
    if not form.is_valid() or school is None:
        return _page(request, _with_school(form, school), at, status=422)
    answers = _answers(form, school)
    for row in queries.open_at(school):
        if (row.service, row.language) == (answers["service"], answers["language"]):
            return _open_already(request, row.pk, row.number)
    return _checked(request, form, school, answers, at)


def _checked(
    request: HttpRequest, form: VacancyForm, school: School, answers: dict[str, Any], at: Moment
) -> HttpResponse:
    chosen = [line for line in form.lines if line.pk in answers["mandates"]]
    age = ages({school.pk}, at.today).age(school.pk, answers["since"])
    minutes = queries.minutes_a_week(chosen)
    context = {
        "form": form,
        "school": school,
        "service": answers["service"].label,
        "language": answers["language"].label,
        "lines": [said_line(line, at.today) for line in chosen],
        "students": len({line.student_id for line in chosen}),
        "minutes": minutes,
        "since": answers["since"],
        "age": age,
        "lost": lost(minutes, age),
        "note": answers["note"],
        "contact": school_contact(school.pk),
        "for_school": school.pk not in standing_of_request(request).designee.schools,
    }
    seen = Seen({line.student_id for line in chosen}, "Checking a vacancy")
    return show(request, "caseloads/vacancy_check.html", context, seen=seen)


def _evaluation(request: HttpRequest, school: School, at: Moment) -> HttpResponse:
    """Keep the attempt, and say where it belongs (R14)."""
    language = Language.read(request.POST.get("language", ""))
    row = acts.redirect_evaluation(school=school, language=language, by=user_of(request), now=at.world)
    return redirect("vacancy-stop", redirected_id=row.pk)


def _open_already(request: HttpRequest, vacancy_id: int, number: str) -> HttpResponse:
    """Lead to the vacancy that is open: the same one is never logged twice."""
    messages.info(request, f"{number} is open already for this service and language. Add the students there.")
    return redirect(reverse("vacancy-add", args=[vacancy_id]))


def _school(request: HttpRequest, typed: QueryDict | dict[str, Any]) -> School | None:
    """Return the school whose DBN was chosen or typed, if its vacancies are this person's to report."""
    dbn = read_dbn(str(typed.get("school", "")))
    rows = schools_to_report(standing_of_request(request))
    return rows.filter(dbn=dbn).first() if dbn else None


def _form(
    request: HttpRequest, typed: QueryDict | dict[str, Any], *, at: Moment, bound: bool = False, change: str = ""
) -> VacancyForm:
    """Return the form with the students of the school, service and language that are chosen so far."""
    standing = standing_of_request(request)
    own = [] if standing.is_orcs else list(schools_to_report(standing))
    school = _school(request, typed) or (own[0] if len(own) == 1 else None)
    service, language = Service.read(str(typed.get("service", ""))), Language.read(str(typed.get("language", "")))
    lines: list[Mandate] = []
    if school is not None and service is not None and language is not None:
        lines = queries.unserved_of(school, service, language, on=at.today)
    options: dict[str, Any] = {
        "schools": [(one.dbn, str(one)) for one in own],
        "lines": lines,
        "calendar": ages({school.pk} if school else (), at.today).calendar(school.pk if school else None),
        "today": at.today,
        "change": change,
    }
    if bound:
        return VacancyForm(typed, **options)
    form = VacancyForm(initial={"school": own[0].dbn if len(own) == 1 else "", **typed}, **options)
    if lines and not typed.get("since"):
        since = min(queries.unserved_since(lines, at.today).values())
        form.initial["since"] = max(since, form.calendar.first_day)
    return form


def _with_school(form: VacancyForm, school: School | None) -> VacancyForm:
    """Say at its field that a school is not among one's own; a form that was not filled in says so by itself."""
    if school is None and not form.has_error("school"):
        form.add_error("school", "Enter a DBN of one of your schools, such as 15K321")
    return form


def _answers(form: VacancyForm, school: School) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "school": school,
        "service": Service.from_slug(data["service"]),
        "language": Language.from_slug(data["language"]),
        "mandates": data["mandates"],
        "since": data["since"],
        "note": data["note"],
    }


def _typed(data: QueryDict) -> dict[str, Any]:
    """Return the form's own fields of what was posted."""
    typed: dict[str, Any] = {key: data[key] for key in FIELDS if data.get(key)}
    return typed | ({"mandates": data.getlist("mandates")} if data.get("mandates") else {})


def _page(request: HttpRequest, form: VacancyForm, at: Moment, *, status: int = 200) -> HttpResponse:
    """Show step one, with what is vacant and what is open at the school beside it."""
    school = _school(request, {"school": form["school"].value() or ""})
    context = {
        "form": form,
        "has_lines": bool(form.lines),
        "school": school,
        "kinds": queries.kinds_unserved(school, on=at.today) if school else [],
        "open": queries.open_at(school) if school else [],
    }
    seen = Seen({line.student_id for line in form.lines}, "The form of a vacancy")
    return show(request, "caseloads/vacancy_new.html", context, seen=seen, status=status)
