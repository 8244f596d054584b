"""CAP's status follows overnight who was assigned, what is vacant, transmitted or approved, and what has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from caseloads.kinds import IepStatus
from caseloads.models import Assignment, CapMandate, Iep, Mandate, Vacancy
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway
from providers.kinds import Affiliation, Language, Service
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import DAY, EARLIER, cap_mandate

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 25, 1, 0, tzinfo=build.NEW_YORK)
TONIGHT = NIGHT.date()
SECOND = timedelta(seconds=1)


@pytest.fixture
def here() -> Scene:
    """Give a line that CAP knows and nobody serves."""
    made = scene(assigned=False)
    cap_mandate(made.mandate, status=CapStatus.APB)
    return made


def vacancy(*of: Mandate, logged: datetime = build.NOW, closed: datetime | None = None) -> Vacancy:
    """Log a vacancy for mandates of one service and language."""
    by = build.user()
    row = Vacancy.objects.create(
        school=of[0].student.enrolments.get().school,
        service=of[0].service,
        language=of[0].language,
        unserved_since=build.BEFORE,
        logged_by=by,
        logged=logged,
        closed=closed,
        closed_by=by if closed else None,
        closing=Vacancy.Closing.FILLED if closed else None,
    )
    row.mandates.set(of)
    return row


def transmitted(of: Mandate, at: datetime = build.NOW) -> None:
    """Process a transmittal of the mandate's service."""
    build.transmittal(of, build.contract(build.agency()), processed=at)


def lettered(of: Mandate, at: datetime | None = build.NOW) -> None:
    """Approve an independent provider, and process the letter if a time is given."""
    build.rsa_letter(of, build.provider(Affiliation.RSA), processed=at)


def said(night: datetime = NIGHT) -> tuple[CapStatus, int | None]:
    """Let CAP follow, and return what it says of its only row: status and provider."""
    CapGateway().follow(now=night)
    row = CapMandate.objects.get()
    return CapStatus(row.status), row.provider_number


def test_nothing_known_leaves_a_line_awaiting_a_provider_and_untouched(here: Scene) -> None:
    before = CapMandate.objects.values().get()
    assert said() == (CapStatus.APB, None)
    assert CapMandate.objects.values().get() == before


def test_a_later_assignment_is_known_the_next_night(here: Scene) -> None:
    build.assignment(here.provider, here.mandate, starts=build.TODAY)
    assert said() == (CapStatus.ASSIGNED, here.provider.number)
    assert CapMandate.objects.get().since == NIGHT


def test_an_assignment_that_is_still_to_begin_counts(here: Scene) -> None:
    build.assignment(here.provider, here.mandate, starts=build.TODAY + 20 * DAY)
    assert said() == (CapStatus.ASSIGNED, here.provider.number)


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        (vacancy, CapStatus.ACO),
        (transmitted, CapStatus.TRANSMITTED),
        (lettered, CapStatus.RSA_APPROVED),
    ],
)
def test_each_step_of_contracting_out_has_its_status(
    here: Scene, cause: Callable[[Mandate], object], status: CapStatus
) -> None:
    cause(here.mandate)
    assert said() == (status, None)
    assert CapMandate.objects.get().since == NIGHT


def test_of_several_causes_the_furthest_counts(here: Scene) -> None:
    vacancy(here.mandate)
    transmitted(here.mandate)
    assert said() == (CapStatus.TRANSMITTED, None)
    lettered(here.mandate)
    assert said() == (CapStatus.RSA_APPROVED, None)
    build.assignment(here.provider, here.mandate)
    assert said() == (CapStatus.ASSIGNED, here.provider.number)


@pytest.mark.parametrize("cause", [transmitted, lettered])
def test_a_paper_is_no_cause_before_its_time(here: Scene, cause: Callable[[Mandate, datetime], None]) -> None:
    cause(here.mandate, NIGHT + SECOND)
    assert said() == (CapStatus.APB, None)
    assert said(NIGHT + SECOND)[0] > CapStatus.ACO


def test_a_letter_that_is_not_processed_is_no_cause(here: Scene) -> None:
    lettered(here.mandate, None)
    assert said() == (CapStatus.APB, None)


def test_a_vacancy_counts_from_its_logging_to_its_closing(here: Scene) -> None:
    vacancy(here.mandate, logged=NIGHT, closed=NIGHT + DAY)
    assert said(NIGHT - SECOND) == (CapStatus.APB, None)
    assert said(NIGHT) == (CapStatus.ACO, None)
    assert said(NIGHT + DAY - SECOND) == (CapStatus.ACO, None)
    assert said(NIGHT + DAY) == (CapStatus.APB, None)


def test_a_vacancy_is_for_the_lines_it_names(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    vacancy(alone)
    assert said() == (CapStatus.APB, None)


def test_a_paper_is_for_both_settings_of_its_service_and_language(here: Scene) -> None:
    cap_mandate(build.mandate(here.mandate.iep, group_size=1), status=CapStatus.APB)
    transmitted(here.mandate)
    CapGateway().follow(now=NIGHT)
    assert set(CapMandate.objects.values_list("status", flat=True)) == {CapStatus.TRANSMITTED}


@pytest.mark.parametrize(
    "other", [{"service": Service.COUNSELING}, {"language": Language.SPANISH}, {"group_size": 1}, {}]
)
def test_what_is_known_of_another_line_changes_nothing(here: Scene, other: dict[str, int]) -> None:
    iep = here.mandate.iep if other else build.iep(build.student(here.school))
    build.assignment(here.provider, build.mandate(iep, **other))  # type: ignore[arg-type] # one field by name
    assert said() == (CapStatus.APB, None)


def ended(here: Scene, on: date = build.TODAY, provider: Provider | None = None) -> Assignment:
    """Assign a provider until a day."""
    return build.assignment(provider or here.provider, here.mandate, ends=on)


def test_an_assignment_counts_through_its_last_day(here: Scene) -> None:
    ended(here, TONIGHT)
    assert said(NIGHT) == (CapStatus.ASSIGNED, here.provider.number)
    assert said(NIGHT + DAY) == (CapStatus.APB, None)
    assert CapMandate.objects.get().since == NIGHT + DAY


@pytest.mark.parametrize(("cause", "status"), [(vacancy, CapStatus.ACO), (transmitted, CapStatus.TRANSMITTED)])
def test_after_an_assignment_the_remaining_cause_counts(
    here: Scene, cause: Callable[[Mandate], object], status: CapStatus
) -> None:
    cause(here.mandate)
    ended(here, TONIGHT)
    assert said(NIGHT) == (CapStatus.ASSIGNED, here.provider.number)
    assert said(NIGHT + DAY) == (status, None)


def test_of_two_providers_the_one_who_began_first_is_named_and_then_the_next(here: Scene) -> None:
    next_one = build.provider(at=here.school)
    build.assignment(next_one, here.mandate, starts=build.TODAY)
    ended(here, TONIGHT)
    assert said(NIGHT) == (CapStatus.ASSIGNED, here.provider.number)
    assert said(NIGHT + DAY) == (CapStatus.ASSIGNED, next_one.number)


def attended(number: int) -> None:
    """Have the only line attended first by a provider."""
    CapMandate.objects.update(status=CapStatus.FIRST_ATTENDED, first_attend=EARLIER, provider_number=number)


def test_a_first_attend_stays_when_every_cause_is_withdrawn(here: Scene) -> None:
    attended(here.provider.number)
    vacancy(here.mandate, closed=build.NOW)
    ended(here)
    before = CapMandate.objects.values().get()
    assert said() == (CapStatus.FIRST_ATTENDED, here.provider.number)
    assert CapMandate.objects.values().get() == before


def test_a_first_attend_keeps_its_provider_when_another_is_assigned(here: Scene) -> None:
    attended(here.provider.number)
    build.assignment(build.provider(), here.mandate)
    assert said() == (CapStatus.FIRST_ATTENDED, here.provider.number)


def test_a_mandate_that_has_ended_is_closed_the_night_after_its_last_day(here: Scene) -> None:
    Mandate.objects.update(ends=TONIGHT)
    attended(here.provider.number)
    assert said(NIGHT)[0] == CapStatus.FIRST_ATTENDED
    assert said(NIGHT + DAY) == (CapStatus.CLOSED, here.provider.number)
    row = CapMandate.objects.get()
    assert (row.ends, row.first_attend, row.since) == ((NIGHT + DAY).date(), EARLIER, NIGHT + DAY)


@pytest.mark.parametrize("how", ["mandate", "document"])
def test_an_end_that_an_earlier_night_missed_is_left_for_somebody_to_find(here: Scene, how: str) -> None:
    """The portal does not put right by itself what CAP got wrong."""
    CapMandate.objects.update(status=CapStatus.ASSIGNED, provider_number=here.provider.number)
    if how == "mandate":
        Mandate.objects.update(ends=build.TODAY - DAY)
    else:
        Iep.objects.update(governs=DateRange(build.YEAR[0], build.TODAY))
    before = CapMandate.objects.values().get()
    assert CapGateway().follow(since=NIGHT - DAY, now=NIGHT) == 0
    assert CapMandate.objects.values().get() == before
    assert CapGateway().follow(since=NIGHT - 2 * DAY, now=NIGHT) == 1
    assert CapMandate.objects.get().status == CapStatus.CLOSED


def test_an_end_that_cap_knows_is_kept(here: Scene) -> None:
    Mandate.objects.update(ends=build.TODAY)
    CapMandate.objects.update(ends=build.TODAY)
    said(NIGHT)
    assert CapMandate.objects.get().ends == build.TODAY


def test_the_lines_of_an_iep_that_ended_without_a_successor_are_closed(here: Scene) -> None:
    Iep.objects.update(governs=DateRange(build.YEAR[0], TONIGHT + DAY))
    assert said(NIGHT)[0] == CapStatus.APB
    assert said(NIGHT + DAY)[0] == CapStatus.CLOSED


def test_a_closed_row_is_history(here: Scene) -> None:
    CapMandate.objects.update(status=CapStatus.CLOSED)
    build.assignment(here.provider, here.mandate)
    assert said() == (CapStatus.CLOSED, None)


def superseded(here: Scene, service: Service, starts: date = build.TODAY) -> Mandate:
    """Have a second final IEP take over from a day on, which names one service."""
    Iep.objects.update(governs=DateRange(build.YEAR[0], starts))
    return build.mandate(build.iep(here.mandate.student, version=2, starts=starts), service)


def test_a_row_that_the_latest_iep_does_not_name_is_left_as_it_is(here: Scene) -> None:
    """The download closes it; while that is stuck, CAP does not know better."""
    CapMandate.objects.update(status=CapStatus.ASSIGNED, provider_number=here.provider.number)
    superseded(here, Service.COUNSELING)
    before = CapMandate.objects.values().get()
    said()
    assert CapMandate.objects.values().get() == before


def test_a_row_whose_line_was_never_on_an_iep_is_left_as_it_is(here: Scene) -> None:
    CapMandate.objects.update(language=Language.SPANISH, status=CapStatus.ASSIGNED)
    assert said() == (CapStatus.ASSIGNED, None)


def test_a_row_of_nobody_we_know_is_left_as_it_is(here: Scene) -> None:
    CapMandate.objects.update(osis=900_999_999, status=CapStatus.ASSIGNED)
    assert said() == (CapStatus.ASSIGNED, None)


def test_the_latest_iep_counts_before_it_begins(here: Scene) -> None:
    new = superseded(here, Service.SPEECH, starts=build.TODAY + 30 * DAY)
    build.assignment(here.provider, new, starts=new.starts)
    assert said() == (CapStatus.ASSIGNED, here.provider.number)


def test_a_draft_counts_for_nothing(here: Scene) -> None:
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(draft, Service.COUNSELING)
    transmitted(here.mandate)
    assert said() == (CapStatus.TRANSMITTED, None)


def test_what_is_done_is_done_in_one_statement_and_not_twice(here: Scene) -> None:
    others = [build.mandated(here.school) for _ in range(9)]
    for one in others:
        cap_mandate(one, status=CapStatus.APB)
        build.assignment(here.provider, one)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert CapGateway().follow(now=NIGHT) == 9
    assert len(asked) == 1
    assert CapGateway().follow(now=NIGHT + DAY) == 0
