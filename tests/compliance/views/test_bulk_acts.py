"""Acting on ticked rows and on whole causes in the list's own form, and undoing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.kinds import Code, Handling, Owner, State
from compliance.mismatches.narrowing import write_moment
from compliance.models import Finding, FindingEvent
from tests import build
from tests.caseloads.views.pages import carried, main, records, words
from tests.caseloads.views.people import as_auditor, as_orcs
from tests.compliance import build as rows
from tests.compliance.views.floor import LOOK_AGAIN, Floor, all_ids, fresh, ticked

WHOLE = {"cause": "CAP_FIELD_DIFFERS", "list": "tab=open", "sent": "bar", "look_again": LOOK_AGAIN}
HAND_OVER, ASSIGN, TAKE_BACK = "/mismatches/hand-over/", "/mismatches/assign/", "/mismatches/take-back/"


@pytest.fixture
def items(floor: Floor) -> list[Finding]:
    return [rows.differing(build.mandated(floor.school)) for _ in range(5)]


def send(client: Client, url: str, data: dict[str, Any]) -> Any:  # noqa: ANN401 - the client's own answer
    return client.post(url, data, follow=True)


def test_ticked_items_are_handed_over_and_the_others_stay(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.me, HAND_OVER, ticked(*items[:2]))
    assert answer.request["PATH_INFO"] == "/mismatches/"
    assert [fresh(one).state for one in items] == [State.HANDED_OVER] * 2 + [State.OPEN] * 3
    said = words(answer).replace("\xa0", " ")
    assert "Handed over 2 items to the CAP-authorized office. Look again Tue, Dec 1. Undo until 7:51 am." in said


def test_a_ticked_cause_is_all_its_items_shown_or_not(floor: Floor, items: list[Finding]) -> None:
    assert len(floor.me.get("/mismatches/?tab=open").context["groups"][0]["rows"]) == 3
    send(
        floor.me, HAND_OVER, {"cause": "CAP_FIELD_DIFFERS", "list": "tab=open", "sent": "bar", "look_again": LOOK_AGAIN}
    )
    assert {fresh(one).state for one in items} == {State.HANDED_OVER}


def test_a_ticked_cause_keeps_to_the_lists_filters_and_tab(floor: Floor, items: list[Finding]) -> None:
    rows.changed(items[0], assigned_to=floor.user)
    rows.changed(items[1], due=build.TODAY)
    for query, expected in (("tab=mine", {0}), ("tab=unassigned&age=today", {1})):
        send(floor.me, HAND_OVER, WHOLE | {"list": query})
        handed = {place for place, one in enumerate(items) if fresh(one).state == State.HANDED_OVER}
        assert handed == expected
        Finding.objects.update(handling=Handling.NONE, handed_to=None, look_again=None, handled=None, handled_by=None)


def test_what_came_after_the_page_was_made_is_not_meant(floor: Floor, items: list[Finding]) -> None:
    shown = build.NOW - timedelta(hours=1)
    late = rows.changed(items[0], opened=build.NOW - timedelta(minutes=5))
    send(floor.me, HAND_OVER, WHOLE | {"shown": write_moment(shown)})
    assert fresh(late).state == State.OPEN
    assert fresh(items[1]).state == State.HANDED_OVER


def test_the_button_of_a_cause_means_that_cause_alone(floor: Floor, items: list[Finding]) -> None:
    other = rows.on_line(Code.CAP_NOT_ON_IEP, build.mandated(floor.school))
    page = floor.me.get("/mismatches/?tab=open")
    hidden = carried(page, HAND_OVER)
    answer = floor.me.post(HAND_OVER, hidden | {"only": "CAP_FIELD_DIFFERS"})
    assert answer.status_code == 200
    assert "Hand over 5 items" in main(answer)
    assert "Error" not in words(answer)
    form = carried(answer, HAND_OVER)
    assert form["only"] == "CAP_FIELD_DIFFERS"
    send(floor.me, HAND_OVER, form | {"look_again": LOOK_AGAIN, "note": "All at once"})
    assert {fresh(one).state for one in items} == {State.HANDED_OVER}
    assert fresh(other).state == State.OPEN
    assert {one.note for one in FindingEvent.objects.all()} == {"All at once"}


def test_a_mix_goes_to_each_ones_owner_and_asks_for_the_ticket_first(floor: Floor, items: list[Finding]) -> None:
    desk = rows.on_line(Code.SEC_STALE, build.mandated(floor.school))
    own = rows.on_line(Code.VACANCY_NOT_REPORTED, build.mandated(floor.school))
    answer = floor.me.post(HAND_OVER, ticked(items[0], desk, own))
    assert answer.status_code == 422
    page = main(answer)
    assert "Enter the ticket number that the help desk gave you" in page
    assert "Hand over 2 items" in page
    assert "Coordinator 1 item, not handed over: it is the school's own to do" in page
    assert fresh(items[0]).state == State.OPEN
    done = send(floor.me, HAND_OVER, ticked(items[0], desk, own, ticket="INC-7"))
    assert (fresh(items[0]).handed_to, fresh(desk).handed_to) == (Owner.CAP_OFFICE, Owner.HELP_DESK)
    assert (fresh(items[0]).ticket, fresh(desk).ticket) == ("", "INC-7")
    assert fresh(own).state == State.OPEN
    assert "to the CAP-authorized office and the SESIS Help Desk" in words(done)
    assert "1 is nothing for that and stayed as it stood." in words(done)


def test_what_is_all_the_schools_own_is_said_so(floor: Floor) -> None:
    own = rows.on_line(Code.VACANCY_NOT_REPORTED, build.mandated(floor.school))
    assert "These items are yours to do" in words(send(floor.me, HAND_OVER, ticked(own)))


@pytest.mark.parametrize("url", [HAND_OVER, ASSIGN, TAKE_BACK])
@pytest.mark.parametrize("item", ["", "x", ":", "12", "999999:abc", "\x00:1", "9" * 30 + ":1"])
def test_nothing_ticked_is_said_so(floor: Floor, items: list[Finding], url: str, item: str) -> None:
    data = {"item": [item], "list": "tab=open", "sent": "bar", "look_again": LOOK_AGAIN, "to": "nobody"}
    answer = send(floor.me, url, data)
    assert answer.status_code == 200
    assert "Tick at least one item first. Nothing was changed." in words(answer)
    assert not FindingEvent.objects.exists()


def test_of_ticked_items_those_that_changed_meanwhile_stay_and_are_counted(floor: Floor, items: list[Finding]) -> None:
    form = ticked(*items)
    rows.changed(fresh(items[0]), **rows.settled())
    rows.changed(fresh(items[1]), assigned_to=floor.colleague)
    said = words(send(floor.me, HAND_OVER, form))
    assert "Handed over 3 items" in said
    assert "1 had been changed by somebody meanwhile and stayed as it stood." in said
    assert "1 had settled by itself meanwhile and stayed as it stood." in said
    assert fresh(items[0]).handling == Handling.NONE


def test_where_all_of_them_changed_nothing_is_done_and_nothing_can_be_undone(
    floor: Floor, items: list[Finding]
) -> None:
    form = ticked(*items)
    Finding.objects.update(assigned_to=floor.colleague)
    answer = send(floor.me, HAND_OVER, form)
    assert "Nothing was changed. 5 had been changed by somebody meanwhile and stayed as they stood." in words(answer)
    assert b'action="/mismatches/undo/"' not in answer.content


def test_items_are_given_to_somebody_together(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.me, ASSIGN, ticked(*items[:3], to=str(floor.colleague.pk)))
    assert [fresh(one).assigned_to for one in items] == [floor.colleague] * 3 + [None] * 2
    assert "Gave 3 items to Jo Petrossian." in words(answer)
    answer = send(floor.me, ASSIGN, ticked(*items[3:], to="999999"))
    assert "Choose somebody who works at the school of the item. Nothing was changed." in words(answer)
    assert fresh(items[3]).assigned_to is None


def test_items_are_taken_back_together(floor: Floor) -> None:
    handed = [rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user)) for _ in range(3)]
    page = floor.me.get("/mismatches/?tab=handed-over")
    assert b'formaction="/mismatches/take-back/"' in page.content
    send(floor.me, TAKE_BACK, ticked(*handed, list="tab=handed-over"))
    assert {fresh(one).state for one in handed} == {State.OPEN}


def test_undo_takes_the_whole_act_back(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.me, HAND_OVER, ticked(*items))
    (message,) = answer.context["messages"]
    again = send(floor.me, "/mismatches/undo/", {"act": message.extra_tags, "next": "/mismatches/?tab=open"})
    assert "Put back 5 items." in words(again)
    assert len(all_ids(floor.me, "/mismatches/?tab=unassigned")) == 5


def test_an_act_that_cannot_be_undone_any_more_says_so(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.me, HAND_OVER, ticked(*items))
    (message,) = answer.context["messages"]
    FindingEvent.objects.update(at=build.NOW - timedelta(minutes=11))
    again = send(floor.me, "/mismatches/undo/", {"act": message.extra_tags})
    assert "It cannot be undone any more" in words(again)
    assert {fresh(one).state for one in items} == {State.HANDED_OVER}


def test_nobody_undoes_what_somebody_else_did(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.me, HAND_OVER, ticked(*items))
    (message,) = answer.context["messages"]
    send(as_orcs(), "/mismatches/undo/", {"act": message.extra_tags})
    assert {fresh(one).state for one in items} == {State.HANDED_OVER}


def test_a_stranger_acts_on_nothing_and_an_auditor_has_no_such_door(floor: Floor, items: list[Finding]) -> None:
    answer = send(floor.stranger, HAND_OVER, ticked(*items))
    assert "Tick at least one item first" in words(answer)
    for url in (HAND_OVER, ASSIGN, TAKE_BACK, "/mismatches/undo/"):
        assert as_auditor().post(url, ticked(*items)).status_code == 404
    assert {fresh(one).state for one in items} == {State.OPEN}


def test_the_record_names_whose_items_were_changed(floor: Floor, items: list[Finding]) -> None:
    floor.me.post(HAND_OVER, ticked(*items[:2]))
    (kept,) = records()
    assert kept[0] == "mismatches-hand-over"
    assert kept[1] == sorted(one.student_id for one in items[:2] if one.student_id)


def test_enter_in_the_bar_hands_over_what_is_ticked_and_never_a_whole_cause(floor: Floor, items: list[Finding]) -> None:
    page = floor.me.get("/mismatches/?tab=open").content.decode()
    queue = page[page.index('<form id="queue"') :]
    queue = queue[: queue.index("</form>")]
    buttons = [part.split(">")[0] for part in queue.split("<button")[1:]]
    own = [one for one in buttons if 'form="one-cause"' not in one]
    assert 'name="sent"' in own[0]
    assert all('name="only"' not in one for one in own)


def test_a_city_full_of_one_cause_is_handed_over_at_once(
    floor: Floor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mandates = [build.mandated(floor.school) for _ in range(120)]
    for mandate in mandates:
        rows.differing(mandate)
    orcs = as_orcs()
    with django_assert_max_num_queries(30):
        orcs.post(HAND_OVER, WHOLE)
    assert Finding.objects.filter(state=State.HANDED_OVER).count() == 120
