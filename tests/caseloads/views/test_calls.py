"""The list of calls: whose it shows, that its counts are its rows, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from caseloads.kinds import DeliveryState, IepKind, Outcome, System, Transfer
from caseloads.models import Call
from providers.kinds import Affiliation, Borough
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal
from tests.caseloads.views.pages import all_rows, main, records, rows, words
from tests.caseloads.views.people import (
    Cast,
    as_administrator,
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_nobody,
    as_orcs,
    as_provider,
)

CALLS = "/calls/"


def many(here: Scene, number: int) -> None:
    """Make calls of every outcome; of those accepted, some with a parked and some with a waiting delivery."""
    for place in range(number):
        mandate = build.mandated(here.school)
        at = build.NOW - timedelta(minutes=place)
        if place % 5 == 3:
            refusal(here.provider, student=mandate.student, school=here.school, session_on=build.TODAY, received=at)
        elif place % 5 == 4:
            refusal(
                here.provider,
                outcome=Outcome.UNLINKED,
                rule="R10",
                student=mandate.student,
                school=here.school,
                session_on=build.TODAY,
                received=at,
            )
        else:
            call = accepted(here.provider, mandate, received=at)
            for system in System:
                parked = system == System.SEC and place % 5 == 0
                state = {"state": DeliveryState.PARKED, "reason": "SEC is full", "failed": build.REAL} if parked else {}
                delivery(call, system, **state)


def test_the_caller_the_coordinator_the_head_orcs_and_an_auditor_see_the_call(people: Cast) -> None:
    school = people.scene.school
    wide = (as_head(school), as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor(), as_auditor(Borough.BROOKLYN))
    for client in (people.owner, people.colleague, *wide):
        assert rows(client.get(CALLS)) == 1


def test_a_neighbor_a_stranger_and_another_borough_do_not(people: Cast) -> None:
    for client in (people.neighbor, people.stranger, as_orcs(Borough.QUEENS), as_agency(build.agency())):
        answer = client.get(CALLS)
        assert answer.status_code == 200
        assert rows(answer) == 0
        assert [tab["count"] for tab in answer.context["tabs"]] == [0] * 7
    assert records() == []


def test_an_agency_sees_the_calls_of_its_own_people(here: Scene) -> None:
    agency = build.agency()
    accepted(build.provider(Affiliation.AGENCY, of=agency, at=here.school), here.mandate)
    assert rows(as_agency(agency).get(CALLS)) == 1
    assert rows(as_agency(build.agency("Another Agency")).get(CALLS)) == 0


def test_administrators_and_people_without_a_role_have_no_such_page(people: Cast) -> None:
    assert [client.get(CALLS).status_code for client in (as_administrator(), as_nobody())] == [404, 404]


def test_somebody_signed_out_is_asked_to_sign_in(people: Cast) -> None:
    assert Client().get(CALLS).headers["Location"] == "/sign-in/?next=/calls/"


@pytest.mark.parametrize("query", ["", "?system=cap", "?system=sec", "?system=sesis", "?system=nowhere"])
def test_the_count_of_every_tab_is_the_number_of_rows_behind_it(here: Scene, query: str) -> None:
    many(here, 31)
    client = as_coordinator(here.school)
    tabs = client.get(CALLS + query).context["tabs"]
    assert [tab["key"] for tab in tabs] == ["all", "accepted", "refused", "unlinked", "marked", "on-its-way", "parked"]
    assert [tab["count"] for tab in tabs] == [all_rows(client, tab["url"]) for tab in tabs]
    assert tabs[0]["count"] == 31
    assert sum(tab["count"] for tab in tabs[1:4]) == 31


def test_a_marked_call_says_so_in_the_list_and_stands_under_a_tab_of_its_own(here: Scene) -> None:
    accepted(here.provider, build.mandated(here.school))
    accepted(here.provider, build.mandated(here.school), on_holiday=True)
    accepted(here.provider, build.mandated(here.school), other_provider=True)
    answer = as_coordinator(here.school).get(f"{CALLS}?tab=marked")
    assert rows(answer) == 2
    assert "No school on that day" in words(answer)
    assert "Another provider is assigned" in words(answer)
    assert [tab["count"] for tab in answer.context["tabs"] if tab["current"]] == [2]


def test_a_refused_and_an_unlinked_call_stand_with_their_rule(here: Scene) -> None:
    refusal(here.provider, rule="R8", said={"headline": "Not yet: your agency has no transmittal"}, school=here.school)
    refusal(
        here.provider,
        outcome=Outcome.UNLINKED,
        rule="R10",
        said={"headline": "Kept, but not recorded: no mandate for this service"},
        school=here.school,
    )
    text = words(as_coordinator(here.school).get(CALLS))
    assert "Not yet: your agency has no transmittal (R8)" in text
    assert "Kept, but not recorded: no mandate for this service (R10)" in text


def test_a_call_whose_iep_waits_for_consent_says_so_in_the_list(here: Scene) -> None:
    iep = build.iep(build.student(here.school), kind=IepKind.INITIAL, transfer=Transfer.NEVER)
    call = accepted(here.provider, build.mandate(iep))
    taken = {"state": DeliveryState.DELIVERED, "delivered": build.REAL}
    delivery(call, System.CAP, **taken, expected=build.NOW - timedelta(hours=1))
    for client, url in ((as_coordinator(here.school), CALLS), (as_provider(here.provider), "/caseload/")):
        assert "CAP: waits for consent" in words(client.get(url))


def test_a_narrowed_tab_says_so_and_leads_back_to_all(here: Scene) -> None:
    many(here, 10)
    client = as_coordinator(here.school)
    narrowed = client.get(f"{CALLS}?tab=parked&system=cap")
    assert "Only what goes to CAP. Show all three systems" in words(narrowed)
    assert rows(narrowed) == 0
    assert rows(client.get(narrowed.context["every_system_url"])) == 2
    assert "Only what goes to" not in words(client.get(f"{CALLS}?tab=refused&system=cap"))


def test_pages_go_forward_and_back_and_show_every_call_once(here: Scene) -> None:
    many(here, 60)
    client = as_coordinator(here.school)
    urls, seen = [CALLS], []
    while urls[-1]:
        answer = client.get(urls[-1])
        seen += [one["id"] for one in answer.context["calls"]]
        urls.append(answer.context["pager"]["next_url"])
    assert len(seen) == len(set(seen)) == 60
    assert seen == list(Call.objects.order_by("-received", "-id").values_list("pk", flat=True))
    back = client.get(client.get(urls[-2]).context["pager"]["previous_url"])
    assert [one["id"] for one in back.context["calls"]] == seen[25:50]
    assert "Rows 26 to 50 of 60" in words(back)


@pytest.mark.parametrize("page", ["x", "a1-1", "b99999999999999999-1", "a-1-1", "\x00", "a" * 65536, "a1-" + "9" * 19])
def test_a_page_that_is_no_page_is_the_first(here: Scene, page: str) -> None:
    many(here, 30)
    answer = as_coordinator(here.school).get(CALLS, {"page": page})
    assert answer.status_code == 200
    assert rows(answer) == 25
    assert answer.context["pager"]["first"] == 1


@pytest.mark.parametrize("query", [{"tab": "nonsense"}, {"tab": "\x00"}, {"system": "\x00"}, {"tab": "a" * 65536}])
def test_a_tab_that_is_none_shows_all(here: Scene, query: dict[str, str]) -> None:
    many(here, 5)
    answer = as_coordinator(here.school).get(CALLS, query)
    assert (answer.context["tab"], rows(answer)) == ("all", 5)


@pytest.mark.parametrize("number", [10, 30])
def test_the_page_costs_the_same_whatever_its_length(
    here: Scene, number: int, django_assert_num_queries: object
) -> None:
    many(here, number)
    client = as_coordinator(here.school)
    with django_assert_num_queries(17):  # type: ignore[operator] # pytest-django's fixture
        client.get(CALLS)


def test_the_record_names_the_students_of_this_page_alone(here: Scene) -> None:
    many(here, 30)
    answer = as_coordinator(here.school).get(CALLS)
    (kept,) = records()
    assert kept[0] == "calls"
    shown = {one["id"] for one in answer.context["calls"]}
    assert kept[1] == sorted(Call.objects.filter(pk__in=shown).values_list("student", flat=True))


def test_a_call_without_a_student_or_a_date_is_listed_and_opens(here: Scene) -> None:
    call = refusal(here.provider, rule="R1", reason="call-not-needed", school=here.school)
    client = as_coordinator(here.school)
    assert "Refused before one was looked up" in words(client.get(CALLS))
    page = client.get(f"{CALLS}{call.pk}/")
    assert page.status_code == 200
    assert "First call, refused before a student was looked up" in main(page)
    assert "None" not in main(page).replace("None known", "")
    assert "Not needed: nurses do not call" not in main(page)


def test_a_call_without_a_school_is_seen_by_its_caller_and_the_city_alone(here: Scene) -> None:
    refusal(here.provider, rule="R13", reason="rsa-hold", session_on=build.TODAY)
    seen = [as_provider(here.provider), as_orcs(), as_auditor()]
    unseen = [as_coordinator(here.school), as_orcs(Borough.BROOKLYN)]
    assert [rows(client.get(CALLS)) for client in seen] == [1, 1, 1]
    assert [rows(client.get(CALLS)) for client in unseen] == [0, 0]


def test_only_a_provider_is_offered_a_call(people: Cast) -> None:
    assert b"Record a first call</a>" in people.owner.get(CALLS).content
    assert b"Record a first call</a>" not in people.colleague.get(CALLS).content


def test_the_switch_between_schools_narrows_the_list(people: Cast) -> None:
    other = build.school(name="P.S. 902 The Second School")
    client = as_coordinator(people.scene.school, other)
    assert rows(client.get(CALLS)) == 1
    client.post("/school/", {"school": other.pk})
    assert rows(client.get(CALLS)) == 0
    client.post("/school/", {"school": ""})
    assert rows(client.get(CALLS)) == 1


def test_a_parked_delivery_is_counted_beside_the_heading_and_leads_to_its_row(here: Scene) -> None:
    many(here, 10)
    client = as_coordinator(here.school)
    answer = client.get(CALLS)
    assert "2 parked deliveries" in words(answer)
    assert all_rows(client, answer.context["parked_url"]) == answer.context["parked_count"] == 2
