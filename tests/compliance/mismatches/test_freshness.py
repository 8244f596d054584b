"""How fresh each system is: its last good night, and what it means when there was none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from caseloads.kinds import Fault, FedBy, System
from caseloads.models import SystemSetting
from compliance.mismatches.freshness import NIGHTS, Fresh, compared, freshness
from compliance.models import Run
from orcs_portal.shared.models import PeriodicRun
from providers.models import GalaxyListing, PetsListing
from tests import build
from tests.caseloads.calls import accepted
from tests.compliance.mismatches.conftest import Place

NIGHT = build.NOW - timedelta(hours=10)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _systems(here: Place) -> None:
    build.systems()


def night(system: System, due: datetime = NIGHT, *, done: bool = True) -> None:
    """Keep a night's work."""
    PeriodicRun.objects.create(task=NIGHTS[system], due=due, started=build.REAL, done=build.REAL if done else None)


def fresh(here: Place, name: str, now: datetime = build.NOW) -> Fresh:
    """Return how fresh one system is."""
    return next(one for one in freshness(here.standing, now=now) if one.name == name)


@pytest.mark.parametrize("system", list(NIGHTS))
def test_a_night_that_was_done_is_in_order(here: Place, system: System) -> None:
    night(system)
    shown = fresh(here, system.label)
    assert (shown.good, shown.tone, shown.state) == (NIGHT, "ok", "In order")


@pytest.mark.parametrize("system", list(NIGHTS))
def test_a_night_that_was_not_done_says_which_one_the_reader_sees(here: Place, system: System) -> None:
    night(system, NIGHT - DAY)
    night(system, done=False)
    shown = fresh(here, system.label)
    assert (shown.good, shown.tone, shown.state) == (NIGHT - DAY, "due", "Not done")
    assert shown.means == "You are reading what it said the night before"


def test_nights_that_have_not_come_yet_do_not_count(here: Place) -> None:
    night(System.CAP)
    night(System.CAP, NIGHT + DAY, done=False)
    assert fresh(here, "CAP").state == "In order"


def test_before_the_first_night_nothing_is_wrong(here: Place) -> None:
    shown = fresh(here, "SEC")
    assert (shown.good, shown.tone, shown.state) == (None, "plain", "No night so far")


@pytest.mark.parametrize("fault", [one for one in Fault if one != Fault.NONE])
def test_a_fault_is_named(here: Place, fault: Fault) -> None:
    night(System.CAP)
    SystemSetting.objects.filter(system=System.CAP).update(fault=fault)
    shown = fresh(here, "CAP")
    assert (shown.state, shown.tone, shown.good) == (fault.label, "bad", NIGHT)


def test_a_system_read_from_files_has_no_night(here: Place) -> None:
    SystemSetting.objects.filter(system=System.CAP).update(fed_by=FedBy.EXTRACTS)
    shown = fresh(here, "CAP")
    assert (shown.state, shown.good) == ("Read from files", None)


def test_the_phone_line_shows_the_last_call_of_ones_own_schools(here: Place) -> None:
    assert fresh(here, "Phone line").good is None
    call = accepted(build.provider(at=here.school), build.mandated(here.school))
    elsewhere = build.school("24Q911")
    accepted(build.provider(at=elsewhere), build.mandated(elsewhere))
    assert fresh(here, "Phone line").good == call.received


def test_the_lists_show_their_last_entry(here: Place) -> None:
    added = build.NOW - timedelta(hours=1)
    for hours in (0, 5):
        GalaxyListing.objects.create(
            dbn=here.school.dbn, provider_number=9_000_001, added=added - timedelta(hours=hours)
        )
    PetsListing.objects.create(provider_number=9_000_001, registered=added - DAY)
    assert fresh(here, "Galaxy, PETS").good == added
    PetsListing.objects.create(provider_number=9_000_002, registered=build.NOW)
    assert fresh(here, "Galaxy, PETS").good == build.NOW


def test_the_last_comparison_is_that_of_everything(here: Place) -> None:
    assert compared() is None
    for hours, full in ((30, True), (6, True), (1, False)):
        as_of = build.NOW - timedelta(hours=hours)
        Run.objects.create(as_of=as_of, full=full, started=build.REAL, finished=build.REAL, counts={})
    assert compared() == build.NOW - timedelta(hours=6)
