"""Whom to write to at schools and at ORCS: rows that ORCS changes (R12, R15)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.shared.ids import read_dbn
from orcs_portal.shared.numbering import numbered
from providers.actions.contacts import set_orcs_contact, set_school_contact
from providers.forms import ContactForm
from providers.kinds import Borough
from providers.middleware import standing_of_request
from providers.pages import address, moment, show, user_of
from providers.queries import contacts as queries
from providers.queries.rows import Contact
from providers.scope import Standing


def orcs_of(request: HttpRequest) -> Standing:
    """Return the standing of somebody of ORCS; raises ``Http404`` for everybody else."""
    standing = standing_of_request(request)
    if not standing.is_orcs:
        raise Http404
    return standing


@require_safe
@sign_in_required
def contacts(request: HttpRequest) -> HttpResponse:
    """List ORCS's contacts by borough and the schools' by DBN."""
    standing = orcs_of(request)
    search = read_dbn(request.GET.get("dbn", ""))
    schools = queries.schools_by(standing, search)
    page = numbered(request.GET.get("page", ""), size=queries.PAGE, total=schools.count())
    context = {
        "boroughs": queries.borough_rows(standing),
        "schools": queries.school_rows(schools, page.rows),
        "search": search,
        "pager": page.pager(lambda number: address("contacts", dbn=search, page=number)),
    }
    return show(request, "providers/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def school_contact(request: HttpRequest, school_id: int) -> HttpResponse:
    """Name a school's related-services contact."""
    school = get_object_or_404(queries.schools_of(orcs_of(request)), pk=school_id)

    def keep(form: ContactForm) -> None:
        set_school_contact(school=school, by=user_of(request), now=moment().world, **form.cleaned_data)

    return _edit(request, f"Related-services contact of {school}", queries.school_contact(school.pk), keep)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def orcs_contact(request: HttpRequest) -> HttpResponse:
    """Name ORCS's contact for the borough that the address names."""
    asked = request.GET.get("borough", "")
    one = next((known for known in queries.boroughs_of(orcs_of(request)) if known.slug == asked), None)
    if one is None:
        raise Http404

    def keep(form: ContactForm) -> None:
        set_orcs_contact(borough=Borough(one), by=user_of(request), now=moment().world, **form.cleaned_data)

    return _edit(request, f"ORCS contact for {one.label}", queries.orcs_contact(one), keep)


def _edit(
    request: HttpRequest, title: str, present: Contact | None, keep: Callable[[ContactForm], None]
) -> HttpResponse:
    """Show the form with who it is now, or keep what was typed."""
    if request.method != "POST":
        kept = restore(request, request.path)
        form = ContactForm(initial=kept.dict() if kept is not None else _as_typed(present))
        return show(request, "providers/contact.html", {"form": form, "title": title, "present": present})
    form = ContactForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "title": title, "present": present}
        return show(request, "providers/contact.html", context, status=422)
    keep(form)
    messages.info(request, f"{title}: {form.cleaned_data['full_name']}.")
    return redirect("contacts")


def _as_typed(present: Contact | None) -> dict[str, str]:
    if present is None:
        return {}
    return {"full_name": present.full_name, "email": present.email, "phone": present.phone}
