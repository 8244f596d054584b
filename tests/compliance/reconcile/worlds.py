"""Small worlds in which every system agrees, each with its own school, student and provider, to put out of order.

All of them are read twice: at ``AT``, which is Tuesday, November 24, 2026, five in the afternoon in New York, and at
``DAWN``, half an hour after midnight of that day.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, QuerySet

from caseloads.kinds import EntryState, IepKind, IepStatus, Origin, Outcome, Transfer
from caseloads.models import (
    Assignment,
    Call,
    CapMandate,
    Enrolment,
    Entry,
    Iep,
    Mandate,
    Offer,
    SecLine,
    Student,
    Vacancy,
)
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from orcs_portal.accounts.models import User
from providers.kinds import Affiliation, Language, Role, Service, Setting
from providers.models import Agency, CalendarDay, GalaxyListing, PetsListing, PolicySwitch, Provider, School
from tests import build

AT = datetime(2026, 11, 24, 17, 0, tzinfo=build.NEW_YORK)
DAWN = datetime(2026, 11, 24, 0, 30, tzinfo=build.NEW_YORK)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
HOLIDAYS = (date(2026, 9, 21), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27))
STAFF_ONLY = date(2026, 11, 3)
FINAL = datetime(2026, 9, 8, 15, 0, tzinfo=build.NEW_YORK)
LONG_AGO = datetime(2026, 10, 6, 2, 0, tzinfo=build.NEW_YORK)
IN_SEC = {
    CapStatus.APB: SecStatus.AWAITING,
    CapStatus.ACO: SecStatus.CONTRACTING,
    CapStatus.TRANSMITTED: SecStatus.CONTRACTING,
    CapStatus.RSA_APPROVED: SecStatus.CONTRACTING,
    CapStatus.ASSIGNED: SecStatus.ASSIGNED,
    CapStatus.FIRST_ATTENDED: SecStatus.RECEIVING,
}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a time of New York in the fall of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=build.NEW_YORK)


schools = itertools.count(1)


def school() -> School:
    """Return a school in Brooklyn; there are too many of them for the builders' own numbers."""
    return build.school(f"32K{next(schools):03}")


def floor() -> None:
    """Make what all worlds share: the school year, its holidays, and the hold on RSA providers, off since October 1."""
    build.school_year()
    kinds = [(day, CalendarDay.Kind.HOLIDAY) for day in HOLIDAYS] + [(STAFF_ONLY, CalendarDay.Kind.STAFF_ONLY)]
    CalendarDay.objects.bulk_create(CalendarDay(date=day, kind=kind, label="Synthetic") for day, kind in kinds)
    hold(on=False, starts=date(2026, 10, 1))


def hold(*, on: bool, starts: date) -> None:
    """Switch R13's hold on or off from a day."""
    rule = PolicySwitch.Rule.RSA_HOLD
    PolicySwitch.objects.create(rule=rule, starts=starts, on=on, reason="Synthetic", set_at=AT)


@dataclass
class World:
    """A school, a student with one mandate that is served, and a DOE provider who called and has access."""

    school: School = field(default_factory=school)
    service: Service = Service.SPEECH
    provider: Provider = field(init=False)
    student: Student = field(init=False)
    iep: Iep = field(init=False)
    mandate: Mandate = field(init=False)
    assignment: Assignment = field(init=False)
    call: Call = field(init=False)
    entry: Entry = field(init=False)
    cap: CapMandate = field(init=False)
    sec: SecLine = field(init=False)
    strangers: list[int] = field(default_factory=list)
    """Numbers that no student has, used by this world."""

    def __post_init__(self) -> None:
        self.provider = self.somebody()
        self.student = build.student(self.school)
        self.iep = self.document(transfer_at=FINAL + 10 * HOUR)
        self.mandate = build.mandate(self.iep, self.service)
        self.assignment = build.assignment(self.provider, self.mandate, starts=build.YEAR[0])
        self.call = self.calls()
        self.entry = self.enters(self.call)
        self.cap = self.in_cap(first_attend=self.call.session_on, provider_number=self.provider.number)
        self.sec = self.in_sec()

    def somebody(
        self,
        affiliation: Affiliation = Affiliation.DOE,
        role: Role = Role.SPEECH_THERAPIST,
        *,
        of: Agency | None = None,
    ) -> Provider:
        """Return a provider who has access by the list that is theirs."""
        row = build.provider(affiliation, role, of=of)
        if affiliation == Affiliation.DOE:
            self.in_galaxy(row)
        else:
            self.in_pets(row)
        return row

    def in_galaxy(self, who: Provider, *, added: datetime = FINAL, ends: date | None = None) -> GalaxyListing:
        """List somebody in the school's Galaxy."""
        return GalaxyListing.objects.create(
            dbn=self.school.dbn, provider_number=who.number, name="Test", added=added, ends=ends
        )

    def listings(self) -> QuerySet[GalaxyListing]:
        """Return what Galaxy says of the provider."""
        return GalaxyListing.objects.filter(provider_number=self.provider.number)

    def in_pets(self, who: Provider, *, active: bool = True, eligible: bool = True) -> PetsListing:
        """Register somebody in PETS."""
        return PetsListing.objects.create(
            provider_number=who.number, vendor="Test", active=active, eligible=eligible, registered=FINAL
        )

    def document(self, *, starts: date = build.YEAR[0], **changes: Any) -> Iep:
        """Insert a final IEP that reached CAP and governs from its start, unless ``changes`` say otherwise."""
        columns: dict[str, Any] = {
            "student": self.student,
            "version": self.student.ieps.count() + 1,
            "kind": IepKind.ANNUAL,
            "status": IepStatus.FINAL,
            "starts": starts,
            "finalised": FINAL,
            "governs": DateRange(starts, None),
            "transfer": Transfer.SUCCESSFUL,
        }
        return Iep.objects.create(**columns | changes)

    def calls(self, who: Provider | None = None, **changes: Any) -> Call:
        """Insert an accepted call of October 5 for the student's mandate."""
        columns: dict[str, Any] = {
            "outcome": Outcome.ACCEPTED,
            "confirmation": f"{20_000_000 + next(build.numbers)}",
            "origin": Origin.FORM,
            "provider": who or self.provider,
            "student": self.student,
            "school": self.school,
            "service": self.mandate.service,
            "language": self.mandate.language,
            "school_year": build.YEAR[0],
            "session_on": date(2026, 10, 5),
            "mandates": [self.mandate.pk],
            "received": at(10, 5, 15),
            "recorded": build.REAL,
        }
        return Call.objects.create(**columns | changes)

    def stopped(self, outcome: Outcome, *, rule: str = "", **changes: Any) -> Call:
        """Insert a call that was not accepted."""
        number = f"R{20_000_000 + next(build.numbers)}"
        return self.calls(outcome=outcome, confirmation=None, reference=number, rule=rule, mandates=[], **changes)

    def enters(self, call: Call | None = None, **changes: Any) -> Entry:
        """Insert an open caseload entry of the mandate."""
        columns: dict[str, Any] = {
            "mandate": self.mandate,
            "student": self.student,
            "provider": call.provider if call else self.provider,
            "school": self.school,
            "call": call,
            "state": EntryState.OPEN,
            "since": LONG_AGO,
        }
        return Entry.objects.create(**columns | changes)

    def in_cap(self, of: Mandate | None = None, **changes: Any) -> CapMandate:
        """Insert a row of CAP that agrees with a mandate, first attended where ``changes`` name a day."""
        mandate = of or self.mandate
        names = ("service", "language", "setting", "frequency", "duration", "group_size", "starts", "ends")
        columns = {
            **{name: getattr(mandate, name) for name in names},
            "osis": self.student.osis,
            "status": CapStatus.FIRST_ATTENDED if changes.get("first_attend") else CapStatus.ASSIGNED,
            "since": LONG_AGO,
        }
        return CapMandate.objects.create(**columns | changes)

    def in_sec(self, of: CapMandate | None = None, **changes: Any) -> SecLine:
        """Insert a row of SEC that agrees with a row of CAP."""
        row = of or self.cap
        names = ("osis", "service", "language", "setting", "frequency", "duration", "group_size")
        columns = {
            **{name: getattr(row, name) for name in (*names, "provider_number", "first_attend")},
            "status": IN_SEC.get(CapStatus(row.status), SecStatus.AWAITING),
            "from_at": LONG_AGO + 25 * HOUR,
        }
        return SecLine.objects.create(**columns | changes)

    def stranger(self) -> int:
        """Return a number that no student has."""
        self.strangers.append(800_000_000 + next(build.numbers))
        return self.strangers[-1]

    def leaves(self, last_day: date) -> None:
        """End the student's enrolment."""
        Enrolment.objects.filter(student=self.student).update(ends=last_day)

    def nobody_serves(self) -> None:
        """Take assignment, call and entry away; what CAP and SEC say of them goes too."""
        self.entry.delete()
        self.call.delete()
        self.assignment.delete()
        self.both(status=CapStatus.APB, first_attend=None, provider_number=None)

    def nobody_called(self) -> None:
        """Take the call away and leave the assignment; CAP and SEC say as much."""
        self.entry.delete()
        self.call.delete()
        self.both(status=CapStatus.ASSIGNED, first_attend=None)

    def instead(self, who: Provider, **changes: Any) -> None:
        """Assign somebody else in place of the provider; nobody has called."""
        self.nobody_called()
        self.provider = who
        change(self.assignment, provider=who, **changes)
        self.both(provider_number=who.number)

    def both(self, **columns: Any) -> None:
        """Let CAP say something, and SEC the same."""
        change(self.cap, **columns)
        said = {name: value for name, value in columns.items() if name not in {"since", "starts", "ends"}}
        if "status" in said:
            said["status"] = IN_SEC[said["status"]]
        change(self.sec, **said)

    def vacancy(self, *, logged: datetime = LONG_AGO, closed: datetime | None = None) -> Vacancy:
        """Log a vacancy for the mandate."""
        by = User.objects.get_or_create(username="logs", defaults={"full_name": "Test Logs"})[0]
        ending = {} if closed is None else {"closing": Vacancy.Closing.WITHDRAWN, "closed_by": by}
        row = Vacancy.objects.create(
            school=self.school,
            service=self.mandate.service,
            language=self.mandate.language,
            unserved_since=build.YEAR[0],
            logged_by=by,
            logged=logged,
            closed=closed,
            **ending,
        )
        row.mandates.add(self.mandate)
        return row

    def answered(self, vacancy: Vacancy, agency: Agency, answer: Offer.Answer | None) -> Offer:
        """Offer a vacancy to an agency and write down its answer."""
        said = {} if answer is None else {"answer": answer, "answered": LONG_AGO, "answered_by": vacancy.logged_by}
        return Offer.objects.create(
            vacancy=vacancy, agency=agency, offered_by=vacancy.logged_by, offered=LONG_AGO, **said
        )


def change(row: Model, **columns: Any) -> None:
    """Write columns of a row."""
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))


ENGLISH, SPANISH, POLISH = Language.ENGLISH, Language.SPANISH, Language.POLISH
ALONE, GROUP = Setting.INDIVIDUAL, Setting.GROUP
