"""What becomes of a line is in CAP the next night, and in SEC's report a day after that."""

from __future__ import annotations

from datetime import datetime

import pytest

from caseloads.models import Assignment, CapMandate, Mandate, SecLine, Vacancy
from caseloads.propagation.nightly import walk
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.propagation.world import at, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    """Give a line that CAP and SEC know as assigned, whose provider leaves today."""
    made = begun()
    Assignment.objects.update(ends=build.TODAY)
    return made


def cap(moment: datetime) -> tuple[CapStatus, int | None]:
    """Walk to a moment and return what CAP then says of its only row."""
    walk(until=moment)
    row = CapMandate.objects.get()
    return CapStatus(row.status), row.provider_number


def sec(moment: datetime) -> tuple[SecStatus, int | None]:
    """Walk to a moment and return what SEC's report then says."""
    walk(until=moment)
    row = SecLine.objects.get(until_at=None)
    return SecStatus(row.status), row.provider_number


def test_a_provider_who_left_is_gone_from_cap_overnight_and_from_sec_a_day_later(here: Scene) -> None:
    assert cap(at(25, 0, 59)) == (CapStatus.ASSIGNED, here.provider.number)
    assert cap(at(25, 1)) == (CapStatus.APB, None)
    assert sec(at(26, 2, 59)) == (SecStatus.ASSIGNED, here.provider.number)
    assert sec(at(26, 3)) == (SecStatus.AWAITING, None)


def test_a_vacancy_its_transmittal_and_the_agencys_provider_follow_one_another(here: Scene) -> None:
    row = Vacancy.objects.create(
        school=here.school,
        service=here.mandate.service,
        language=here.mandate.language,
        unserved_since=build.TODAY,
        logged_by=build.user(),
        logged=at(25, 9),
    )
    row.mandates.add(here.mandate)
    build.transmittal(here.mandate, build.contract(build.agency()), processed=at(27, 9))
    assert cap(at(25, 12)) == (CapStatus.APB, None)
    assert cap(at(26, 12)) == (CapStatus.ACO, None)
    assert sec(at(27, 2, 59)) == (SecStatus.AWAITING, None)
    assert sec(at(27, 3)) == (SecStatus.CONTRACTING, None)
    assert cap(at(28, 12)) == (CapStatus.TRANSMITTED, None)
    theirs = build.assignment(build.provider(), here.mandate, starts=at(28, 9).date())
    assert cap(at(29, 12)) == (CapStatus.ASSIGNED, theirs.provider.number)
    assert sec(at(30, 3)) == (SecStatus.ASSIGNED, theirs.provider.number)


def test_a_mandate_that_ends_is_closed_in_cap_and_leaves_secs_report(here: Scene) -> None:
    Mandate.objects.update(ends=build.TODAY)
    assert cap(at(25, 1))[0] == CapStatus.CLOSED
    assert sec(at(26, 2, 59))[0] == SecStatus.ASSIGNED
    walk(until=at(26, 3))
    assert not SecLine.objects.filter(until_at=None).exists()
