"""SEC's report says what CAP said a day before, however often CAP has changed since (R2)."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.db.models import F

from caseloads.kinds import System
from caseloads.models import CapChange, CapMandate, Delivery, SecLine
from caseloads.propagation.nightly import walk
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.sec.codes import SecStatus
from tests import build
from tests.caseloads.calls import Scene, asked, call
from tests.caseloads.propagation.queue import Clocks
from tests.caseloads.propagation.world import DAY, HOUR, at, begun, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return begun()


def download(here: Scene, frequency: int, moment: datetime) -> None:
    """Bring the line down to CAP once more, with another frequency."""
    walk(until=moment)
    CapGateway().apply_documents([here.osis], [line(here, frequency)], now=moment)


def report(moment: datetime) -> tuple[SecStatus, int]:
    """Walk to a moment and return the status and the frequency that SEC then reports."""
    walk(until=moment)
    row = SecLine.objects.get(until_at=None)
    return SecStatus(row.status), row.frequency


def test_a_call_shows_a_day_after_cap_has_it_although_cap_changed_again_meanwhile(here: Scene) -> None:
    recorded = call(here.provider, asked(here.osis))
    assert recorded.call is not None
    for system in (System.CAP, System.SEC):
        Clocks().drain(system)
    download(here, 5, at(25, 23))
    assert report(at(26, 2, 59)) == (SecStatus.ASSIGNED, 3)
    assert report(at(26, 3)) == (SecStatus.RECEIVING, 3)
    shown = Delivery.objects.get(call=recorded.call, system=System.SEC)
    assert shown.shown == at(26, 3)
    assert shown.expected is not None
    assert shown.shown < shown.expected
    assert report(at(27, 2, 59)) == (SecStatus.RECEIVING, 3)
    assert report(at(27, 3)) == (SecStatus.RECEIVING, 5)


def test_a_line_that_changes_every_night_is_never_starved(here: Scene) -> None:
    for night in range(25, 31):
        download(here, night, at(night, 1, 30))
        assert report(at(night, 4))[1] == (night - 1 if night > 25 else 3)


@pytest.mark.parametrize("seed", range(3))
def test_every_night_sec_says_what_cap_said_a_day_before(here: Scene, seed: int) -> None:
    rng = random.Random(seed)
    said: list[tuple[datetime, int]] = [(build.NOW, 3)]
    moment = build.NOW
    while moment < build.NOW + 7 * DAY:
        moment += rng.randrange(1, 40) * HOUR / 2
        download(here, rng.randrange(1, 6), moment)
        said.append((moment, CapMandate.objects.get().frequency))
        _, frequency = report(moment)
        night = at(24, 3) + (moment - at(24, 3)) // DAY * DAY
        assert frequency == max(one for one in said if one[0] <= max(night - DAY, build.NOW))[1]


def test_a_line_closed_and_named_again_within_a_day_is_reported_as_it_was_at_each_time(here: Scene) -> None:
    walk(until=at(24, 20))
    CapGateway().apply_documents([here.osis], [], now=at(24, 20))
    download(here, 4, at(25, 10))
    walk(until=at(26, 2, 59))
    assert SecLine.objects.get(until_at=None).frequency == 3
    walk(until=at(26, 3))
    assert not SecLine.objects.filter(until_at=None).exists()
    assert report(at(27, 3)) == (SecStatus.ASSIGNED, 4)


def test_what_sec_has_had_is_not_kept(here: Scene) -> None:
    for night in range(25, 29):
        download(here, night, at(night, 1, 30))
    walk(until=at(28, 4))
    assert list(CapChange.objects.order_by("since").values_list("frequency", flat=True)) == [28]
    walk(until=at(30, 4))
    assert not CapChange.objects.exists()


def test_what_came_to_cap_by_another_way_is_carried_too(here: Scene) -> None:
    """A city built by COPY notes no change; what its rows say is carried all the same."""
    walk(until=at(24, 20))
    CapMandate.objects.update(frequency=F("frequency") + 6, since=at(24, 20))
    assert report(at(26, 3)) == (SecStatus.ASSIGNED, 9)
