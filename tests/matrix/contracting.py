"""What the matrix asks for at the pages on vacancies and assignments."""

from __future__ import annotations

from typing import Any

from caseloads.models import Offer, Redirected, Vacancy
from orcs_portal.accounts.models import User
from providers.kinds import Language, Role, Service
from providers.models import Agency, Contact, School
from tests import build
from tests.matrix.thing import NOBODY_HAS_THIS, Thing

PT, ENGLISH = Service.PHYSICAL_THERAPY, Language.ENGLISH


def about_contracting(near: School, far: School, agency: Agency) -> dict[str, Thing]:
    """Return vacancies at the near school and the far one, at every stage, and students without anybody."""
    agency.email = "assignments@agency.example"
    agency.save()
    by = build.user()
    for school in (near, far):
        _contact(school, by)
    return {**_vacancies(near, far, agency, by), **_forms(near, far, agency), **_assignments(near, far)}


def _vacancies(near: School, far: School, agency: Agency, by: User) -> dict[str, Thing]:
    build.contract(agency, PT)
    plain, theirs = _vacancy(near, PT, by), _vacancy(far, PT, by)
    asked, accepted = _vacancy(near, Service.VISION, by), _vacancy(near, Service.HEARING, by)
    build.contract(agency, Service.HEARING)
    offer, far_offer = _offer(asked, agency, by), _offer(theirs, build.agency("Test Far Agency"), by)
    _offer(accepted, agency, by, answer=Offer.Answer.ACCEPTED)
    redirected = [Redirected.objects.create(school=one, asked_by=by, asked=build.NOW) for one in (near, far)]
    fields = {"agency": agency.pk, "closing": "withdrawn", "mandates": _line(near, PT)}
    return {
        "vacancy": Thing({"vacancy_id": plain.pk}, fields),
        "asked vacancy": Thing({"vacancy_id": asked.pk}, fields),
        "accepted vacancy": Thing({"vacancy_id": accepted.pk}, fields),
        "far vacancy": Thing({"vacancy_id": theirs.pk}, fields),
        "no vacancy": Thing({"vacancy_id": NOBODY_HAS_THIS}, fields),
        "offer": Thing({"offer_id": offer.pk}, {"answer": "declined"}),
        "offer unread": Thing({"offer_id": offer.pk}, {"answer": "x"}),
        "far offer": Thing({"offer_id": far_offer.pk}, {"answer": "declined"}),
        "no offer": Thing({"offer_id": NOBODY_HAS_THIS}, {"answer": "declined"}),
        "redirected": Thing({"redirected_id": redirected[0].pk}),
        "far redirected": Thing({"redirected_id": redirected[1].pk}),
        "no redirected": Thing({"redirected_id": NOBODY_HAS_THIS}),
    }


def _forms(near: School, far: School, agency: Agency) -> dict[str, Thing]:
    """Return filled-in forms of a vacancy: the near school's, the far one's, and an evaluation."""
    return {
        "vacancy form": Thing(data=_form(near)),
        "far vacancy form": Thing(data=_form(far)),
        "evaluation": Thing(data=_form(near) | {"service": "evaluation"}),
    }


def _form(at: School) -> dict[str, Any]:
    return {
        "school": at.dbn,
        "service": Service.AUDIOLOGY.slug,
        "language": ENGLISH.slug,
        "mandates": _line(at, Service.AUDIOLOGY),
        "since": f"{build.TODAY:%m/%d/%Y}",
        "note": "",
    }


def _assignments(near: School, far: School) -> dict[str, Thing]:
    """Return lines without anybody, somebody who may be assigned, and assignments to end."""
    who = build.provider(role=Role.COUNSELOR, at=near)
    lines = [_line(one, Service.COUNSELING) for one in (near, far)]
    served = [build.assignment(who, build.mandated(one, Service.COUNSELING)).pk for one in (near, far)]
    form = {"provider": who.pk, "number": "", "starts": f"{build.TODAY:%m/%d/%Y}"}
    last = {"last_day": f"{build.TODAY:%m/%d/%Y}"}
    return {
        "line": Thing({"mandate_id": lines[0]}),
        "far line": Thing({"mandate_id": lines[1]}),
        "no line": Thing({"mandate_id": NOBODY_HAS_THIS}),
        "ticked": Thing(data=form | {"mandates": lines[0]}),
        "far ticked": Thing(data=form | {"mandates": lines[1]}),
        "ticked without a provider": Thing(data=form | {"mandates": lines[0], "provider": ""}),
        "assignment": Thing({"assignment_id": served[0]}, last),
        "far assignment": Thing({"assignment_id": served[1]}, last),
        "no assignment": Thing({"assignment_id": NOBODY_HAS_THIS}, last),
    }


def _vacancy(at: School, service: Service, by: User) -> Vacancy:
    row = Vacancy.objects.create(
        school=at, service=service, language=ENGLISH, unserved_since=build.TODAY, logged_by=by, logged=build.NOW
    )
    row.mandates.add(_line(at, service))
    return row


def _offer(of: Vacancy, to: Agency, by: User, answer: Offer.Answer | None = None) -> Offer:
    return Offer.objects.create(
        vacancy=of,
        agency=to,
        offered_by=by,
        offered=build.NOW,
        answer=answer,
        answered=build.NOW if answer else None,
        answered_by=by if answer else None,
    )


def _line(at: School, service: Service) -> int:
    """Return the mandate of a student whom nobody serves."""
    return build.mandated(at, service).pk


def _contact(of: School, by: User) -> None:
    Contact.objects.create(school=of, full_name="Test Contact", email="rs@school.example", set_by=by, set_at=build.NOW)
