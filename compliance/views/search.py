"""Finding a student from every page, by POST: what is typed stands in no address, no log and no session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from compliance.asking import SearchForm
from compliance.queries import search as queries
from orcs_portal.accounts.guard import sign_in_page, sign_in_required
from orcs_portal.shared.moment import Moment
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, show
from providers.scope import Standing

PAGE = "compliance/search.html"
FEWEST_LETTERS = 2
View = Callable[[HttpRequest], HttpResponseBase]


def _nothing_kept(view: View) -> View:
    """Return a view that, where a session has ended, keeps nothing of what was typed: it is typed again in a moment."""

    @wraps(view)
    def behind(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return sign_in_page(request, then=reverse("search"), resume="")
        return view(request)

    return behind


@require_http_methods(["GET", "HEAD", "POST"])
@_nothing_kept
@sign_in_required
def search(request: HttpRequest) -> HttpResponse:
    """Show the form, or what a name or a number finds among one's students."""
    standing, at = standing_of_request(request), moment()
    if not (standing.is_provider or standing.oversees):
        raise Http404
    if request.method != "POST":
        return show(request, PAGE, {"form": SearchForm(), "asked": False})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, PAGE, {"form": form, "asked": False}, status=422)
    return _answer(request, form, standing, at)


def _answer(request: HttpRequest, form: SearchForm, standing: Standing, at: Moment) -> HttpResponse:
    """Show who bears the number or the name; what a number alone belongs to is opened at once."""
    text = form.cleaned_data["q"]
    number = queries.number_in(text)
    if number is not None:
        return _by_number(request, form, standing, number, at)
    words = queries.words_of(text)
    if sum(map(len, words)) < FEWEST_LETTERS and text.isascii():
        form.add_error("q", "Type at least two letters of the name, or a whole number")
        return show(request, PAGE, {"form": form, "asked": False}, status=422)
    found = queries.by_words(standing, words, on=at.today) if words else queries.Found()
    return _list(request, form, found, at)


def _by_number(
    request: HttpRequest, form: SearchForm, standing: Standing, number: queries.Number, at: Moment
) -> HttpResponse:
    if not number.is_possible:
        form.add_error("q", queries.digits_wrong(number))
        return show(request, PAGE, {"form": form, "asked": False}, status=422)
    found = queries.by_number(standing, number, on=at.today)
    return redirect(found.only) if found.only else _list(request, form, found, at)


def _list(request: HttpRequest, form: SearchForm, found: queries.Found, at: Moment) -> HttpResponse:
    standing = standing_of_request(request)
    context = {
        "form": form,
        "asked": True,
        "among": queries.among(standing),
        "assigned_only": not standing.oversees,
        "students": queries.rows_of(found, today=at.today),
        "calls": queries.call_rows_of(found),
        "more": found.more,
        "most": queries.MOST,
    }
    students = {one.pk for one in found.students} | {one.student_id for one in found.calls if one.student_id}
    return show(request, PAGE, context, seen=Seen(students, "Looked for a student"))
