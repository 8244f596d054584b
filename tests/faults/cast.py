"""The campaign's school: providers who call, and thousands of students of whom each call takes a fresh one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import IepKind, IepStatus, System, Transfer
from caseloads.models import Enrolment, Iep, Mandate, Student, SystemSetting
from caseloads.propagation import nightly
from caseloads.systems.cap.gateway import CapGateway, DocumentLine
from orcs_portal.shared import clock
from providers.kinds import Language, Service, Setting
from providers.models import Provider
from providers.models.grant import Standing
from tests import build

SESSION_ON = date(2026, 11, 23)
FIRST_OSIS = 800_000_001


@dataclass(frozen=True, slots=True)
class Caller:
    """A provider who calls and signs in under ``username``."""

    id: int
    number: int
    username: str


def prepare(*, students: int, providers: int) -> list[Caller]:
    """Make the school as it stands after a clean night, every lag switched off, and return who calls there."""
    build.school_year()
    for system in System:
        SystemSetting.objects.update_or_create(system=system)
    clock.set_world(to=build.NOW, real=clock.real_now())
    school = build.school(name="P.S. 901 The School of Hard Knocks")
    callers = [_caller(build.provider(at=school, name=f"Test Caller {n}"), n) for n in range(providers)]
    _in_cap(_mandates(school.pk, students))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as after any large load: the planner must not take thousands of rows for none
    return callers


def _caller(provider: Provider, number: int) -> Caller:
    user = build.user(f"caller{number}")
    provider.user = user
    provider.save(update_fields=["user"])
    build.grant(user, Standing.PROVIDER, provider=provider)
    return Caller(provider.pk, provider.number, user.username)


def _mandates(school: int, count: int) -> list[Mandate]:
    """Return one speech mandate for each of ``count`` new students of a school."""
    students = Student.objects.bulk_create(
        [Student(osis=FIRST_OSIS + n, first_name="Testing", last_name=f"Student-{n}") for n in range(count)]
    )
    Enrolment.objects.bulk_create(
        [Enrolment(student=one, school_id=school, grade="3", starts=build.BEFORE) for one in students]
    )
    ieps = Iep.objects.bulk_create([_iep(one) for one in students])
    return Mandate.objects.bulk_create([_mandate(one) for one in ieps])


def _iep(student: Student) -> Iep:
    return Iep(
        student=student,
        version=1,
        kind=IepKind.ANNUAL,
        status=IepStatus.FINAL,
        starts=build.YEAR[0],
        finalised=build.NOW - timedelta(days=60),
        governs=DateRange(build.YEAR[0], None),
        transfer=Transfer.SUCCESSFUL,
    )


def _mandate(iep: Iep) -> Mandate:
    return Mandate(
        iep=iep,
        student=iep.student,
        service=Service.SPEECH,
        language=Language.ENGLISH,
        setting=Setting.GROUP,
        frequency=2,
        duration=30,
        group_size=3,
        starts=iep.starts,
    )


def _in_cap(mandates: list[Mandate]) -> None:
    """Let CAP and SEC know the mandates, by the nights that have passed."""
    lines = [
        DocumentLine(one.student.osis, one.service, one.language, one.setting, 2, 30, 3, one.starts, None, None)
        for one in mandates
    ]
    nightly.begin(now=build.NOW - timedelta(days=4))
    CapGateway().apply_documents([line.osis for line in lines], lines, now=build.NOW - timedelta(days=3))
    nightly.walk(until=build.NOW)
