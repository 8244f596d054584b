"""The simulator: only in a demonstration, for looking by all and acting by those who do more than look."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from caseloads.actions import set_fault
from caseloads.kinds import DeliveryState, Fault, IepStatus, System
from caseloads.models import Breaker, ClockMove, Iep, SystemSetting
from orcs_portal.audit.models import Verb
from orcs_portal.shared import clock
from orcs_portal.shared.models import PeriodicRun
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
DAY = timedelta(days=1)
ACTS = {"advance": {"by": "1h"}, "fault": {"system": "sec", "mode": "off"}, "finalize": {"iep": "1"}}


def night(due: datetime, done: datetime | None = build.REAL) -> None:
    """Let CAP's night of a moment have begun, and be done unless told otherwise."""
    PeriodicRun.objects.create(task="cap-night", due=due, started=build.REAL, done=done)


def progress(answer: Any) -> bytes:  # noqa: ANN401 - the client's own answer
    """Return the bar of a move."""
    found = re.search(rb"<progress[^>]*>", answer.content)
    assert found
    return found[0]


def ids(fragment: bytes) -> list[str]:
    """Return the places into which the answer to a look is put."""
    return re.findall(r'id="([^"]+)" hx-swap-oob', fragment.decode())


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

    def test_the_log_tells_every_turn_of_a_knob_with_who_turned_it(self, people: Cast) -> None:
        for mode in ("off", "slow", "none"):
            people.owner.post("/simulator/fault/", {"system": "sec", "mode": mode})
        set_fault(system=System.CAP, fault=Fault.OFF, by=None, now=build.REAL, world=build.NOW)
        log = people.colleague.get(SIMULATOR).context["log"]
        caller = people.scene.provider.full_name
        assert [(one["text"], one["who"]) for one in log] == [
            ("Set CAP: Switched off.", "Command"),
            ("Set SEC: In order.", caller),
            ("Set SEC: Slow.", caller),
            ("Set SEC: Switched off.", caller),
        ]

    def test_the_log_tells_moves_nights_and_iep_made_final_each_at_its_time_and_names_no_student(
        self, people: Cast
    ) -> None:
        iep = draft(people)
        people.colleague.post("/simulator/finalize/", {"iep": iep.pk})
        mover = people.scene.provider.user
        ClockMove.objects.create(
            minutes=1440, asked=build.REAL, asked_by=mover, reached=build.NOW + DAY, done=build.REAL
        )
        night(build.NOW + DAY - timedelta(hours=4))
        night(build.NOW + 2 * DAY)
        clock.set_world(to=build.NOW + DAY, real=build.REAL)
        text = main(people.stranger.get(SIMULATOR))
        happened = [one["text"] for one in people.stranger.get(SIMULATOR).context["log"]]
        assert happened == [
            "Moved the clock on by a day.",
            "CAP worked through its calls.",
            "Finalized an IEP.",
        ]
        assert people.scene.provider.full_name in text
        assert people.scene.mandate.student.last_name not in text

    def test_the_log_holds_the_newest_only(self, people: Cast) -> None:
        for place in range(12):
            set_fault(
                system=System.SEC,
                fault=Fault.SLOW if place % 2 else Fault.OFF,
                by=None,
                now=build.REAL,
                world=build.NOW + timedelta(minutes=place),
            )
        log = people.owner.get(SIMULATOR).context["log"]
        assert [one["at"] for one in log] == [build.NOW + timedelta(minutes=place) for place in range(11, 3, -1)]

    def test_a_move_shows_how_many_of_its_nights_are_done(self, people: Cast) -> None:
        move = ClockMove.objects.create(minutes=10 * 1440, asked=build.REAL)
        assert people.owner.get(CLOCK).context["clock"]["percent"] is None
        move.reached = build.NOW + 10 * DAY
        move.save()
        night(build.NOW - DAY)
        night(build.NOW + 9 * DAY, done=None)
        answer = people.owner.get(CLOCK)
        assert answer.context["clock"]["percent"] is None
        assert b"value=" not in progress(answer)
        night(build.NOW + 3 * DAY)
        answer = people.owner.get(CLOCK)
        assert answer.context["clock"]["percent"] == 30
        assert b'value="30"' in progress(answer)

    def test_a_look_brings_the_counts_the_breaker_the_time_and_the_log(self, people: Cast) -> None:
        page = people.owner.get(SIMULATOR).content
        assert b'hx-get="/simulator/systems/"' in page
        delivery(accepted(people.scene.provider, build.mandated(people.scene.school)), System.SEC)
        Breaker.objects.create(system=System.SEC, silences=3, opened=build.REAL, probe=build.REAL + timedelta(hours=1))
        set_fault(system=System.SEC, fault=Fault.SLOW, by=None, now=build.REAL, world=build.NOW)
        before = records()
        look = people.owner.get("/simulator/systems/", headers={"HX-Request": "true"})
        text = words(look)
        assert (look.status_code, records()) == (200, before)
        assert "Silent 3 times; the next try is" in text
        assert "Set SEC: Slow." in text
        assert "Tue, Nov 24, 2026, 7:41 am" in text
        assert b'<span id="waiting-sec" hx-swap-oob="innerHTML">2</span>' in look.content
        for place in ids(look.content):
            assert f'id="{place}"'.encode() in page

    def test_a_look_of_who_sees_no_calls_brings_no_counts(self) -> None:
        assert b"waiting-sec" not in as_administrator().get("/simulator/systems/").content

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
        with django_assert_num_queries(25):  # type: ignore[operator] # pytest-django's fixture
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
