"""Builders of rows for tests; every person, student and school here is synthetic.

Each builder makes one row with plain defaults; whatever a test is about, it names itself.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import IepKind, IepStatus, System, Transfer
from caseloads.models import (
    Assignment,
    Consent,
    Enrolment,
    Iep,
    Mandate,
    RsaLetter,
    Student,
    SystemSetting,
    Transmittal,
)
from orcs_portal.accounts.models import User
from providers.kinds import Affiliation, Borough, Language, Role, Route, Service, Setting
from providers.models import AccessGrant, Agency, Contract, Grant, Placement, Provider, School, SchoolYear
from providers.models.grant import Standing

NEW_YORK = ZoneInfo("America/New_York")
YEAR = (date(2026, 9, 10), date(2027, 6, 25))
BEFORE = date(2026, 9, 1)
TODAY = date(2026, 11, 24)
# A Tuesday, 7:41 in the morning in New York.
NOW = datetime(2026, 11, 24, 7, 41, tzinfo=NEW_YORK)
REAL = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
PASSWORD = "a-long-test-password"

NON_DOE = frozenset({Affiliation.AGENCY, Affiliation.RSA})
numbers = itertools.count(1)


def school_year(starts: date = YEAR[0], ends: date = YEAR[1]) -> SchoolYear:
    """Return the school year, made once."""
    return SchoolYear.objects.get_or_create(starts=starts, defaults={"ends": ends})[0]


def school(dbn: str = "", name: str = "P.S. 900 The Test School") -> School:
    """Return a school, by default in Brooklyn with a DBN of its own."""
    dbn = dbn or f"15K{next(numbers) % 1000:03}"
    return School.objects.create(dbn=dbn, name=name, borough=Borough.of_dbn(dbn))


def agency(name: str = "Kestrel Lane Therapies") -> Agency:
    """Return an agency."""
    return Agency.objects.create(code=f"A{next(numbers)}", name=name)


def contract(
    of: Agency, service: Service = Service.SPEECH, language: Language = Language.ENGLISH, starts: date = BEFORE
) -> Contract:
    """Return an agency's contract in Brooklyn."""
    return Contract.objects.create(
        agency=of, service=service, language=language, borough=Borough.BROOKLYN, starts=starts
    )


def provider(
    affiliation: Affiliation = Affiliation.DOE,
    role: Role = Role.SPEECH_THERAPIST,
    *,
    at: School | None = None,
    of: Agency | None = None,
    name: str = "",
    access: bool = True,
) -> Provider:
    """Return a provider, placed at a school and with SESIS access there if one is given."""
    number = 500_000 + next(numbers)
    row = Provider.objects.create(
        number=number, full_name=name or f"Test Provider {number}", affiliation=affiliation, role=role, agency=of
    )
    if at is not None:
        Placement.objects.create(provider=row, school=at, starts=BEFORE)
        if access:
            give_access(row, at)
    return row


def give_access(to: Provider, at: School, opened: datetime = datetime(2026, 9, 1, tzinfo=UTC)) -> AccessGrant:
    """Return SESIS access by the provider's own route."""
    route = Route.PETS if to.affiliation in NON_DOE else Route.GALAXY
    return AccessGrant.objects.create(provider=to, affiliation=to.affiliation, school=at, route=route, opened=opened)


def student(at: School, first_name: str = "Testing", last_name: str = "", grade: str = "3") -> Student:
    """Return a student enrolled at a school since before the year began."""
    osis = 900_000_000 + next(numbers)
    row = Student.objects.create(osis=osis, first_name=first_name, last_name=last_name or f"Student-{osis}")
    Enrolment.objects.create(student=row, school=at, grade=grade, starts=BEFORE)
    return row


def iep(
    of: Student,
    *,
    version: int = 1,
    status: IepStatus = IepStatus.FINAL,
    starts: date = YEAR[0],
    kind: IepKind = IepKind.ANNUAL,
    transfer: Transfer | None = None,
) -> Iep:
    """Return an IEP; a final one governs from its start on and has reached CAP unless told otherwise."""
    final = status == IepStatus.FINAL
    return Iep.objects.create(
        student=of,
        version=version,
        kind=kind,
        status=status,
        starts=starts,
        finalised=datetime(2026, 9, 8, 15, 0, tzinfo=UTC) if final else None,
        governs=DateRange(starts, None) if final else None,
        transfer=transfer if transfer is not None else (Transfer.SUCCESSFUL if final else Transfer.NEVER),
    )


def consent(of: Student, recorded: datetime = NOW) -> Consent:
    """Return the consent of a student's parents, given on the day on which it was recorded."""
    return Consent.objects.create(student=of, given=recorded.date(), recorded=recorded)


def mandate(
    on: Iep,
    service: Service = Service.SPEECH,
    language: Language = Language.ENGLISH,
    *,
    frequency: int = 3,
    duration: int = 30,
    group_size: int = 2,
) -> Mandate:
    """Return a mandate on an IEP, individual where the group size is 1."""
    return Mandate.objects.create(
        iep=on,
        student=on.student,
        service=service,
        language=language,
        setting=Setting.INDIVIDUAL if group_size == 1 else Setting.GROUP,
        frequency=frequency,
        duration=duration,
        group_size=group_size,
        starts=on.starts,
    )


def mandated(at: School, service: Service = Service.SPEECH, language: Language = Language.ENGLISH) -> Mandate:
    """Return the one mandate of a new student at a school."""
    return mandate(iep(student(at)), service, language)


def assignment(of: Provider, to: Mandate, starts: date = BEFORE, ends: date | None = None) -> Assignment:
    """Return an assignment."""
    return Assignment.objects.create(provider=of, mandate=to, starts=starts, ends=ends)


def transmittal(for_: Mandate, under: Contract, processed: datetime = datetime(2026, 11, 2, tzinfo=UTC)) -> Transmittal:
    """Return a processed transmittal of a mandate's service to a contract's agency."""
    return Transmittal.objects.create(
        agency=under.agency,
        contract=under,
        student=for_.student,
        service=for_.service,
        language=for_.language,
        processed=processed,
    )


def rsa_letter(for_: Mandate, to: Provider, processed: datetime | None = None) -> RsaLetter:
    """Return an approval letter for an independent provider."""
    return RsaLetter.objects.create(
        provider=to,
        student=for_.student,
        service=for_.service,
        language=for_.language,
        approved=BEFORE,
        processed=processed,
    )


def user(username: str = "", name: str = "") -> User:
    """Return an account that can sign in with ``PASSWORD``."""
    username = username or f"user{next(numbers)}"
    return User.objects.create_user(username=username, password=PASSWORD, full_name=name or f"Test {username}")


def grant(
    to: User,
    standing: Standing,
    *,
    at: School | None = None,
    agency: Agency | None = None,
    provider: Provider | None = None,
    borough: Borough | None = None,
    designee: bool = False,
) -> Grant:
    """Return a running grant with its scope."""
    return Grant.objects.create(
        user=to,
        standing=standing,
        school=at,
        agency=agency,
        provider=provider,
        borough=borough,
        designee=designee,
        starts=BEFORE,
    )


def systems(**knobs: int) -> None:
    """Make the three systems' settings, with lags of SESIS between two and ten hours unless told otherwise."""
    lags = {"lag_min": 120, "lag_max": 600, "lag_promise": 2880}
    for system in System:
        own = (lags | knobs) if system == System.SESIS else {}
        SystemSetting.objects.update_or_create(system=system, defaults=own)
