"""What is kept of a call, and what is answered and not kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.confirmation import is_number, is_reference
from caseloads.kinds import DeliveryState, Origin, Outcome, System
from caseloads.models import Call, Delivery, Enrolment
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Language, Role, Service
from providers.models import CalendarDay, PolicySwitch, Provider
from providers.policy import verdict as policy
from tests import build
from tests.caseloads.calls import Scene, asked, call, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def here() -> Scene:
    return scene()


def kept(provider: Provider, osis: int, service: Service = Service.SPEECH) -> Call:
    """Record a call of today that is kept, and return it as stored."""
    recorded = call(provider, asked(osis, service=service))
    assert recorded.call is not None
    return Call.objects.get(pk=recorded.call.pk)


def test_an_accepted_call_says_all_of_itself(here: Scene) -> None:
    row = kept(here.provider, here.osis)
    assert (row.outcome, row.origin) == (Outcome.ACCEPTED, Origin.FORM)
    assert (row.provider, row.student, row.school) == (here.provider, here.mandate.student, here.school)
    assert (row.service, row.language, row.mandates) == (Service.SPEECH, Language.ENGLISH, [here.mandate.pk])
    assert (row.session_on, row.school_year) == (build.TODAY, build.YEAR[0])
    assert (row.received, row.recorded) == (build.NOW, build.REAL)
    assert (row.rule, row.said, row.form_token, row.form_digest) == ("", {}, None, "")
    assert (row.other_provider, row.on_holiday) == (False, False)


def test_an_accepted_call_gets_a_number_and_three_deliveries(here: Scene) -> None:
    """R2: one to each system, waiting since now and due at once."""
    row = kept(here.provider, here.osis)
    assert is_number(str(row.confirmation))
    assert row.reference is None
    rows = list(row.deliveries.order_by("system"))
    assert [one.system for one in rows] == list(System)
    for one in rows:
        assert (one.state, one.attempts, one.alone) == (DeliveryState.WAITING, 0, False)
        assert (one.queued, one.due) == (build.REAL, build.REAL)
        assert (one.student, one.service) == (here.mandate.student, Service.SPEECH)
        assert (one.expected, one.shown, one.delivered) == (None, None, None)


def test_an_accepted_call_touches_its_student(here: Scene) -> None:
    kept(here.provider, here.osis)
    row = Touched.objects.get()
    assert (row.kind, row.subject_id, row.at) == (Touched.Kind.STUDENT, here.mandate.student_id, build.NOW)


def test_a_premature_call_is_stored_and_refused_and_never_sent(here: Scene) -> None:
    """R8: with the rule, in plain words, and with a day to look again."""
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    row = kept(provider, here.osis)
    assert (row.outcome, row.rule, row.confirmation) == (Outcome.REFUSED, "R8", None)
    assert is_reference(str(row.reference))
    assert (row.student, row.mandates, row.language) == (here.mandate.student, [here.mandate.pk], Language.ENGLISH)
    assert not Delivery.objects.exists()
    assert set(row.said) == {"headline", "reason", "who_acts", "what_then", "meanwhile", "look_again"}
    assert row.said["headline"]


@pytest.mark.parametrize(
    ("closed", "again"),
    [
        ([], "2026-11-26"),
        ([date(2026, 11, 26)], "2026-11-27"),
        ([date(2026, 11, 26), date(2026, 11, 27)], "2026-11-30"),
    ],
)
def test_the_day_to_look_again_counts_school_days(here: Scene, closed: list[date], again: str) -> None:
    """Called on a Tuesday: two school days later is Thursday, after a long Thanksgiving the Monday."""
    for day in closed:
        CalendarDay.objects.create(date=day, kind=CalendarDay.Kind.HOLIDAY)
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    assert kept(provider, here.osis).said["look_again"] == again


def test_a_nurses_call_is_stored_without_a_student(here: Scene) -> None:
    """R1: said before any student is looked at."""
    row = kept(build.provider(role=Role.NURSE, at=here.school), here.osis)
    assert (row.outcome, row.rule, row.student, row.mandates) == (Outcome.REFUSED, "R1", None, [])
    assert row.said["look_again"] == ""
    assert not Touched.objects.exists()


def test_an_independent_provider_under_the_hold_is_stored_without_a_student(here: Scene) -> None:
    """R13, even for a number that nobody has."""
    provider = build.provider(Affiliation.RSA, at=here.school)
    for osis in (here.osis, 999_999_999):
        row = kept(provider, osis)
        assert (row.outcome, row.rule, row.student) == (Outcome.REFUSED, "R13", None)
    assert not Delivery.objects.exists()


def test_with_the_hold_lifted_a_letter_opens_the_gate(here: Scene) -> None:
    PolicySwitch.objects.create(rule=13, starts=build.BEFORE, on=False, reason="Lifted", set_at=build.REAL)
    provider = build.provider(Affiliation.RSA, at=here.school)
    assert kept(provider, here.osis).rule == "R8"
    build.rsa_letter(here.mandate, provider, processed=build.NOW - DAY)
    assert kept(provider, here.osis).outcome == Outcome.ACCEPTED


def test_a_call_without_a_mandate_waits_unlinked_with_a_reference(here: Scene) -> None:
    row = kept(here.provider, here.osis, Service.COUNSELING)
    assert (row.outcome, row.confirmation, row.mandates) == (Outcome.UNLINKED, None, [])
    assert is_reference(str(row.reference))
    assert (row.student, row.school) == (here.mandate.student, here.school)
    assert row.said["headline"]
    assert not Delivery.objects.exists()
    assert Touched.objects.count() == 1


@pytest.mark.parametrize(
    ("osis", "on", "field"),
    [
        (999_999_999, build.TODAY, "osis"),
        (None, build.TODAY + DAY, "session_on"),
        (None, build.YEAR[0] - DAY, "session_on"),
    ],
)
def test_what_can_be_corrected_is_answered_and_leaves_nothing(
    here: Scene, osis: int | None, on: date, field: str
) -> None:
    recorded = call(here.provider, asked(osis or here.osis, on))
    assert recorded.call is None
    assert recorded.verdict is not None
    assert (recorded.verdict.outcome, recorded.verdict.field) == (policy.Outcome.CORRECT, field)
    assert not Call.objects.exists()
    assert not Delivery.objects.exists()
    assert not Touched.objects.exists()


def test_a_repeat_hears_the_first_number_and_the_first_date(here: Scene) -> None:
    first = kept(here.provider, here.osis)
    again = call(here.provider, asked(here.osis, build.TODAY - DAY), now=build.NOW + DAY)
    assert again.repeated
    assert again.call == first
    assert again.verdict is not None
    assert again.verdict.first is not None
    assert (again.verdict.first.confirmation, again.verdict.first.session_on) == (first.confirmation, build.TODAY)
    assert (Call.objects.count(), Delivery.objects.count(), Touched.objects.count()) == (1, 3, 1)


def test_a_new_school_year_brings_a_new_first_attend(here: Scene) -> None:
    kept(here.provider, here.osis)
    build.school_year(date(2027, 9, 9), date(2028, 6, 26))
    later = call(here.provider, asked(here.osis, date(2027, 9, 13)), now=build.NOW.replace(year=2027, month=9, day=13))
    assert not later.repeated
    assert Call.objects.filter(outcome=Outcome.ACCEPTED).count() == 2


def test_another_language_of_the_service_is_another_first_attend(here: Scene) -> None:
    line = build.mandate(here.mandate.iep, Service.SPEECH, Language.SPANISH)
    build.assignment(here.provider, line)
    unsaid = call(here.provider, asked(here.osis))
    assert unsaid.verdict is not None
    assert unsaid.verdict.field == "language"
    for language in (Language.ENGLISH, Language.SPANISH):
        assert not call(here.provider, asked(here.osis, language=language)).repeated
    assert Call.objects.filter(outcome=Outcome.ACCEPTED).count() == 2


def test_a_call_marks_the_callers_lines_of_both_settings(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    build.mandate(here.mandate.iep, Service.COUNSELING)
    build.assignment(here.provider, alone)
    assert kept(here.provider, here.osis).mandates == [here.mandate.pk, alone.pk]


def test_a_call_marks_the_callers_line_alone_where_the_other_is_not_theirs(here: Scene) -> None:
    build.assignment(build.provider(), build.mandate(here.mandate.iep, group_size=1))
    assert kept(here.provider, here.osis).mandates == [here.mandate.pk]


def test_a_call_marks_all_lines_where_none_is_the_callers(here: Scene) -> None:
    """The other provider's assignment is left alone, and the call is marked for the coordinator."""
    alone = build.mandate(here.mandate.iep, group_size=1)
    row = kept(build.provider(at=here.school), here.osis)
    assert row.mandates == [here.mandate.pk, alone.pk]
    assert row.other_provider


def test_a_call_on_a_day_without_school_is_accepted_and_marked(here: Scene) -> None:
    CalendarDay.objects.create(date=build.TODAY, kind=CalendarDay.Kind.STAFF_ONLY)
    row = kept(here.provider, here.osis)
    assert (row.outcome, row.on_holiday) == (Outcome.ACCEPTED, True)


def test_a_call_belongs_to_the_school_of_the_sessions_day(here: Scene) -> None:
    """The student changed schools in between; the session was at the old one."""
    Enrolment.objects.update(ends=build.TODAY - DAY)
    Enrolment.objects.create(student=here.mandate.student, school=build.school(), grade="3", starts=build.TODAY)
    recorded = call(here.provider, asked(here.osis, build.TODAY - DAY))
    assert recorded.call is not None
    assert recorded.call.school == here.school
