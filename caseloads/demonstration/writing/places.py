"""Writes schools and their calendar, agencies and their contracts, and how the three systems behave."""

from __future__ import annotations

from caseloads.demonstration.contracted import CONTRACTS
from caseloads.demonstration.days import CALENDAR, YEAR_ENDS, YEAR_STARTS, weekdays
from caseloads.demonstration.staff import AGENCIES, SCHOOLS
from caseloads.demonstration.writing.book import Book
from caseloads.kinds import System
from caseloads.models import SystemSetting
from providers.kinds import Borough
from providers.models import Agency, CalendarDay, Contract, School, SchoolYear

# In minutes: SESIS shows a call after two to ten hours and promises two days; CAP and SEC work overnight.
SESIS_LAGS = {"lag_min": 120, "lag_max": 600, "lag_promise": 2880}


def write_places(book: Book) -> None:
    """Write everything that stands still."""
    book.schools = {row.dbn: row for row in School.objects.bulk_create(_schools())}
    SchoolYear.objects.create(starts=YEAR_STARTS, ends=YEAR_ENDS)
    CalendarDay.objects.bulk_create(_calendar(book))
    book.agencies = {row.code: row for row in Agency.objects.bulk_create(_agencies())}
    _write_contracts(book)
    SystemSetting.objects.bulk_create(
        [SystemSetting(system=one, **(SESIS_LAGS if one == System.SESIS else {})) for one in System]
    )


def _schools() -> list[School]:
    return [School(dbn=dbn, name=name, borough=Borough.of_dbn(dbn)) for dbn, name in SCHOOLS.items()]


def _calendar(book: Book) -> list[CalendarDay]:
    return [
        CalendarDay(date=day, kind=kind, label=label, school=book.schools.get(dbn))
        for starts, ends, kind, label, dbn in CALENDAR
        for day in weekdays(starts, ends)
    ]


def _agencies() -> list[Agency]:
    return [
        Agency(code=code, name=name, email=f"assignments@{code.lower()}.example") for code, name in AGENCIES.items()
    ]


def _write_contracts(book: Book) -> None:
    keys = [(code, service, language) for code, service, language, _starts, _ends in CONTRACTS]
    rows = [
        Contract(
            agency=book.agencies[code],
            service=service,
            language=language,
            borough=Borough.BROOKLYN,
            starts=starts,
            ends=ends,
        )
        for code, service, language, starts, ends in CONTRACTS
    ]
    book.contracts = dict(zip(keys, Contract.objects.bulk_create(rows), strict=True))
