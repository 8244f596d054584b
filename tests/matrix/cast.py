"""The people of the matrix, and the things that they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from caseloads.kinds import DeliveryState, IepKind, IepStatus, System, Transfer
from caseloads.models import Call, Delivery, Iep, Student
from orcs_portal.accounts.models import User
from providers.kinds import Affiliation, Borough, Role, Service
from providers.models import Agency, Provider, School
from providers.models.grant import Standing
from tests import build
from tests.caseloads import calls
from tests.matrix.access import about_access
from tests.matrix.contracting import about_contracting
from tests.matrix.items import items
from tests.matrix.thing import NOBODY_HAS_THIS, Thing

FORM = UUID("6b1f3f0e-52f0-4b0a-9c55-0d9f5a1d2c3b")


@dataclass(frozen=True)
class Place:
    """A school with a therapist, a student of theirs, that student's call parked before SESIS, and a draft IEP."""

    school: School
    therapist: Provider
    call: Call
    parked: Delivery
    draft: Iep
    fresh_osis: int
    newcomer: Student


@dataclass(frozen=True)
class Cast:
    """Everybody by role, everything by name, and by role the cookies of a browser in which that person is signed in."""

    people: dict[str, User | None]
    things: dict[str, Thing]
    browsers: dict[str, str]


def assemble() -> Cast:
    """Return the whole cast: one school with everybody in it, and another in another borough."""
    build.school_year()
    build.systems()
    agency = build.agency()
    near = place("15K901", Role.SPEECH_THERAPIST)
    far = place("24Q902", Role.SPEECH_THERAPIST)
    helper = build.provider(Affiliation.AGENCY, at=near.school, of=agency)
    sent = build.mandated(near.school)
    build.transmittal(sent, build.contract(agency))
    build.assignment(helper, sent)
    agencys = calls.accepted(helper, sent)
    refused = calls.refusal(helper, school=near.school, student=sent.student, session_on=build.TODAY)
    things = about(near, far) | with_agency(near, agencys, refused) | about_access(near.school, far.school, agency)
    things |= items(near.call, far.call, agency)
    things |= about_contracting(near.school, far.school, agency)
    people = people_of(near, far, helper, agency)
    return Cast(people, things, {role: browser_of(user) for role, user in people.items()})


def browser_of(user: User | None) -> str:
    """Return the cookies of a browser in which a user is signed in."""
    browser = Client()
    if user is not None:
        browser.force_login(user)
    return browser.cookies.output(header="", sep=";")


def place(dbn: str, role: Role) -> Place:
    """Return a school with all that a page about it can show."""
    school = build.school(dbn)
    therapist = build.provider(role=role, at=school)
    mandate = build.mandated(school)
    build.assignment(therapist, mandate)
    call = calls.accepted(therapist, mandate)
    fresh = build.mandated(school)
    build.assignment(therapist, fresh)
    draft = build.iep(fresh.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(draft)
    return Place(school, therapist, call, parked(call), draft, fresh.student.osis, newcomer(school))


def newcomer(at: School) -> Student:
    """Return a student whose first IEP waits for consent (R11)."""
    row = build.student(at)
    build.mandate(build.iep(row, kind=IepKind.INITIAL, transfer=Transfer.NEVER))
    return row


def parked(call: Call) -> Delivery:
    """Return a delivery to SESIS that gave up."""
    return calls.delivery(
        call, System.SESIS, state=DeliveryState.PARKED, reason="SESIS did not answer", failed=build.REAL, attempts=8
    )


def people_of(near: Place, far: Place, helper: Provider, agency: Agency) -> dict[str, User | None]:
    """Return a user per role; all but the second coordinator belong to the near school."""
    para = build.provider(role=Role.PARAPROFESSIONAL, at=near.school)
    nurse = build.provider(role=Role.NURSE, at=near.school)
    independent = build.provider(Affiliation.RSA)
    return {
        "nobody": None,
        "norole": somebody("norole"),
        "admin": somebody("admin", Standing.ADMINISTRATOR),
        "auditor": somebody("auditor", Standing.AUDITOR),
        "orcs": somebody("orcs", Standing.ORCS, borough=Borough.BROOKLYN),
        "head": somebody("head", Standing.HEAD, at=near.school),
        "coordinator": somebody("coordinator", Standing.COORDINATOR, at=near.school, designee=True),
        "coordinator2": somebody("coordinator2", Standing.COORDINATOR, at=far.school, designee=True),
        "provider": somebody("provider", Standing.PROVIDER, provider=near.therapist),
        "para": somebody("para", Standing.PROVIDER, provider=para),
        "nurse": somebody("nurse", Standing.PROVIDER, provider=nurse),
        "agencyprovider": somebody("agencyprovider", Standing.PROVIDER, provider=helper),
        "rsaprovider": somebody("rsaprovider", Standing.PROVIDER, provider=independent),
        "agency": somebody("agency", Standing.AGENCY, agency=agency),
    }


def somebody(username: str, standing: Standing | None = None, **scope: Any) -> User:
    """Return a user with at most one grant; nobody here signs in by password, which would cost a hash each."""
    user = User.objects.create_user(username, full_name=f"Person of role {username}")
    if standing is not None:
        build.grant(user, standing, **scope)
    return user


def form(osis: int) -> dict[str, Any]:
    """Return a filled-in first-call form."""
    return {
        "osis": f"{osis:09}",
        "service": Service.SPEECH.value,
        "session_on": f"{build.TODAY:%m/%d/%Y}",
        "token": str(FORM),
    }


def about(near: Place, far: Place) -> dict[str, Thing]:
    """Return what the near school and the far one have."""
    sesis, nowhere = System.SESIS.slug, "nowhere"
    return {
        "": Thing(),
        "in production": Thing(demo=False, data={"by": "1h", "system": "sec", "mode": "off", "iep": near.draft.pk}),
        "nonsense": Thing(data={"by": "x", "system": "x", "mode": "x", "iep": "x", "school": "x", "osis": "x"}),
        "every school": Thing(data={"school": ""}),
        "one school": Thing(data={"school": near.school.pk}),
        "far school": Thing(data={"school": far.school.pk}),
        "own student": Thing(data=form(near.fresh_osis)),
        "far student": Thing(data=form(far.fresh_osis)),
        "no student": Thing(data=form(123_456_789)),
        "call": Thing({"call_id": near.call.pk}),
        "far call": Thing({"call_id": far.call.pk}),
        "no call": Thing({"call_id": NOBODY_HAS_THIS}),
        "call to sesis": Thing({"call_id": near.call.pk, "system": sesis}),
        "call to nowhere": Thing({"call_id": near.call.pk, "system": nowhere}),
        "far to sesis": Thing({"call_id": far.call.pk, "system": sesis}),
        "delivery": Thing({"delivery_id": near.parked.pk}),
        "far delivery": Thing({"delivery_id": far.parked.pk}),
        "no delivery": Thing({"delivery_id": NOBODY_HAS_THIS}),
        "an hour": Thing(data={"by": "1h"}),
        "sec off": Thing(data={"system": "sec", "mode": "off"}),
        "draft": Thing(data={"iep": near.draft.pk}),
        "far draft": Thing(data={"iep": far.draft.pk}),
        "pupil": Thing({"student_id": near.call.student_id}),
        "far pupil": Thing({"student_id": far.call.student_id}),
        "no pupil": Thing({"student_id": NOBODY_HAS_THIS}),
        "newcomer": Thing({"student_id": near.newcomer.pk}, data={"given": "11/20/2026"}),
        "newcomer without a day": Thing({"student_id": near.newcomer.pk}, data={"given": "x"}),
        "far newcomer": Thing({"student_id": far.newcomer.pk}, data={"given": "11/20/2026"}),
        "no newcomer": Thing({"student_id": NOBODY_HAS_THIS}, data={"given": "11/20/2026"}),
        "a name": Thing(data={"q": "Testing"}),
        "a number": Thing(data={"q": f"{near.fresh_osis:09}"}),
        "a far number": Thing(data={"q": f"{far.fresh_osis:09}"}),
        "an app": Thing({"app_label": "providers"}),
        "no row": Thing({"object_id": 0}),
    }


def with_agency(near: Place, agencys: Call, refused: Call) -> dict[str, Thing]:
    """Return what the agency's provider has at the near school."""
    sesis = System.SESIS.slug
    return {
        "agency's call": Thing({"call_id": agencys.pk}),
        "agency's pupil": Thing({"student_id": agencys.student_id}),
        "refused call": Thing({"call_id": refused.pk}),
        "agency's to sesis": Thing({"call_id": agencys.pk, "system": sesis}),
        "agency's delivery": Thing({"delivery_id": parked(agencys).pk}),
    }
