"""Acts on one item's page: what each does, what is refused, and what happens to a stale tab."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from compliance.kinds import Code, EventKind, Handling, State
from compliance.mismatches import offices
from compliance.mismatches.offices import CannotAnswer
from compliance.mismatches.seen import mark_of
from compliance.models import Finding, FindingEvent
from orcs_portal.audit.models import Verb
from providers.models import CalendarDay
from tests import build
from tests.caseloads.calls import accepted
from tests.caseloads.views.pages import main, records, words
from tests.caseloads.views.people import as_agency, as_auditor, as_orcs
from tests.compliance import build as rows
from tests.compliance.views.floor import LOOK_AGAIN, Floor, fresh

ACTS = ("hand-over", "assign", "take-back", "acknowledge", "comment")


@pytest.fixture
def item(floor: Floor) -> Finding:
    return rows.differing(build.mandated(floor.school))


def form(item: Finding, **more: Any) -> dict[str, Any]:
    """Return what the page's forms send, all of them in one."""
    whole = {"mark": mark_of(item), "look_again": LOOK_AGAIN, "note": "", "reason": "Known", "to": "nobody"}
    return whole | more


def act(client: Client, item: Finding, name: str, **more: Any) -> Any:  # noqa: ANN401 - the client's own answer
    """Send a form of the page, and return the page that it leads to."""
    return client.post(f"/mismatches/{item.pk}/{name}/", form(item, **more), follow=True)


def test_handing_over_leads_back_to_the_item_and_says_to_whom_with_an_undo(floor: Floor, item: Finding) -> None:
    answer = act(floor.me, item, "hand-over", note="The IEP is attached")
    assert fresh(item).state == State.HANDED_OVER
    page = words(answer).replace("\xa0", " ")
    assert "Handed over 1 item to the CAP-authorized office. Look again Tue, Dec 1. Undo until 7:51 am." in page
    assert b'action="/mismatches/undo/"' in answer.content
    assert [(one[0], one[3]) for one in records()] == [("mismatch-hand-over", Verb.CHANGED), ("mismatch", Verb.SHOWN)]


def test_undo_puts_the_item_back_and_leads_to_the_page_it_was_pressed_on(floor: Floor, item: Finding) -> None:
    act(floor.me, item, "hand-over")
    done = FindingEvent.objects.latest("id").told["act"]
    where = f"/mismatches/{item.pk}/"
    answer = floor.me.post("/mismatches/undo/", {"act": done, "next": where}, follow=True)
    assert answer.request["PATH_INFO"] == where
    assert "Put back 1 item." in words(answer)
    assert fresh(item).state == State.OPEN


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", ""])
def test_undo_leads_nowhere_else(floor: Floor, item: Finding, target: str) -> None:
    act(floor.me, item, "hand-over")
    done = FindingEvent.objects.latest("id").told["act"]
    answer = floor.me.post("/mismatches/undo/", {"act": done, "next": target})
    assert answer.headers["Location"] == "/mismatches/?tab=open"


def test_what_the_help_desk_gets_needs_its_ticket(floor: Floor) -> None:
    row = rows.on_line(Code.SEC_STALE, build.mandated(floor.school))
    answer = act(floor.me, row, "hand-over", ticket=" ")
    assert answer.status_code == 422
    assert "Enter the ticket number that the help desk gave you" in main(answer)
    assert "Error: " in words(answer)
    assert fresh(row).state == State.OPEN
    act(floor.me, row, "hand-over", ticket="INC-7")
    assert fresh(row).ticket == "INC-7"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Choose the day on which you look again"),
        ("soon", "Enter the day to look again as month, day and year"),
        ("11/23/2026", "Choose a day to look again that is not over"),
        ("11/28/2026", "there is no school on that day"),
        ("07/01/2027", "Choose a day of this school year, which ends on June 25"),
    ],
)
def test_the_day_to_look_again_is_a_school_day_that_is_not_over(
    floor: Floor, item: Finding, day: str, said: str
) -> None:
    answer = act(floor.me, item, "hand-over", look_again=day, note="Kept what was typed")
    assert answer.status_code == 422
    assert said in main(answer)
    assert "Kept what was typed" in answer.content.decode()
    assert fresh(item).state == State.OPEN


def test_a_holiday_of_the_school_is_no_day_to_look_again(floor: Floor, item: Finding) -> None:
    CalendarDay.objects.create(date="2026-12-01", kind=CalendarDay.Kind.CLOSED, school=floor.school)
    assert act(floor.me, item, "hand-over").status_code == 422


@pytest.mark.parametrize("day", ["11/24/2026", "2026-12-01", "12/1/26", "06/25/2027"])
def test_today_and_any_later_school_day_is(floor: Floor, item: Finding, day: str) -> None:
    assert act(floor.me, item, "hand-over", look_again=day).status_code == 200
    assert fresh(item).state == State.HANDED_OVER


def test_an_item_goes_to_me_to_a_colleague_and_to_nobody(floor: Floor, item: Finding) -> None:
    act(floor.me, item, "assign", to=str(floor.user.pk))
    assert fresh(item).assigned_to == floor.user
    answer = act(floor.me, fresh(item), "assign", to=str(floor.colleague.pk))
    assert fresh(item).assigned_to == floor.colleague
    assert "Gave 1 item to Jo Petrossian." in words(answer)
    act(floor.me, fresh(item), "assign", to="nobody")
    assert fresh(item).assigned_to is None


@pytest.mark.parametrize("to", ["", "0", "999999", "x", "\x00"])
def test_an_item_goes_to_nobody_elsewhere(floor: Floor, item: Finding, to: str) -> None:
    answer = act(floor.me, item, "assign", to=to)
    assert answer.status_code == 422
    assert fresh(item).assigned_to is None
    stranger = rows.differing(build.mandated(build.school("24Q912"))).school
    assert stranger is not None


def test_orcs_takes_an_item_itself_or_gives_it_to_the_school(floor: Floor, item: Finding) -> None:
    orcs = as_orcs()
    choices = orcs.get(f"/mismatches/{item.pk}/").context["forms"]["assign"].fields["to"].choices
    assert [label for _, label in choices] == ["Me", "Dana Okonkwo", "Jo Petrossian", "Nobody"]
    act(orcs, item, "assign", to=choices[0][0])
    assert fresh(item).assigned_to is not None


def test_taking_back_and_acknowledging(floor: Floor, item: Finding) -> None:
    act(floor.me, item, "hand-over")
    act(floor.me, fresh(item), "take-back")
    assert fresh(item).state == State.OPEN
    call = accepted(build.provider(at=floor.school), build.mandated(floor.school))
    fact = rows.on_call(Code.WRONG_PROVIDER, call)
    answer = act(floor.me, fact, "acknowledge", reason="She stood in")
    assert fresh(fact).state == State.ACKNOWLEDGED
    assert "Dana Okonkwo acknowledged this: She stood in" in main(answer)


def test_acknowledging_needs_a_reason(floor: Floor) -> None:
    call = accepted(build.provider(at=floor.school), build.mandated(floor.school))
    fact = rows.on_call(Code.WRONG_PROVIDER, call)
    answer = act(floor.me, fact, "acknowledge", reason="  ")
    assert answer.status_code == 422
    assert "Say why it may stay as it is" in main(answer)
    assert fresh(fact).state == State.OPEN


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2001, "nul\x00"])
def test_a_note_needs_words_and_has_an_end(floor: Floor, item: Finding, note: str) -> None:
    assert act(floor.me, item, "comment", note=note).status_code == 422
    assert not FindingEvent.objects.exists()


def test_a_note_with_markup_is_kept_and_shown_as_text(floor: Floor, item: Finding) -> None:
    answer = act(floor.me, item, "comment", note="<img src=x onerror=alert(1)> & so on")
    assert FindingEvent.objects.get().note == "<img src=x onerror=alert(1)> & so on"
    assert b"&lt;img src=x onerror=alert(1)&gt; &amp; so on" in answer.content
    assert "The note is kept." in words(answer)


def test_a_note_is_kept_of_an_item_that_has_settled_and_from_a_stale_tab(floor: Floor, item: Finding) -> None:
    act(floor.me, item, "comment", note="One", mark="stale")
    rows.changed(item, **rows.settled())
    act(floor.me, item, "comment", note="Two")
    assert FindingEvent.objects.filter(kind=EventKind.COMMENTED).count() == 2


@pytest.mark.parametrize("name", [one for one in ACTS if one != "comment"])
def test_an_item_that_closed_under_ones_hands_stays_closed_and_is_said_so(
    floor: Floor, item: Finding, name: str
) -> None:
    mark = mark_of(item)
    rows.changed(fresh(item), **rows.settled())
    answer = act(floor.me, item, name, mark=mark)
    assert fresh(item).handling == Handling.NONE
    assert not FindingEvent.objects.exists()
    page = words(answer)
    assert "Nothing was changed. Look at how it stands now." in page
    assert "1 had settled by itself meanwhile and stayed as it stood." in page
    assert "This settled by itself" in page


@pytest.mark.parametrize("name", ["hand-over", "assign"])
def test_a_stale_tab_changes_nothing_and_shows_how_it_stands_now(floor: Floor, item: Finding, name: str) -> None:
    mark = mark_of(item)
    rows.changed(fresh(item), assigned_to=floor.colleague)
    answer = act(floor.me, item, name, mark=mark, to=str(floor.user.pk))
    assert fresh(item).assigned_to == floor.colleague
    assert "had been changed by somebody meanwhile" in words(answer)
    assert "Jo Petrossian has it" in main(answer)


@pytest.mark.parametrize("name", ACTS)
def test_a_double_click_acts_once(floor: Floor, item: Finding, name: str) -> None:
    mark = mark_of(item)
    data = {"mark": mark, "note": "Once", "to": str(floor.user.pk)}
    for _ in range(2):
        act(floor.me, item, name, **data)
    kinds = FindingEvent.objects.values_list("kind", flat=True)
    assert len(kinds) == {"take-back": 0, "acknowledge": 0}.get(name, 1)


@pytest.mark.parametrize("name", [*ACTS, "answer"])
def test_a_stranger_an_auditor_and_an_agency_act_on_nothing(
    floor: Floor, name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(offices, "_open", [lambda **_asked: "Done."])
    agency = build.agency()
    row = rows.on_line(Code.AGENCY_NOT_STARTED, build.mandated(floor.school), agency=agency)
    for client in (floor.stranger, as_auditor(), as_agency(agency)):
        assert client.post(f"/mismatches/{row.pk}/{name}/", form(row)).status_code == 404
    assert fresh(row).handling == Handling.NONE
    assert not FindingEvent.objects.exists()


def test_the_office_answers_and_what_it_did_stands_in_the_timeline(
    floor: Floor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    asked: list[dict[str, Any]] = []

    def correct(**one: Any) -> str:
        asked.append(one)
        return "The office corrected CAP."

    monkeypatch.setattr(offices, "_open", [correct])
    row = rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    answer = act(floor.me, row, "answer")
    assert "The office corrected CAP." in words(answer)
    assert "Dana Okonkwo let the office answer: The office corrected CAP." in main(answer)
    assert (asked[0]["finding"], asked[0]["by"], asked[0]["now"]) == (row, floor.user, build.NOW)


def test_an_office_that_cannot_answer_says_why_and_nothing_is_noted(
    floor: Floor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_asked: Any) -> str:
        raise CannotAnswer("The document is still in draft")

    settings.DEMO = True
    monkeypatch.setattr(offices, "_open", [refuse])
    row = rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    assert "The document is still in draft." in words(act(floor.me, row, "answer"))
    assert not FindingEvent.objects.exists()
    stale = act(floor.me, row, "answer", mark="stale")
    assert "This item changed while you looked. Nothing was done." in words(stale)
