"""A school with students whom nobody serves, its designee, ORCS, and agencies with and without a contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseloads.contracting import offers, transmittals, vacancies
from caseloads.models import Mandate, Offer, Vacancy
from orcs_portal.accounts.models import User
from orcs_portal.shared.models import Touched
from providers.kinds import Borough, Language, Service
from providers.models import Agency, Contact, School
from providers.models.grant import Standing
from tests import build

SPEECH, ENGLISH = Service.SPEECH, Language.ENGLISH
SINCE = date(2026, 11, 9)


@dataclass
class Bench:
    """Everything a vacancy needs: who reports it, who contracts it out, and for whom."""

    school: School = field(default_factory=build.school)
    lines: list[Mandate] = field(default_factory=list)
    designee: User = field(default_factory=build.user)
    orcs: User = field(default_factory=build.user)
    agency: Agency = field(default_factory=lambda: agency("Test Kestrel"))
    other: Agency = field(default_factory=lambda: agency("Test Larkspur"))

    @property
    def ids(self) -> list[int]:
        """The mandates' ids."""
        return [line.pk for line in self.lines]

    @property
    def students(self) -> list[int]:
        """The students' ids, in order."""
        return sorted({line.student_id for line in self.lines})

    def log(self, *, by: User | None = None, lines: list[Mandate] | None = None, note: str = "") -> Vacancy:
        """Report the vacancy."""
        chosen = self.lines if lines is None else lines
        return vacancies.log(
            school=self.school,
            service=SPEECH,
            language=ENGLISH,
            mandates=[line.pk for line in chosen],
            since=SINCE,
            note=note,
            by=by or self.designee,
            now=build.NOW,
        )

    def offer(self, of: Vacancy, to: Agency | None = None) -> Offer:
        """Offer it to the first agency, or another."""
        return offers.offer(vacancy=of, agency=to or self.agency, by=self.orcs, now=build.NOW, real=build.REAL)

    def answer(self, offer: Offer, *, accepted: bool, by: User | None = None, for_agency: bool = False) -> None:
        """Answer an offer, as the agency unless told otherwise."""
        offers.answer(offer=offer, accepted=accepted, for_agency=for_agency, by=by or self.orcs, now=build.NOW)

    def accepted(self) -> Vacancy:
        """Return the vacancy as the first agency has accepted it."""
        vacancy = self.log()
        self.answer(self.offer(vacancy), accepted=True)
        return vacancy

    def send(self, vacancy: Vacancy) -> int:
        """Process the transmittal."""
        return transmittals.send(vacancy=vacancy, by=self.orcs, now=build.NOW, real=build.REAL)


def agency(name: str, *, email: bool = True) -> Agency:
    """Return an agency that can be written to."""
    row = build.agency(name)
    row.email = f"assignments@{row.code.lower()}.example" if email else ""
    row.save()
    return row


def bench(students: int = 2, *, contact: bool = True) -> Bench:
    """Return the scene: a running year, unserved speech lines, two contracted agencies, and the school's contact."""
    build.school_year()
    build.systems()
    here = Bench()
    here.lines = [build.mandated(here.school) for _ in range(students)]
    build.grant(here.designee, Standing.COORDINATOR, at=here.school, designee=True)
    build.grant(here.orcs, Standing.ORCS, borough=Borough.BROOKLYN)
    for one in (here.agency, here.other):
        build.contract(one)
    if contact:
        Contact.objects.create(
            school=here.school,
            full_name="Test Contact",
            email="related-services@school.example",
            set_by=here.orcs,
            set_at=build.NOW,
        )
    return here


def touched(kind: Touched.Kind = Touched.Kind.STUDENT) -> set[int]:
    """Return the ids of one kind that were touched so far."""
    return set(Touched.objects.filter(kind=kind).values_list("subject_id", flat=True))
