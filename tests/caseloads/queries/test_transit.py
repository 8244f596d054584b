"""What keeps an IEP from CAP, and what the line of its call and the check page say of it (R11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from caseloads.kinds import DeliveryState, IepKind, IepStatus, System, Transfer
from caseloads.models import Iep, Mandate
from caseloads.queries import calling
from caseloads.queries.calls import transit_of
from caseloads.queries.moment import Moment
from caseloads.queries.transit import CONSENT, CORRECTION, PENDING, SKIPPED, STUCK, TONIGHT, Key, Transit, in_transit
from providers.kinds import Language, Service
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, delivery, scene

pytestmark = pytest.mark.django_db

NIGHT = build.NOW.replace(hour=1, minute=0)  # this morning's download


@pytest.fixture
def here() -> Scene:
    return scene()


def key(mandate: Mandate) -> Key:
    return (mandate.student_id, mandate.service, mandate.language)


def waits(mandate: Mandate, now: datetime = build.NOW) -> Transit | None:
    """Return what keeps a mandate's IEP from CAP."""
    return in_transit([key(mandate)], now=now).get(key(mandate))


def stood(iep: Iep, transfer: Transfer, finalised: datetime = NIGHT - timedelta(hours=1)) -> None:
    """Let the download of an IEP, final since a moment, stand so."""
    iep.transfer, iep.finalised = transfer, finalised
    iep.save()


@pytest.mark.parametrize(
    ("transfer", "transit"),
    [
        (Transfer.SUCCESSFUL, None),
        (Transfer.NEVER, SKIPPED),
        (Transfer.PENDING, PENDING),
        (Transfer.ACTION_NEEDED, CORRECTION),
        (Transfer.KNOWN_ISSUE, STUCK),
    ],
)
def test_each_standing_of_the_download_has_its_words(here: Scene, transfer: Transfer, transit: Transit | None) -> None:
    stood(here.mandate.iep, transfer)
    assert waits(here.mandate) == transit


@pytest.mark.parametrize(
    ("finalised", "transit"),
    [(NIGHT - timedelta(seconds=1), SKIPPED), (NIGHT, TONIGHT), (build.NOW, TONIGHT), (build.NOW + timedelta(1), None)],
)
def test_a_final_iep_comes_down_in_the_next_night(here: Scene, finalised: datetime, transit: Transit | None) -> None:
    stood(here.mandate.iep, Transfer.NEVER, finalised)
    assert waits(here.mandate) == transit


@pytest.mark.parametrize(
    ("kind", "recorded", "transit"),
    [
        (IepKind.INITIAL, None, CONSENT),
        (IepKind.INITIAL, build.NOW + timedelta(hours=1), CONSENT),
        (IepKind.INITIAL, build.NOW, TONIGHT),
        (IepKind.INITIAL, NIGHT - timedelta(hours=1), SKIPPED),
        (IepKind.ANNUAL, None, SKIPPED),
    ],
)
def test_only_a_first_iep_waits_for_consent_and_comes_down_the_night_after_it(
    here: Scene, kind: IepKind, recorded: datetime | None, transit: Transit | None
) -> None:
    here.mandate.iep.kind = kind
    stood(here.mandate.iep, Transfer.NEVER)
    if recorded is not None:
        build.consent(here.mandate.student, recorded)
    assert waits(here.mandate) == transit


def newer(here: Scene, service: Service = Service.SPEECH, transfer: Transfer = Transfer.NEVER) -> Mandate:
    """Return the mandate of a second IEP of the scene's student, not yet in CAP."""
    older = here.mandate.iep
    Iep.objects.filter(pk=older.pk).update(governs=(older.starts, build.TODAY))
    second = build.iep(here.mandate.student, version=2, starts=build.TODAY, transfer=transfer)
    stood(second, transfer, build.NOW)
    return build.mandate(second, service)


def test_a_line_that_cap_knows_from_the_iep_before_waits_for_nothing(here: Scene) -> None:
    assert waits(newer(here)) is None


def test_a_line_that_only_the_new_iep_names_waits_for_it(here: Scene) -> None:
    assert waits(newer(here, Service.COUNSELING)) == TONIGHT
    assert waits(here.mandate) is None


def test_a_line_whose_older_iep_never_came_down_waits_for_the_new_one(here: Scene) -> None:
    stood(here.mandate.iep, Transfer.NEVER)
    assert waits(newer(here)) == TONIGHT
    assert waits(newer_done(here)) is None


def newer_done(here: Scene) -> Mandate:
    """Return the mandate of the newest IEP once it is in CAP."""
    newest = here.mandate.student.ieps.latest("version")
    stood(newest, Transfer.SUCCESSFUL)
    return newest.mandates.get()


def test_a_draft_keeps_nothing_from_cap(here: Scene) -> None:
    draft = build.iep(build.student(here.school), status=IepStatus.DRAFT)
    assert waits(build.mandate(draft)) is None


def test_many_lines_cost_one_query_and_none_costs_none(
    here: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines = [build.mandated(here.school) for _ in range(5)]
    for line in lines:
        stood(line.iep, Transfer.PENDING)
    with django_assert_num_queries(1):
        assert in_transit({key(line) for line in lines}, now=build.NOW) == {key(line): PENDING for line in lines}
    with django_assert_num_queries(0):
        assert in_transit([], now=build.NOW) == {}


@pytest.mark.parametrize("shown", [True, False])
def test_it_is_asked_only_while_cap_does_not_show_the_call(here: Scene, at: Moment, shown: bool) -> None:
    stood(here.mandate.iep, Transfer.NEVER)
    call = accepted(here.provider, here.mandate)
    marks = {"shown": build.NOW} if shown else {}
    delivery(call, System.CAP, state=DeliveryState.DELIVERED, delivered=build.NOW, **marks)
    assert transit_of(call, at=at) == (None if shown else SKIPPED)


def promised(here: Scene) -> dict[str, calling.Promise]:
    """Return what the check page promises of a call made now, by system."""
    what = asked(here.osis)
    seen = calling.preview(here.provider, what, now=build.NOW)
    transit = calling.transit_of(seen, what, now=build.NOW)
    return {one.system: one for one in calling.promises(build.NOW, transit=transit)}


def test_a_call_whose_iep_waits_for_consent_is_promised_no_day_in_cap_and_sec(here: Scene) -> None:
    here.mandate.iep.kind = IepKind.INITIAL
    stood(here.mandate.iep, Transfer.NEVER)
    told = promised(here)
    assert "consent" in told["CAP"].wait
    assert "The school records the consent." in told["CAP"].wait
    assert told["SEC"].wait == "It shows a day after CAP does."
    assert told["SESIS"].wait == ""


def test_a_call_whose_iep_comes_down_tonight_keeps_its_day_and_says_so(here: Scene) -> None:
    before = promised(here)
    stood(here.mandate.iep, Transfer.NEVER, build.NOW)
    assert promised(here) == before | {
        "CAP": replace(before["CAP"], note="Tonight's download brings the IEP first (R11).")
    }


def test_a_call_in_a_language_that_must_be_chosen_first_waits_for_nothing_yet(here: Scene) -> None:
    build.mandate(here.mandate.iep, language=Language.SPANISH)
    what = asked(here.osis)
    seen = calling.preview(here.provider, what, now=build.NOW)
    assert seen.verdict.field == "language"
    assert calling.transit_of(seen, what, now=build.NOW) is None
