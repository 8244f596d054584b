"""The bridge from rows to the policy's facts: each fact, and both sides of each date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads import facts
from caseloads.facts import Loaded
from caseloads.kinds import IepStatus
from caseloads.models import Enrolment, Iep, RsaLetter, Transmittal
from providers.kinds import Affiliation, Language, Role, Service, Setting
from providers.models import CalendarDay, Placement, Provider, SchoolYear
from providers.policy.facts import FirstAttend, SchoolYearFacts, StudentFacts
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, refusal, scene

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
TODAY = build.TODAY
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.fixture
def here() -> Scene:
    return scene()


def load(
    here: Scene, provider: Provider | None = None, *, on: date = TODAY, language: Language | None = None
) -> Loaded:
    """Return what is known about a call for the scene's student today."""
    return facts.load(provider or here.provider, asked(here.osis, on, language=language), today=TODAY)


def student(loaded: Loaded) -> StudentFacts:
    """Return what is known of the student, who was found."""
    assert loaded.facts.student is not None
    return loaded.facts.student


def test_what_was_keyed_is_passed_on(here: Scene) -> None:
    loaded = load(here, on=YESTERDAY, language=Language.SPANISH)
    assert (loaded.facts.service, loaded.facts.language) == (Service.SPEECH, Language.SPANISH)
    assert (loaded.facts.session_on, loaded.facts.today) == (YESTERDAY, TODAY)
    assert (loaded.provider, loaded.student, loaded.school) == (here.provider, here.mandate.student_id, here.school.pk)


@pytest.mark.parametrize(
    ("affiliation", "role"), [(Affiliation.DOE, Role.NURSE), (Affiliation.RSA, Role.COUNSELOR)], ids=str
)
def test_the_provider_is_who_the_row_says(here: Scene, affiliation: Affiliation, role: Role) -> None:
    provider = build.provider(affiliation, role, at=here.school)
    known = load(here, provider).facts.provider
    assert (known.affiliation, known.role) == (affiliation, role)


def test_a_mandate_is_carried_over_field_by_field(here: Scene) -> None:
    here.mandate.ends = date(2027, 6, 1)
    here.mandate.save()
    (line,) = student(load(here)).mandates
    assert (line.id, line.service, line.language, line.setting) == (
        here.mandate.pk,
        Service.SPEECH,
        Language.ENGLISH,
        Setting.GROUP,
    )
    assert (line.frequency, line.duration, line.group_size) == (3, 30, 2)
    assert (line.starts, line.ends) == (build.YEAR[0], date(2027, 6, 1))
    assert (line.governs, line.assigned_to_caller) == (True, True)


def test_an_unknown_number_and_a_strangers_student_look_alike(here: Scene) -> None:
    stranger = build.mandated(build.school()).student
    unknown = facts.load(here.provider, asked(999_999_999), today=TODAY)
    other = facts.load(here.provider, asked(stranger.osis), today=TODAY)
    assert unknown == other
    assert (unknown.facts.student, unknown.student, unknown.school) == (None, None, here.school.pk)


@pytest.mark.parametrize(("ends", "found"), [(YESTERDAY, False), (TODAY, True), (None, True)])
def test_a_placement_opens_a_schools_students_up_to_its_last_day(here: Scene, ends: date | None, found: bool) -> None:
    provider = build.provider(at=here.school)
    Placement.objects.filter(provider=provider).update(ends=ends)
    assert (load(here, provider).student is not None) is found


@pytest.mark.parametrize(("starts", "found"), [(TOMORROW, False), (TODAY, True)])
def test_a_placement_opens_nothing_before_it_begins(here: Scene, starts: date, found: bool) -> None:
    provider = build.provider(at=here.school)
    Placement.objects.filter(provider=provider).update(starts=starts)
    assert (load(here, provider).student is not None) is found


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [(TOMORROW, None, False), (TODAY, None, True), (build.BEFORE, YESTERDAY, False), (build.BEFORE, TODAY, True)],
)
def test_a_student_is_found_at_the_school_of_today(here: Scene, starts: date, ends: date | None, found: bool) -> None:
    Enrolment.objects.update(starts=starts, ends=ends)
    assert (load(here, build.provider(at=here.school)).student is not None) is found


@pytest.mark.parametrize(("ends", "found"), [(YESTERDAY, False), (TODAY, True), (None, True)])
def test_an_assignment_opens_its_student_wherever_the_provider_works(
    here: Scene, ends: date | None, found: bool
) -> None:
    elsewhere = build.provider(at=build.school())
    build.assignment(elsewhere, here.mandate, ends=ends)
    assert (load(here, elsewhere).student is not None) is found


def test_a_transmittal_opens_its_student_to_the_whole_agency(here: Scene) -> None:
    agency = build.agency()
    provider = build.provider(Affiliation.AGENCY, of=agency)
    assert load(here, provider).student is None
    build.transmittal(here.mandate, build.contract(agency))
    assert load(here, provider).student == here.mandate.student_id
    assert load(here, build.provider(Affiliation.AGENCY, of=build.agency())).student is None


def agency_call(here: Scene) -> tuple[Provider, Transmittal]:
    """Return an agency's provider at the school, and a transmittal of the mandate to the agency."""
    agency = build.agency()
    provider = build.provider(Affiliation.AGENCY, of=agency, at=here.school)
    return provider, build.transmittal(here.mandate, build.contract(agency))


def test_the_transmittals_day_is_new_yorks(here: Scene) -> None:
    provider, row = agency_call(here)
    row.processed = datetime(2026, 11, 20, 23, 59, tzinfo=NEW_YORK)
    row.save()
    assert student(load(here, provider)).transmittal_on == date(2026, 11, 20)
    row.processed += timedelta(minutes=1)
    row.save()
    assert student(load(here, provider)).transmittal_on == date(2026, 11, 21)


@pytest.mark.parametrize("changed", ["service", "language", "student"])
def test_a_transmittal_of_something_else_is_none(here: Scene, changed: str) -> None:
    agency = build.agency()
    service = Service.COUNSELING if changed == "service" else Service.SPEECH
    language = Language.SPANISH if changed == "language" else Language.ENGLISH
    about = build.student(here.school) if changed == "student" else here.mandate.student
    other = build.mandate(build.iep(about, version=9, status=IepStatus.DRAFT), service, language)
    build.transmittal(other, build.contract(agency, service, language))
    provider = build.provider(Affiliation.AGENCY, of=agency, at=here.school)
    assert student(load(here, provider)).transmittal_on is None


def test_another_agencys_transmittal_is_none(here: Scene) -> None:
    agency_call(here)
    other = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    assert student(load(here, other)).transmittal_on is None
    assert student(load(here)).transmittal_on is None


def test_the_language_of_the_line_in_force_finds_the_transmittal(here: Scene) -> None:
    """A superseded IEP in another language must not hide the paper that opens the gate (R8, R10)."""
    provider, _ = agency_call(here)
    Iep.objects.update(governs=DateRange(date(2026, 10, 1), None))
    old = build.iep(here.mandate.student, version=0, status=IepStatus.DRAFT)
    build.mandate(old, Service.SPEECH, Language.SPANISH)
    Iep.objects.filter(pk=old.pk).update(
        status=IepStatus.FINAL, finalised=build.NOW, governs=DateRange(build.YEAR[0], date(2026, 10, 1))
    )
    assert student(load(here, provider)).transmittal_on is not None


def test_a_letter_counts_once_it_is_processed(here: Scene) -> None:
    provider = build.provider(Affiliation.RSA, at=here.school)
    letter = build.rsa_letter(here.mandate, provider)
    assert student(load(here, provider)).rsa_letter_on is None
    RsaLetter.objects.filter(pk=letter.pk).update(processed=datetime(2026, 11, 20, 9, tzinfo=NEW_YORK))
    assert student(load(here, provider)).rsa_letter_on == date(2026, 11, 20)
    assert student(load(here, build.provider(Affiliation.RSA, at=here.school))).rsa_letter_on is None


def test_the_first_attend_is_the_callers_own_accepted_one_of_this_year(here: Scene) -> None:
    accepted(build.provider(), here.mandate)
    accepted(here.provider, here.mandate, school_year=date(2025, 9, 4))
    accepted(here.provider, here.mandate, service=Service.COUNSELING)
    accepted(here.provider, here.mandate, language=Language.SPANISH)
    refusal(here.provider, student=here.mandate.student, language=Language.ENGLISH, session_on=TODAY)
    assert student(load(here)).first_attend is None
    mine = accepted(here.provider, here.mandate, session_on=YESTERDAY)
    assert student(load(here)).first_attend == FirstAttend(str(mine.confirmation), YESTERDAY)


@pytest.mark.parametrize(
    ("starts", "ends", "on", "mine"),
    [
        (YESTERDAY, TODAY, YESTERDAY - DAY, False),
        (YESTERDAY, TODAY, YESTERDAY, True),
        (YESTERDAY, TODAY, TODAY, True),
        (YESTERDAY - DAY, YESTERDAY, TODAY, False),
        (YESTERDAY, None, TODAY, True),
    ],
)
def test_who_is_assigned_is_asked_of_the_sessions_day(starts: date, ends: date | None, on: date, mine: bool) -> None:
    here = scene(assigned=False)
    build.assignment(here.provider, here.mandate, starts, ends)
    known = student(load(here, on=on))
    assert known.assigned_to_caller is mine
    assert known.mandates[0].assigned_to_caller is mine
    other = student(load(here, build.provider(at=here.school), on=on))
    assert (other.assigned_to_caller, other.assigned_to_other) == (False, mine)


def test_two_assigned_providers_each_see_themselves_and_the_other(here: Scene) -> None:
    build.assignment(build.provider(), here.mandate)
    known = student(load(here))
    assert (known.assigned_to_caller, known.assigned_to_other) == (True, True)


@pytest.mark.parametrize(("on", "governs"), [(TODAY - DAY, False), (TODAY, True)])
def test_an_iep_governs_from_its_first_day(here: Scene, on: date, governs: bool) -> None:
    Iep.objects.update(governs=DateRange(TODAY, None))
    assert student(load(here, on=on)).mandates[0].governs is governs


@pytest.mark.parametrize(("on", "governs"), [(YESTERDAY, True), (TODAY, False)])
def test_an_iep_governs_up_to_the_day_before_the_next(here: Scene, on: date, governs: bool) -> None:
    Iep.objects.update(governs=DateRange(build.YEAR[0], TODAY))
    assert student(load(here, on=on)).mandates[0].governs is governs


def test_drafts_are_not_looked_at(here: Scene) -> None:
    build.mandate(build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT), Service.COUNSELING)
    assert len(student(load(here)).mandates) == 1


def test_the_school_is_that_of_the_sessions_day_else_todays(here: Scene) -> None:
    Enrolment.objects.update(ends=YESTERDAY)
    now_at = build.school()
    Enrolment.objects.create(student=here.mandate.student, school=now_at, grade="3", starts=TODAY)
    assert load(here, on=YESTERDAY).school == here.school.pk
    assert load(here, on=TODAY).school == now_at.pk
    assert load(here, on=build.BEFORE - DAY).school == now_at.pk


def test_a_student_who_has_left_still_has_the_last_school(here: Scene) -> None:
    Enrolment.objects.update(ends=date(2026, 10, 1))
    assert load(here).school == here.school.pk


def test_closed_days_are_the_schools_own_and_everyones_within_the_year(here: Scene) -> None:
    everyone, own = date(2026, 11, 26), date(2026, 11, 27)
    CalendarDay.objects.create(date=everyone, kind=CalendarDay.Kind.HOLIDAY)
    CalendarDay.objects.create(date=own, kind=CalendarDay.Kind.CLOSED, school=here.school)
    CalendarDay.objects.create(date=date(2026, 12, 1), kind=CalendarDay.Kind.CLOSED, school=build.school())
    for outside in (build.YEAR[0] - DAY, build.YEAR[1] + DAY):
        CalendarDay.objects.create(date=outside, kind=CalendarDay.Kind.HOLIDAY)
    assert load(here).facts.closed_days == {everyone, own}


@pytest.mark.parametrize(
    ("on", "first_day"),
    [(date(2026, 9, 9), date(2025, 9, 4)), (date(2026, 9, 10), date(2026, 9, 10)), (date(2027, 7, 15), build.YEAR[0])],
)
def test_the_school_year_is_the_one_that_began_last(on: date, first_day: date) -> None:
    build.school_year()
    build.school_year(date(2025, 9, 4), date(2026, 6, 26))
    assert facts.school_year(on).first_day == first_day


def test_before_any_school_year_there_is_none() -> None:
    build.school_year()
    assert facts.school_year(build.YEAR[0]) == SchoolYearFacts(*build.YEAR)
    with pytest.raises(SchoolYear.DoesNotExist):
        facts.school_year(build.YEAR[0] - DAY)
