"""My caseload: why each student is here, what is on its way, and whether I may call (R3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import DeliveryState, EntryState, IepStatus, System
from caseloads.models import Assignment, Entry, Iep, Mandate
from caseloads.systems.sesis.documents import finalise
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Role, Route, Service
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal
from tests.caseloads.views.pages import all_rows, main, records, rows
from tests.caseloads.views.people import Cast, as_coordinator, as_orcs, as_provider

CASELOAD = "/caseload/"


def entry(here: Scene, mandate: Mandate, state: EntryState = EntryState.OPEN, **columns: Any) -> Entry:
    """Put a mandate onto the provider's caseload in SESIS."""
    held_for = Route.GALAXY if state is EntryState.HELD else None
    known = {"provider": here.provider, "school": here.school, "state": state, "held_for": held_for}
    return Entry.objects.create(
        **{"mandate": mandate, "student": mandate.student, "since": build.NOW} | known | columns
    )


def only(provider: Provider) -> dict[str, Any]:
    """Return the one row of a provider's caseload."""
    (row,) = as_provider(provider).get(CASELOAD).context["rows"]
    return dict(row)


def everything(here: Scene, times: int) -> None:
    """Give the provider students in every state, so many of each."""
    for _ in range(times):
        open_, held, coming, parked, waiting = (build.mandated(here.school) for _ in range(5))
        for one in (open_, held, coming, parked, waiting):
            build.assignment(here.provider, one)
        for one in (open_, held, coming, parked):
            call = accepted(here.provider, one)
            state = DeliveryState.PARKED if one is parked else DeliveryState.WAITING
            reason = {"reason": "Rejected", "failed": build.NOW} if one is parked else {}
            delivery(call, System.SESIS, state=state, **reason)
        entry(here, open_)
        entry(here, held, EntryState.HELD)


def test_only_a_provider_has_a_caseload(people: Cast) -> None:
    assert people.owner.get(CASELOAD).status_code == 200
    for client in (people.colleague, people.stranger, as_orcs(), as_coordinator(people.scene.school)):
        assert client.get(CASELOAD).status_code == 404


def test_a_neighbor_sees_none_of_it(people: Cast) -> None:
    answer = people.neighbor.get(CASELOAD)
    assert rows(answer) == 0
    assert "No student is assigned to you" in main(answer)
    assert records() == []


def test_the_count_of_every_tab_is_the_number_of_rows_behind_it(here: Scene) -> None:
    everything(here, 2)
    client = as_provider(here.provider)
    answer = client.get(CASELOAD)
    tabs = answer.context["tabs"]
    assert {tab["key"]: tab["count"] for tab in tabs} == {
        "all": 11,
        "to-call": 3,
        "on-its-way": 2,
        "open": 2,
        "blocked": 4,
    }
    assert [tab["count"] for tab in tabs] == [all_rows(client, tab["url"]) for tab in tabs]
    assert "2 on your caseload, 2 on the way, 3 to call for now, 4 held up." in main(answer)


@pytest.mark.parametrize("tab", ["nonsense", "\x00", "a" * 65536, ""])
def test_a_tab_that_is_none_shows_all(here: Scene, tab: str) -> None:
    answer = as_provider(here.provider).get(CASELOAD, {"tab": tab})
    assert (answer.context["tab"], rows(answer)) == ("all", 1)


@pytest.mark.parametrize("times", [2, 6])
def test_the_page_costs_the_same_whatever_its_length(
    here: Scene, times: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    everything(here, times)
    client = as_provider(here.provider)
    with django_assert_num_queries(22):
        client.get(CASELOAD)


def test_the_record_names_the_students_of_the_tab_alone(here: Scene) -> None:
    everything(here, 1)
    as_provider(here.provider).get(f"{CASELOAD}?tab=to-call")
    ((what, students, purpose, verb),) = records()
    assert (what, purpose, verb) == ("caseload", "My caseload", Verb.SHOWN)
    assert len(students) == 2


def test_to_call_for(here: Scene) -> None:
    row = only(here.provider)
    assert (row["state"], row["light"].answer, row["line"]) == ("not-called", "now", None)
    assert row["call_url"] == f"/calls/new/?assignment={here.mandate.assignments.get().pk}"


def test_on_its_way_it_says_by_when(here: Scene) -> None:
    delivery(
        accepted(here.provider, here.mandate),
        System.SESIS,
        state=DeliveryState.DELIVERED,
        delivered=build.REAL,
        expected=build.NOW + timedelta(hours=48),
    )
    text = main(as_provider(here.provider).get(CASELOAD))
    assert "On its way Here by Thu, Nov 26, 7:41 am. You called today, 7:41 am, number" in text
    assert only(here.provider)["call_url"] == ""


def test_on_the_caseload_it_says_which_call_and_when(here: Scene) -> None:
    call = accepted(here.provider, here.mandate)
    entry(here, here.mandate, call=call)
    text = main(as_provider(here.provider).get(CASELOAD))
    number = str(call.confirmation)
    assert f"Since today, 7:41 am. You called today, 7:41 am, number {number[:4]} {number[4:]}." in text


@pytest.mark.parametrize(
    ("affiliation", "route", "rule", "who"),
    [
        (Affiliation.DOE, Route.GALAXY, "(R6)", "The school adds you to its Galaxy"),
        (Affiliation.AGENCY, Route.PETS, "(R9)", "Your agency asks the central office to register you in PETS"),
    ],
)
def test_held_it_names_the_one_blocker_and_who_acts(
    here: Scene, affiliation: Affiliation, route: Route, rule: str, who: str
) -> None:
    agency = build.agency() if affiliation is Affiliation.AGENCY else None
    provider = build.provider(affiliation, of=agency, at=here.school, access=False)
    call = accepted(provider, here.mandate)
    entry(here, here.mandate, EntryState.HELD, provider=provider, held_for=route, call=call)
    row = only(provider)
    assert (row["state"], row["blocker_owner"]) == ("blocked", who)
    assert rule in row["blockers"][2]["text"]
    assert row["look_again"] == build.TODAY + timedelta(days=1)


def test_parked_it_says_why_and_who_sends_it_again(here: Scene) -> None:
    call = accepted(here.provider, here.mandate)
    delivery(call, System.SESIS, state=DeliveryState.PARKED, reason="SESIS rejected it", failed=build.NOW)
    row = only(here.provider)
    assert row["blockers"][-1]["text"] == "SESIS has not taken it: SESIS rejected it"
    assert row["blocker_owner"] == "The coordinator sends it again"


def test_before_the_transmittal_it_says_not_yet_and_offers_no_call(here: Scene) -> None:
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    build.assignment(provider, here.mandate)
    row = only(provider)
    assert (row["state"], row["light"].answer, row["call_url"]) == ("blocked", "not-yet", "")
    assert "(R8)" in row["light"].reason


def test_a_refused_call_leads_from_the_row_to_its_page(here: Scene) -> None:
    agency = build.agency()
    provider = build.provider(Affiliation.AGENCY, of=agency, at=here.school)
    build.assignment(provider, here.mandate)
    said = {"who_acts": "ORCS sends the transmittal.", "look_again": "2026-11-27"}
    call = refusal(
        provider, student=here.mandate.student, language=1, school=here.school, session_on=build.TODAY, said=said
    )
    row = only(provider)
    assert row["url"] == f"/calls/{call.pk}/"
    assert (row["blocker_owner"], str(row["look_again"])) == ("ORCS sends the transmittal", "2026-11-27")


def test_a_day_to_look_again_that_has_passed_is_not_named(here: Scene) -> None:
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    build.assignment(provider, here.mandate)
    said = {"who_acts": "ORCS sends the transmittal.", "look_again": "2026-11-20"}
    refusal(provider, student=here.mandate.student, language=1, session_on=build.TODAY, said=said)
    assert only(provider)["look_again"] is None


def test_a_nurse_whose_entry_is_open_reads_that_no_call_is_behind_it(here: Scene) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    mandate = build.mandated(here.school, Service.NURSE)
    build.assignment(nurse, mandate)
    entry(here, mandate, provider=nurse)
    row = only(nurse)
    assert (row["state"], row["light"].answer) == ("open", "not-needed")
    assert row["why"] == "Your assignment opened it; a nurse makes no call (R1)."


def test_a_nurse_whose_entry_is_not_open_is_not_told_to_call(here: Scene) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    build.assignment(nurse, build.mandated(here.school, Service.NURSE))
    text = main(as_provider(nurse).get(CASELOAD))
    assert "No call is needed (R1)" in text
    assert "Opens after the first call" not in text


def test_a_new_iep_is_named_with_what_it_was_before(here: Scene) -> None:
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(draft, frequency=2)
    entry(here, here.mandate, call=accepted(here.provider, here.mandate))
    finalise(iep_id=draft.pk, by=None, now=build.NOW)
    row = only(here.provider)
    assert [one.frequency for one in row["mandates"]] == [2]
    assert row["mandate_note"].replace("\N{NO-BREAK SPACE}", " ") == "New IEP of Nov 24; it was 3 × 30 × 2"
    assert row["state"] == "open"


def test_a_service_that_a_new_iep_drops_leaves_the_caseload(here: Scene) -> None:
    """Otherwise it would stand on its way for ever, with a date long past."""
    call = accepted(here.provider, here.mandate)
    delivery(call, System.SESIS, state=DeliveryState.DELIVERED, delivered=build.REAL, shown=build.NOW)
    entry(here, here.mandate, call=call)
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(draft, Service.COUNSELING)
    finalise(iep_id=draft.pk, by=None, now=build.NOW)
    assert as_provider(here.provider).get(CASELOAD).context["rows"] == []


@pytest.mark.parametrize("mandated", [True, False])
def test_a_call_that_came_when_its_line_was_over_is_off_the_caseload(here: Scene, mandated: bool) -> None:
    call = accepted(here.provider, here.mandate)
    taken: dict[str, Any] = {"state": DeliveryState.DELIVERED, "delivered": build.REAL}
    delivery(call, System.SESIS, **taken, ended=build.NOW, reason="The line ended before it arrived")
    Assignment.objects.all().delete()
    if not mandated:
        Iep.objects.update(governs=DateRange(build.YEAR[0], build.TODAY))
    states = [row["state"] for row in as_provider(here.provider).get(CASELOAD).context["rows"]]
    assert states == (["on-its-way"] if mandated else [])


def test_an_entry_of_a_service_that_was_dropped_and_came_back_is_said_to_have_ended(here: Scene) -> None:
    call = accepted(here.provider, here.mandate)
    delivery(call, System.SESIS, state=DeliveryState.DELIVERED, delivered=build.REAL, shown=build.NOW)
    entry(here, here.mandate, call=call)
    yesterday = build.TODAY - timedelta(days=1)
    for version, service, starts in ((2, Service.COUNSELING, yesterday), (3, Service.SPEECH, build.TODAY)):
        draft = build.iep(here.mandate.student, version=version, status=IepStatus.DRAFT, starts=starts)
        build.mandate(draft, service)
        finalise(iep_id=draft.pk, by=None, now=build.NOW)
    row = only(here.provider)
    assert row["state"] == "blocked"
    assert row["blockers"][-1]["text"].startswith("SESIS ended the entry: today")
    assert row["blocker_owner"] == "The help desk; give it the call's number"


def test_two_settings_of_one_service_are_one_row(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, frequency=1, group_size=1)
    build.assignment(here.provider, alone)
    assert [one.group_size for one in only(here.provider)["mandates"]] == [1, 2]


def test_an_empty_tab_says_why(here: Scene) -> None:
    client = as_provider(here.provider)
    for tab, said in {
        "open": "No student is on your caseload yet",
        "on-its-way": "has reached your caseload or is held up",
        "blocked": "Nothing is held up",
    }.items():
        assert said in main(client.get(f"{CASELOAD}?tab={tab}"))


def test_a_long_caseload_is_turned_by_pages_within_its_tab(people: Cast) -> None:
    for _ in range(21):
        build.assignment(people.scene.provider, build.mandated(people.scene.school))
    first = people.owner.get(f"{CASELOAD}?tab=to-call")
    second = people.owner.get(first.context["pager"]["next_url"])
    shown = [row["osis"] for page in (first, second) for row in page.context["rows"]]
    assert (len(first.context["rows"]), len(shown), len(set(shown))) == (20, 21, 21)
    assert second.context["pager"]["previous_url"] == f"{CASELOAD}?tab=to-call&page=1"
    assert first.context["summary"] == second.context["summary"]
