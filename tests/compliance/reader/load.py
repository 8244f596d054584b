"""Writing worlds down as rows, each with schools, people and numbers of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from caseloads.kinds import EntryState, Origin, Outcome
from caseloads.models import (
    Assignment,
    Call,
    Consent,
    Enrolment,
    Entry,
    Iep,
    Mandate,
    Offer,
    RsaLetter,
    Student,
    Transmittal,
    Vacancy,
)
from orcs_portal.accounts.models import User
from providers.kinds import Affiliation, Borough, Language, Route, Service
from providers.models import (
    Agency,
    CalendarDay,
    Contract,
    GalaxyListing,
    PetsListing,
    Provider,
    School,
)
from tests.compliance.reader.days import day_of
from tests.compliance.reader.load_systems import load_calendar, load_systems
from tests.compliance.reader.pupil import covers
from tests.compliance.reader.random_chances import KEYS
from tests.compliance.reader.world import Called, Pupil, Times, World

ANYBODY = "reader"


class Loaded:
    """The worlds' rows, and what their own numbers became."""

    def __init__(self, worlds: Sequence[World], times: Times) -> None:
        self.times = times
        self.by = User.objects.create_user(username=ANYBODY, full_name="Reader of Worlds")
        self.calls: dict[int, Call] = {}
        self.letters: dict[int, RsaLetter] = {}
        self.mandates: dict[int, Mandate] = {}
        self.schools: dict[str, School] = {}
        self.people: dict[int, Provider] = {}
        load_calendar(times)
        self.agency = Agency.objects.create(code="READER", name="Agency of all worlds")
        self.contracts = self._contracts()
        self._places(worlds)
        for world in worlds:
            self._world(world)

    def _contracts(self) -> dict[tuple[Service, Language], Contract]:
        """Return a contract for whatever was ever sent; only some still run."""
        made = {}
        for service, language, _setting in KEYS:
            if (service, language) not in made:
                made[service, language] = Contract.objects.create(
                    agency=self.agency,
                    service=service,
                    language=language,
                    borough=Borough.BROOKLYN,
                    starts=date(2025, 9, 1),
                    ends=None if (service, language) in self.times.contracts else date(2026, 6, 30),
                )
        return made

    def _places(self, worlds: Iterable[World]) -> None:
        dbns = [dbn for world in worlds for dbn in world.dbns]
        rows = [School(dbn=dbn, name=f"P.S. {dbn} Test School", borough=Borough.BROOKLYN) for dbn in dbns]
        self.schools = {row.dbn: row for row in School.objects.bulk_create(rows)}
        closed = [
            CalendarDay(date=day, kind=CalendarDay.Kind.CLOSED, school=self.schools[dbn], label="Closed")
            for world in worlds
            for day in world.closed
            for dbn in world.dbns
        ]
        CalendarDay.objects.bulk_create(closed)

    def _world(self, world: World) -> None:
        rows = [
            Provider(
                number=one.number,
                full_name=f"Test Provider {one.number}",
                affiliation=one.affiliation,
                role=one.role,
                agency=self.agency if one.affiliation == Affiliation.AGENCY else None,
            )
            for one in world.people.values()
        ]
        self.people |= {row.number: row for row in Provider.objects.bulk_create(rows)}
        GalaxyListing.objects.bulk_create(
            GalaxyListing(dbn=world.dbns[one.at], provider_number=one.provider, added=one.added, ends=one.ends)
            for one in world.galaxy
        )
        PetsListing.objects.bulk_create(
            PetsListing(
                provider_number=one.provider,
                active=one.active,
                eligible=one.eligible,
                registered=datetime(2026, 9, 1, tzinfo=self.times.at.tzinfo),
            )
            for one in world.pets
        )
        for pupil in world.pupils:
            if pupil.ours:
                self._pupil(world, pupil)
            load_systems(pupil)

    def _pupil(self, world: World, pupil: Pupil) -> None:
        student = Student.objects.create(osis=pupil.osis, first_name="Testing", last_name=f"Student-{pupil.osis}")
        for one in pupil.enrolled:
            school = self.schools[world.dbns[one.at]]
            Enrolment.objects.create(student=student, school=school, grade="3", starts=one.starts, ends=one.ends)
        if pupil.consent is not None:
            Consent.objects.create(student=student, given=day_of(pupil.consent), recorded=pupil.consent)
        self._documents(pupil, student)
        Assignment.objects.bulk_create(
            Assignment(
                mandate=self.mandates[one.line], provider=self.people[one.provider], starts=one.starts, ends=one.ends
            )
            for one in pupil.assigned
        )
        for sent in pupil.sent:
            contract = self.contracts[sent.service, sent.language]
            Transmittal.objects.create(
                agency=self.agency,
                contract=contract,
                student=student,
                service=sent.service,
                language=sent.language,
                processed=sent.processed,
            )
        for letter in pupil.letters:
            self.letters[letter.number] = RsaLetter.objects.create(
                provider=self.people[letter.provider],
                student=student,
                service=letter.service,
                language=letter.language,
                approved=date(2026, 9, 15),
                processed=letter.processed,
            )
        self._vacancies(world, pupil)
        for call in pupil.calls:
            self._call(world, student, call)
        self._entries(world, pupil, student)

    def _documents(self, pupil: Pupil, student: Student) -> None:
        for one in pupil.documents:
            iep = Iep.objects.create(
                student=student,
                version=one.version,
                kind=one.kind,
                status=one.status,
                starts=one.starts,
                finalised=one.final,
                governs=DateRange(*one.governs) if one.governs else None,
                transfer=one.transfer,
                transfer_at=one.transfer_at,
            )
            rows = [
                Mandate(
                    iep=iep,
                    student=student,
                    service=line.service,
                    language=line.language,
                    setting=line.setting,
                    frequency=line.frequency,
                    duration=line.duration,
                    group_size=line.group_size,
                    starts=line.starts,
                    ends=line.ends,
                )
                for line in one.lines
            ]
            made = Mandate.objects.bulk_create(rows)
            self.mandates |= {line.id: row for line, row in zip(one.lines, made, strict=True)}

    def _vacancies(self, world: World, pupil: Pupil) -> None:
        day = day_of(self.times.at)
        at = next((one.at for one in pupil.enrolled if covers(one.starts, one.ends, day)), 0)
        for one in pupil.vacant:
            mandate = self.mandates[one.line]
            vacancy = Vacancy.objects.create(
                school=self.schools[world.dbns[at]],
                service=mandate.service,
                language=mandate.language,
                unserved_since=date(2026, 9, 10),
                logged_by=self.by,
                logged=one.logged,
                closed=one.closed,
                closing=None if one.closed is None else Vacancy.Closing.WITHDRAWN,
                closed_by=None if one.closed is None else self.by,
            )
            vacancy.mandates.add(mandate)
            if one.declined is not None:
                Offer.objects.create(
                    vacancy=vacancy,
                    agency=self.agency,
                    offered_by=self.by,
                    offered=one.logged,
                    answer=Offer.Answer.DECLINED if one.declined else Offer.Answer.ACCEPTED,
                    answered=one.logged,
                    answered_by=self.by,
                )

    def _call(self, world: World, student: Student, one: Called) -> None:
        accepted = one.outcome == Outcome.ACCEPTED
        self.calls[one.number] = Call.objects.create(
            outcome=one.outcome,
            rule="R8" if one.outcome == Outcome.REFUSED else "",
            reason="before-the-gate" if one.outcome == Outcome.REFUSED else "",
            confirmation=f"{one.number:08}" if accepted else None,
            reference=None if accepted else f"R{one.number:08}",
            origin=Origin.EXTRACT if one.by_log else Origin.FORM,
            provider=self.people[one.provider],
            student=student,
            school=self.schools[world.dbns[one.at]],
            service=one.service,
            language=one.language,
            school_year=self.times.year[0],
            session_on=one.session_on,
            mandates=[self.mandates[line].pk for line in one.lines],
            received=one.received,
            recorded=timezone.now(),
        )

    def _entries(self, world: World, pupil: Pupil, student: Student) -> None:
        for one in pupil.entries:
            doe = self.people[one.provider].affiliation == Affiliation.DOE
            held_for = (Route.GALAXY if doe else Route.PETS) if one.state == EntryState.HELD else None
            Entry.objects.create(
                mandate=self.mandates[one.line],
                student=student,
                provider=self.people[one.provider],
                school=self.schools[world.dbns[0]],
                call=self.calls.get(one.call or 0),
                state=one.state,
                held_for=held_for,
                since=one.since,
            )
