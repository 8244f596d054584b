"""A small world with something of everything on its way, and all that it says, to compare."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from caseloads.kinds import IepKind, IepStatus, System
from caseloads.models import (
    Assignment,
    CapMandate,
    CapNotice,
    Delivery,
    Entry,
    Iep,
    SecCarried,
    SecLine,
    SecNotice,
    SesisNotice,
)
from caseloads.propagation import nightly
from caseloads.systems.cap.gateway import CapGateway, DocumentLine
from caseloads.systems.sesis import documents
from orcs_portal.shared.models import PeriodicRun
from providers.kinds import Affiliation, Service
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, scene
from tests.caseloads.propagation.queue import Clocks

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ROWS: tuple[type[Model], ...] = (
    Assignment,
    CapMandate,
    CapNotice,
    Delivery,
    Entry,
    Iep,
    SecCarried,
    SecLine,
    SecNotice,
    SesisNotice,
    PeriodicRun,
)
PASSING = {"id", "token", "lease_until"}


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Return every row of what the systems say, what was delivered and which nights were done, without their ids."""
    return {row.__name__: sorted(plain(row), key=repr) for row in ROWS}


def plain(row: type[Model]) -> list[dict[str, Any]]:
    """Return a table's rows without what only counts insertions."""
    rows = row._default_manager.values()
    return [{name: value for name, value in one.items() if name not in PASSING} for one in rows]


def line(of: Scene, frequency: int = 3) -> DocumentLine:
    """Return the scene's mandate as CAP has it."""
    mandate = of.mandate
    number = of.provider.number
    return DocumentLine(of.osis, mandate.service, 1, mandate.setting, frequency, 30, 2, mandate.starts, None, number)


def begun() -> Scene:
    """Return a scene whose mandate CAP and SEC know since days ago, before any call."""
    here = scene()
    nightly.begin(now=build.NOW - 4 * DAY)
    CapGateway().apply_documents([here.osis], [line(here)], now=build.NOW - 3 * DAY)
    nightly.walk(until=build.NOW)
    return here


def busy() -> Scene:
    """Return a world in which a week has much to do.

    Somebody with access called and somebody whose access begins on Friday afternoon; an agency's provider waits for
    PETS; one IEP was finalised with a service dropped, and a first one waits for consent that is recorded on Thursday.
    """
    here = begun()
    late = build.provider(at=here.school, access=False)
    build.give_access(late, here.school, opened=build.NOW + 3 * DAY + 7 * HOUR)
    agencys = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school, access=False)
    for provider in (here.provider, late, agencys):
        for mandate in (here.mandate, build.mandated(here.school)):
            call = accepted(provider, mandate)
            for system in System:
                delivery(call, system)
    _documents(here)
    clocks = Clocks()
    for system in System:
        clocks.drain(system)
    return here


def _documents(here: Scene) -> None:
    dropped = build.mandate(here.mandate.iep, Service.COUNSELING)
    build.assignment(here.provider, dropped)
    new = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(new, frequency=1)
    first = build.iep(build.student(here.school), status=IepStatus.DRAFT, kind=IepKind.INITIAL)
    build.mandate(first)
    build.consent(first.student, recorded=build.NOW + 2 * DAY + HOUR)
    for iep in (new, first):
        documents.finalise(iep_id=iep.pk, by=None, now=build.NOW)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of New York in November of the tests' year."""
    return datetime.combine(date(2026, 11, day), datetime.min.time(), build.NEW_YORK) + timedelta(
        hours=hour, minutes=minute
    )
