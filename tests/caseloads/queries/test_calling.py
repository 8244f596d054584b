"""What the first-call form knows before and after it is sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.kinds import FedBy, System
from caseloads.models import SystemSetting
from caseloads.queries import calling
from providers.kinds import Affiliation, Language, Role, Service
from providers.models import PolicySwitch
from providers.policy.verdict import Outcome
from tests import build
from tests.caseloads.calls import Scene, asked, call, scene
from tests.caseloads.propagation.queue import Clocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


def switch(starts: date, *, on: bool) -> None:
    """Set the hold from a day on."""
    PolicySwitch.objects.create(rule=13, starts=starts, on=on, reason="Test", set_at=build.NOW)


def test_a_nurse_and_an_independent_provider_under_the_hold_meet_a_closed_door() -> None:
    doors = {
        "therapist": calling.door(build.provider(), today=build.TODAY),
        "nurse": calling.door(build.provider(role=Role.NURSE), today=build.TODAY),
        "independent": calling.door(build.provider(Affiliation.RSA), today=build.TODAY),
    }
    assert {who: (door.call_due, door.held) for who, door in doors.items()} == {
        "therapist": (True, False),
        "nurse": (False, False),
        "independent": (True, True),
    }


def test_the_hold_began_with_its_last_switch_and_with_none_nobody_knows() -> None:
    assert calling.hold_since(build.TODAY) is None
    for starts, on in ((date(2026, 1, 1), True), (date(2026, 5, 1), False), (date(2026, 9, 1), True)):
        switch(starts, on=on)
    switch(date(2027, 1, 1), on=True)
    assert calling.hold_since(build.TODAY) == date(2026, 9, 1)


def test_the_check_shows_the_grade_and_school_of_the_sessions_day(here: Scene) -> None:
    seen = calling.preview(here.provider, asked(here.osis), now=build.NOW)
    shown = calling.checked(seen, asked(here.osis))
    assert (shown["student_name"], shown["grade"]) == (here.mandate.student.full_name, "grade 3")
    assert (shown["school"], shown["mandates"]) == (str(here.school), [here.mandate])
    assert (shown["language"], shown["language_asked"]) == ("English", False)


def test_a_preview_keeps_nothing(here: Scene, django_assert_num_queries: object) -> None:
    assert calling.preview(here.provider, asked(here.osis), now=build.NOW).verdict.outcome is Outcome.ACCEPTED
    assert not here.provider.calls.exists()


@pytest.mark.parametrize("starts", [build.YEAR[0], date(2026, 11, 30)])
def test_languages_are_those_of_the_mandates_the_verdict_goes_by(here: Scene, starts: date) -> None:
    document = build.iep(build.student(here.school), starts=starts)
    for language in (Language.SPANISH, Language.ENGLISH):
        build.mandate(document, language=language)
    build.mandate(document, Service.COUNSELING, Language.URDU)
    what = asked(document.student.osis)
    seen = calling.preview(here.provider, what, now=build.NOW)
    assert seen.verdict.field == "language"
    assert calling.languages_of(seen, what) == (Language.ENGLISH, Language.SPANISH)


def test_a_student_who_is_not_found_has_no_languages(here: Scene) -> None:
    seen = calling.preview(here.provider, asked(999_999_999), now=build.NOW)
    assert calling.languages_of(seen, asked(999_999_999)) == ()


def test_what_is_promised_is_tomorrow_morning_for_cap_and_two_days_for_the_caseload(here: Scene) -> None:
    promised = calling.promises(build.NOW)
    cap, sec, caseload = promised
    assert [one.place for one in promised] == ["CAP", "SEC", "Your caseload"]
    assert cap.by.date() == date(2026, 11, 25)
    assert caseload.by == build.NOW + timedelta(hours=48)
    assert cap.by < sec.by
    assert calling.sent_to(promised) == "all three systems"


def test_a_promise_is_what_the_system_says_when_it_takes_the_call(here: Scene) -> None:
    made = call(here.provider, asked(here.osis)).call
    assert made is not None
    for system in System:
        Clocks().drain(system)
    told = [one.expected for one in made.deliveries.order_by("system")]
    assert told == [one.by for one in calling.promises(build.NOW)]


@pytest.mark.parametrize(
    ("read", "to"),
    [
        ([System.CAP], "SEC and SESIS"),
        ([System.SEC, System.SESIS], "CAP"),
        (list(System), ""),
    ],
)
def test_a_system_that_is_read_from_extracts_is_not_sent_to(here: Scene, read: list[System], to: str) -> None:
    lag = {"lag_min": 0, "lag_max": 0, "lag_promise": 90}
    SystemSetting.objects.filter(system__in=read).update(fed_by=FedBy.EXTRACTS, **lag)
    promised = calling.promises(build.NOW)
    assert calling.sent_to(promised) == to
    assert [System(place) for place, one in enumerate(promised, start=1) if not one.sent] == read
    assert {one.by for one in promised if not one.sent} == {build.NOW + timedelta(minutes=90)}


def test_access_is_missing_for_who_has_none_at_this_school(here: Scene) -> None:
    without = build.provider(at=here.school, access=False)
    later = build.provider(at=here.school, access=False)
    build.give_access(later, here.school, opened=build.NOW + timedelta(minutes=1))
    assert calling.access_note(here.provider, here.school.pk, now=build.NOW) == ""
    for one in (without, later):
        assert "(R6)" in calling.access_note(one, here.school.pk, now=build.NOW)
    elsewhere = build.school(name="P.S. 901 Elsewhere")
    assert calling.access_note(here.provider, elsewhere.pk, now=build.NOW)
