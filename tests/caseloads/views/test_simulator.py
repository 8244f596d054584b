"""The simulator: only in a demonstration, for looking by all and acting by those who do more than look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from caseloads.kinds import DeliveryState, Fault, IepStatus, System
from caseloads.models import ClockMove, Iep, SystemSetting
from orcs_portal.audit.models import Verb
from tests import build
from tests.caseloads.calls import accepted, delivery
from tests.caseloads.views.pages import all_rows, main, records, words
from tests.caseloads.views.people import (
    Cast,
    as_administrator,
    as_auditor,
    as_coordinator,
    as_nobody,
    as_orcs,
    as_provider,
)

SIMULATOR, CLOCK = "/simulator/", "/simulator/clock/"
ACTS = {"advance": {"by": "1h"}, "fault": {"system": "sec", "mode": "off"}, "finalize": {"iep": "1"}}


def draft(people: Cast) -> Iep:
    """Return a draft IEP of the student called for."""
    iep = build.iep(people.scene.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(iep, frequency=2)
    return iep


@pytest.mark.usefixtures("demo")
class TestInADemonstration:
    def test_everybody_with_a_role_may_look(self, people: Cast) -> None:
        clients = (people.owner, people.colleague, people.stranger, as_auditor(), as_orcs(), as_administrator())
        for client in clients:
            assert client.get(SIMULATOR).status_code == client.get(CLOCK).status_code == 200
        assert as_nobody().get(SIMULATOR).status_code == 404

    def test_an_auditor_looks_and_has_nothing_to_press(self, people: Cast) -> None:
        draft(people)
        client = as_auditor()
        answer = client.get(SIMULATOR)
        assert "You may look only" in main(answer)
        for path in ACTS:
            assert f'action="/simulator/{path}/"'.encode() not in answer.content
        for path, sent in ACTS.items():
            assert client.post(f"/simulator/{path}/", sent).status_code == 404
        assert not ClockMove.objects.exists()
        assert not SystemSetting.objects.exclude(fault=Fault.NONE).exists()

    @pytest.mark.parametrize(("by", "minutes"), [("1h", 60), ("night", 24 * 60), ("1w", 7 * 24 * 60)])
    def test_the_clock_is_asked_to_move_on(self, people: Cast, by: str, minutes: int) -> None:
        assert people.owner.post("/simulator/advance/", {"by": by}).headers["Location"] == SIMULATOR
        move = ClockMove.objects.get()
        assert (move.minutes, move.asked, move.asked_by) == (minutes, build.REAL, people.scene.provider.user)
        assert "Moving on to" in main(people.owner.get(SIMULATOR))

    def test_a_double_click_moves_one_night_and_says_that_it_is_moving(self, people: Cast) -> None:
        ClockMove.objects.create(minutes=1440, asked=build.REAL - timedelta(seconds=1))
        people.owner.post("/simulator/advance/", {"by": "night"})
        assert ClockMove.objects.count() == 1
        assert "The clock is moving already." in words(people.owner.get(SIMULATOR))

    @pytest.mark.parametrize("by", ["", "2y", "-1h", "\x00", "9" * 65536])
    def test_no_other_move_can_be_asked_for(self, people: Cast, by: str) -> None:
        assert people.owner.post("/simulator/advance/", {"by": by}).status_code == 404
        assert not ClockMove.objects.exists()

    def test_a_look_at_a_moving_clock_shows_it_and_the_one_after_loads_the_page(self, people: Cast) -> None:
        move = ClockMove.objects.create(minutes=60, asked=build.REAL)
        htmx = {"HX-Request": "true"}
        moving = people.owner.get(CLOCK, headers=htmx)
        assert b"hx-get" in moving.content
        assert "HX-Refresh" not in moving.headers
        move.reached, move.done = build.NOW, build.REAL
        move.save()
        still = people.owner.get(CLOCK, headers=htmx)
        assert still.headers["HX-Refresh"] == "true"
        assert b"hx-get" not in still.content

    @pytest.mark.parametrize("fault", list(Fault))
    def test_a_system_is_set_to_every_fault_and_the_page_says_so(self, people: Cast, fault: Fault) -> None:
        people.owner.post("/simulator/fault/", {"system": "sec", "mode": fault.slug})
        row = SystemSetting.objects.get(system=System.SEC)
        assert (row.fault, row.changed, row.changed_by) == (fault, build.NOW, people.scene.provider.user)
        text = words(people.owner.get(SIMULATOR))
        assert f"SEC: {fault.label.lower()}." in text
        assert f"Set SEC: {fault.label}." in text

    @pytest.mark.parametrize("sent", [{}, {"system": "sec"}, {"mode": "off"}, {"system": "\x00", "mode": "off"}])
    def test_half_a_knob_turns_nothing(self, people: Cast, sent: dict[str, str]) -> None:
        assert people.owner.post("/simulator/fault/", sent).status_code == 404
        assert not SystemSetting.objects.exclude(fault=Fault.NONE).exists()

    def test_what_waits_and_what_is_parked_are_the_rows_behind_the_numbers(self, people: Cast) -> None:
        for place in range(7):
            call = accepted(people.scene.provider, build.mandated(people.scene.school))
            parked = {"state": DeliveryState.PARKED, "reason": "Full", "failed": build.NOW}
            delivery(call, System.SEC, **(parked if place < 3 else {}))
        accepted(build.provider(), build.mandated(build.school(name="P.S. 904 The Fourth School")))
        for client in (people.owner, people.colleague, as_orcs(), as_auditor()):
            systems = client.get(SIMULATOR).context["systems"]
            assert [one["waiting"] for one in systems] == [1, 5, 1]
            assert [one["parked"] for one in systems] == [0, 3, 0]
            for one in systems:
                assert all_rows(client, one["waiting_url"]) == one["waiting"]
                assert all_rows(client, one["parked_url"]) == one["parked"]

    def test_who_sees_no_calls_is_shown_no_number_that_cannot_be_opened(self) -> None:
        answer = as_administrator().get(SIMULATOR)
        assert "Not yours to see" in main(answer)
        assert b'href="/calls/' not in answer.content

    def test_drafts_are_of_students_one_may_see_and_are_recorded(self, people: Cast) -> None:
        draft(people)
        assert people.scene.mandate.student.full_name in main(people.colleague.get(SIMULATOR))
        assert records()[-1] == ("simulator", [people.student], "The simulator's draft IEPs", Verb.SHOWN)
        before = records()
        for client in (people.stranger, people.neighbor):
            answer = client.get(SIMULATOR)
            assert answer.context["drafts"] == []
            assert "None among the students you may see." in main(answer)
        assert records() == before

    def test_a_draft_is_made_final_and_recorded(self, people: Cast) -> None:
        iep = draft(people)
        people.colleague.post("/simulator/finalize/", {"iep": iep.pk})
        iep.refresh_from_db()
        assert (iep.status, iep.finalised) == (IepStatus.FINAL, build.NOW)
        assert records()[-1] == ("simulator-finalize", [people.student], "Finalized an IEP", Verb.CHANGED)

    def test_a_second_click_says_that_it_is_final_already(self, people: Cast) -> None:
        iep = draft(people)
        for _ in range(2):
            people.colleague.post("/simulator/finalize/", {"iep": iep.pk})
        assert "This IEP is final already. Nothing was changed." in words(people.colleague.get(SIMULATOR))

    def test_a_strangers_draft_is_nothing(self, people: Cast) -> None:
        iep = draft(people)
        for client in (people.stranger, people.neighbor):
            assert client.post("/simulator/finalize/", {"iep": iep.pk}).status_code == 404
        iep.refresh_from_db()
        assert iep.status == IepStatus.DRAFT
        assert records() == []

    @pytest.mark.parametrize("iep", ["", "0", "-1", "x", "\x00", str(2**63), "9" * 5000])
    def test_an_absurd_draft_is_nothing(self, people: Cast, iep: str) -> None:
        assert people.colleague.post("/simulator/finalize/", {"iep": iep}).status_code == 404

    @pytest.mark.parametrize("number", [3, 12])
    def test_the_page_costs_the_same_whatever_it_lists(
        self, people: Cast, number: int, django_assert_num_queries: object
    ) -> None:
        for _ in range(number):
            iep = build.iep(build.student(people.scene.school), status=IepStatus.DRAFT)
            build.mandate(iep)
        with django_assert_num_queries(24):  # type: ignore[operator] # pytest-django's fixture
            assert len(people.colleague.get(SIMULATOR).context["drafts"]) == number


def test_outside_a_demonstration_it_does_not_exist(people: Cast, settings: Settings) -> None:
    assert settings.DEMO is False
    for client in (people.owner, people.colleague, as_orcs(), as_auditor(), as_administrator()):
        assert client.get(SIMULATOR).status_code == client.get(CLOCK).status_code == 404
        assert [client.post(f"/simulator/{path}/", sent).status_code for path, sent in ACTS.items()] == [404] * 3
    assert b"/simulator/" not in people.owner.get("/caseload/").content


def test_somebody_signed_out_is_asked_to_sign_in(db: None) -> None:
    assert Client().get(SIMULATOR).headers["Location"] == "/sign-in/?next=/simulator/"


@pytest.mark.parametrize("path", [f"/simulator/{act}/" for act in ACTS])
def test_acts_are_posts(people: Cast, path: str) -> None:
    assert as_coordinator(people.scene.school).get(path).status_code == 405
    assert as_provider(people.scene.provider).get(path).status_code == 405
