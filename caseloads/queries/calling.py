"""What the first-call form needs to know before and after it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from caseloads.facts import Asked, Loaded
from caseloads.intake import judge
from caseloads.kinds import FedBy, System
from caseloads.models import Enrolment, Mandate, Student, SystemSetting
from caseloads.queries.calls import grade_on
from caseloads.queries.scope import own_assignments
from caseloads.queries.transit import Transit, in_transit
from caseloads.systems.nights import CAP_NIGHT, MORNING, next_at
from caseloads.systems.sec.gateway import expected_after
from orcs_portal.shared.ids import read_id
from providers.kinds import Affiliation, Language, Role
from providers.models import AccessGrant, PolicySwitch, Provider
from providers.policy import rules
from providers.policy.verdict import Verdict
from providers.queries.hold import rsa_hold
from providers.scope import Standing


@dataclass(frozen=True, slots=True)
class Door:
    """Whether a provider fills in the form at all: not a nurse (R1), nor an RSA provider under the hold (R13)."""

    call_due: bool
    held: bool


def door(provider: Provider, *, today: date) -> Door:
    """Return whether a provider may open the form today."""
    return Door(
        call_due=rules.call_due(Role(provider.role)),
        held=rules.rsa_hold(Affiliation(provider.affiliation), hold=rsa_hold(today)),
    )


def hold_since(today: date) -> date | None:
    """Return since when the hold on RSA providers is on, or None where no switch says (R13)."""
    rows = PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD, starts__lte=today, on=True)
    return rows.order_by("-starts").values_list("starts", flat=True).first()


def prefilled(standing: Standing, assignment_id: str, *, today: date) -> dict[str, Any]:
    """Return what one of one's own assignments fills in; nothing for anything else."""
    key = read_id(assignment_id)
    mine = own_assignments(standing, today).filter(pk=key).select_related("mandate__student").first() if key else None
    if mine is None:
        return {}
    mandate = mine.mandate
    return {"osis": f"{mandate.student.osis:09}", "service": mandate.service, "language": mandate.language}


@dataclass(frozen=True, slots=True)
class Preview:
    """The verdict on what was typed, and what the check page shows; nothing is kept."""

    loaded: Loaded
    verdict: Verdict


def preview(provider: Provider, asked: Asked, *, now: datetime) -> Preview:
    """Return what would become of a call at world time ``now``."""
    return Preview(*judge(provider, asked, now=now))


def languages_of(seen: Preview, asked: Asked) -> tuple[Language, ...]:
    """Return the languages to choose from: those of the mandates that the verdict goes by (R10)."""
    student = seen.loaded.facts.student
    mandates = () if student is None else student.mandates
    return tuple(
        sorted({line.language for line in rules.lines_called(mandates, asked.service, None, asked.session_on)})
    )


def checked(seen: Preview, asked: Asked) -> dict[str, Any]:
    """Return the answers to check."""
    if (student_id := seen.loaded.student) is None:
        raise Student.DoesNotExist("Nothing is checked without a student")
    student = Student.objects.get(pk=student_id)
    language = seen.verdict.language or asked.language
    enrolments = list(Enrolment.objects.filter(student=student).select_related("school").order_by("-starts"))
    school = next((one.school for one in enrolments if one.school_id == seen.loaded.school), None)
    return {
        "student_name": student.full_name,
        "osis": student.osis,
        "grade": grade_on(enrolments, asked.session_on),
        "school": str(school or ""),
        "service": asked.service.label,
        "language": language.label if language else "Not said",
        "mandates": list(Mandate.objects.filter(pk__in=seen.verdict.lines).order_by("setting", "id")),
        "session_on": asked.session_on,
        "language_asked": asked.language is not None,
        "student": student.pk,
    }


@dataclass(frozen=True, slots=True)
class Promise:
    """By when (world time) a call made now should show at a place; ``sent`` is false where a load of extracts shows it.

    ``system`` is the name of the system that is sent to or read, ``place`` what the caller looks at.  ``wait`` says why
    no time can be promised yet, and who acts; ``note`` what happens on the way.
    """

    place: str
    system: str
    by: datetime
    sent: bool
    wait: str = ""
    note: str = ""


def promises(now: datetime, *, access: str = "", transit: Transit | None = None) -> list[Promise]:
    """Return by when a call made at world time ``now`` should show in each system.

    ``access`` is why SESIS opens no caseload yet, ``transit`` what keeps the IEP from CAP: SEC shows what CAP says.
    """
    knobs = {one.system: one for one in SystemSetting.objects.all()}
    waits, notes = {System.SESIS: access}, {}
    if transit is not None and transit.on_time:
        notes = {System.CAP: "Tonight's download brings the IEP first (R11)."}
    elif transit is not None:
        waits |= {System.CAP: f"{transit.reason} {transit.who_acts}", System.SEC: "It shows a day after CAP does."}
    return [
        replace(
            _promise(system, knobs.get(system) or SystemSetting(system=system), now),
            wait=waits.get(system, ""),
            note=notes.get(system, ""),
        )
        for system in System
    ]


def _promise(system: System, knobs: SystemSetting, now: datetime) -> Promise:
    sent = knobs.fed_by == FedBy.SIMULATION
    after_lag = now + timedelta(minutes=knobs.lag_promise)
    nightly = {System.CAP: next_at(next_at(now, CAP_NIGHT), MORNING), System.SEC: expected_after(now)}
    by = nightly.get(system, after_lag) if sent else after_lag
    return Promise(PLACES.get(system, str(system.label)), str(system.label), by, sent)


def transit_of(seen: Preview, asked: Asked, *, now: datetime) -> Transit | None:
    """Return what keeps the IEP of a call that is checked from CAP, or None (R11)."""
    language = seen.verdict.language or asked.language
    if seen.loaded.student is None or language is None:
        return None
    key = (seen.loaded.student, int(asked.service), int(language))
    return in_transit([key], now=now).get(key)


PLACES = {System.SESIS: "Your caseload"}


def sent_to(promised: Sequence[Promise]) -> str:
    """Return the systems that a call goes to, in words; "" where all of them are only read."""
    names = [one.system for one in promised if one.sent]
    if len(names) == len(System):
        return "all three systems"
    return " and ".join(names)


def access_note(provider: Provider, school: int | None, *, now: datetime) -> str:
    """Return why the caseload cannot open yet: no access to SESIS at the school (R6, R9); "" where there is."""
    open_ones = AccessGrant.objects.filter(provider=provider, school=school, ended__isnull=True, opened__lte=now)
    if open_ones.exists():
        return ""
    advice = rules.access_missing(Affiliation(provider.affiliation))
    return f"{advice.reason} {advice.who_acts}"
