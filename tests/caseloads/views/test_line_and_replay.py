"""The live line, and sending again: who may, what it does, and what each look answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from caseloads.kinds import DeliveryState, EntryState, System
from caseloads.models import Delivery, Entry
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Borough
from providers.models.grant import Standing
from tests import build
from tests.caseloads.calls import accepted, delivery, scene
from tests.caseloads.views.pages import all_rows, main, records, rows, words
from tests.caseloads.views.people import (
    Cast,
    account,
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_orcs,
    as_provider,
    browser,
)

HTMX = {"HX-Request": "true"}


def seen(answer: Any) -> str:  # noqa: ANN401 - the client's own answer
    """Return the mark that the next look sends along."""
    found = re.search(r'hx-get="[^"]*\?seen=([^"]*)"', answer.content.decode())
    assert found
    return found.group(1)


def look(client: Client, people: Cast, mark: str) -> Any:  # noqa: ANN401 - as above
    """Look at the line again."""
    return client.get(f"/calls/{people.call.pk}/line/", {"seen": mark}, headers=HTMX)


def park(people: Cast, system: System = System.SEC) -> Delivery:
    """Park the call's delivery to a system."""
    row = people.call.deliveries.get(system=system)
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.PARKED, reason="It rejected the record", failed=build.NOW, attempts=8
    )
    row.refresh_from_db()
    return row


def test_an_unchanged_line_answers_with_nothing_and_leaves_no_record(people: Cast) -> None:
    mark = seen(people.owner.get(f"/calls/{people.call.pk}/"))
    before = records()
    answer = look(people.owner, people, mark)
    assert (answer.status_code, answer.content) == (204, b"")
    assert records() == before


def test_a_changed_line_comes_anew_says_the_change_and_is_recorded(people: Cast) -> None:
    mark = seen(people.owner.get(f"/calls/{people.call.pk}/"))
    people.call.deliveries.filter(system=System.CAP).update(
        state=DeliveryState.DELIVERED, delivered=build.REAL, shown=build.NOW, expected=build.NOW
    )
    answer = look(people.owner, people, mark)
    assert answer.status_code == 200
    assert '<p id="call-said" hx-swap-oob="innerHTML">CAP: Today,' in answer.content.decode()
    assert seen(answer) != mark
    assert records()[-1] == ("call-line", [people.student], "The line of one call", Verb.SHOWN)
    assert look(people.owner, people, seen(answer)).status_code == 204


def test_a_settled_line_is_not_looked_at_again(people: Cast) -> None:
    Entry.objects.create(
        mandate=people.scene.mandate,
        student_id=people.student,
        provider=people.scene.provider,
        school=people.scene.school,
        call=people.call,
        state=EntryState.OPEN,
        since=build.NOW,
    )
    people.call.deliveries.update(state=DeliveryState.DELIVERED, delivered=build.REAL, shown=build.NOW)
    answer = look(people.owner, people, "")
    assert b"hx-get" not in answer.content
    assert "Settled." in words(answer)


@pytest.mark.parametrize("mark", ["", "nonsense", "\x00", "ddwwwnn-", "a" * 65536, "<script>"])
def test_a_mark_that_is_not_ours_shows_the_line_and_says_no_change(people: Cast, mark: str) -> None:
    answer = look(people.owner, people, mark)
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
    assert answer.context["said"] == "" or mark.startswith("ddwwwnn")


def test_a_stranger_and_a_neighbor_see_no_line(people: Cast) -> None:
    for client in (people.stranger, people.neighbor, as_agency(build.agency()), as_orcs(Borough.BRONX)):
        assert look(client, people, "").status_code == 404
    assert records() == []


def test_the_line_names_no_student_neither_in_its_text_nor_in_headers_and_addresses(people: Cast) -> None:
    student = people.scene.mandate.student
    answer = look(people.owner, people, "")
    everything = f"{answer.headers} {answer.content.decode()}"
    for secret in (student.first_name, student.last_name, str(student.osis)):
        assert secret not in everything


def test_somebody_signed_out_is_led_to_sign_in_and_not_shown_it_inside_the_line(people: Cast) -> None:
    answer = look(Client(), people, "")
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/sign-in/")
    assert answer.content == b""


MAY: dict[str, Callable[[Cast], Client]] = {
    "caller": lambda people: people.owner,
    "coordinator": lambda people: people.colleague,
    "head": lambda people: as_head(people.scene.school),
    "ORCS": lambda _: as_orcs(),
    "ORCS of the borough": lambda _: as_orcs(Borough.BROOKLYN),
}
MAY_NOT: dict[str, Callable[[Cast], Client]] = {
    "stranger": lambda people: people.stranger,
    "neighbor": lambda people: people.neighbor,
    "auditor": lambda _: as_auditor(),
    "agency": lambda _: as_agency(build.agency()),
    "ORCS of another borough": lambda _: as_orcs(Borough.QUEENS),
}


@pytest.mark.parametrize("who", MAY)
def test_these_may_send_again(people: Cast, who: str) -> None:
    row, client = park(people), MAY[who](people)
    assert "Try SEC now" in main(client.get(f"/calls/{people.call.pk}/"))
    answer = client.post(f"/calls/{people.call.pk}/replay/sec/")
    assert answer.headers["Location"] == f"/calls/{people.call.pk}/"
    row.refresh_from_db()
    assert (row.state, row.attempts, row.reason, row.replayed) == (DeliveryState.WAITING, 0, "", build.NOW)
    assert records()[-1] == ("call-replay", [people.student], "Sent a delivery again", Verb.CHANGED)
    assert "Sent to SEC again." in words(client.get(f"/calls/{people.call.pk}/"))


@pytest.mark.parametrize("who", MAY_NOT)
def test_these_may_not_and_leave_no_trace(people: Cast, who: str) -> None:
    row, client = park(people), MAY_NOT[who](people)
    for path in (f"/calls/{people.call.pk}/replay/sec/", f"/calls/parked/{row.pk}/replay/"):
        assert client.post(path).status_code == 404
    row.refresh_from_db()
    assert row.state == DeliveryState.PARKED
    assert records() == []


def test_an_agency_looks_at_its_peoples_parked_calls_and_sends_none(people: Cast) -> None:
    agency = build.agency()
    call = accepted(
        build.provider(Affiliation.AGENCY, of=agency, at=people.scene.school), build.mandated(people.scene.school)
    )
    row = delivery(call, System.CAP, state=DeliveryState.PARKED, reason="Rejected", failed=build.NOW)
    client = as_agency(agency)
    assert "Try CAP now" not in main(client.get(f"/calls/{call.pk}/"))
    assert client.post(f"/calls/parked/{row.pk}/replay/").status_code == 404
    assert client.post(f"/calls/{call.pk}/replay/cap/").status_code == 404


@pytest.mark.parametrize("wide", [Standing.AUDITOR, Standing.AGENCY])
def test_who_also_only_looks_elsewhere_does_not_act_there(people: Cast, wide: Standing) -> None:
    """An auditor of the city who is coordinator of one school acts at that school alone."""
    agency = build.agency() if wide == Standing.AGENCY else None
    if agency:
        people.scene.provider.access_grants.all().delete()
        people.scene.provider.affiliation, people.scene.provider.agency = Affiliation.AGENCY, agency
        people.scene.provider.save()
    row, user = park(people), account()
    build.grant(user, wide, agency=agency)
    build.grant(user, Standing.COORDINATOR, at=build.school(name="P.S. 903 The Third School"))
    client = browser(user)
    assert "Try SEC now" not in main(client.get(f"/calls/{people.call.pk}/"))
    listed = client.get("/calls/parked/")
    assert rows(listed) == 1
    assert "Not yours to send" in words(listed)
    for path in (f"/calls/{people.call.pk}/replay/sec/", f"/calls/parked/{row.pk}/replay/"):
        assert client.post(path).status_code == 404


def test_what_is_taken_or_under_way_stays_as_it_is(people: Cast) -> None:
    people.call.deliveries.filter(system=System.CAP).update(state=DeliveryState.DELIVERED, delivered=build.REAL)
    people.owner.post(f"/calls/{people.call.pk}/replay/cap/")
    assert people.call.deliveries.get(system=System.CAP).state == DeliveryState.DELIVERED
    assert "Nothing to send: CAP has it already" in words(people.owner.get(f"/calls/{people.call.pk}/"))
    assert [one[0] for one in records()] == ["call"]


def test_only_the_one_delivery_is_sent_again(people: Cast) -> None:
    parked = [park(people, system) for system in System]
    people.owner.post(f"/calls/{people.call.pk}/replay/sec/")
    states = dict(people.call.deliveries.values_list("system", "state"))
    assert states == {System.CAP: 4, System.SEC: 1, System.SESIS: 4}
    people.colleague.post(f"/calls/parked/{parked[0].pk}/replay/")
    assert people.call.deliveries.get(system=System.CAP).state == DeliveryState.WAITING


@pytest.mark.parametrize("system", ["nowhere", "CAP", "all", "1"])
def test_an_unknown_system_is_nothing(people: Cast, system: str) -> None:
    assert people.owner.post(f"/calls/{people.call.pk}/replay/{system}/").status_code == 404


def test_sending_again_is_a_post(people: Cast) -> None:
    row = park(people)
    assert people.owner.get(f"/calls/{people.call.pk}/replay/sec/").status_code == 405
    assert people.colleague.get(f"/calls/parked/{row.pk}/replay/").status_code == 405


def test_without_its_secret_a_form_sends_nothing(people: Cast) -> None:
    row = park(people)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = people.owner.cookies
    assert strict.post(f"/calls/{people.call.pk}/replay/sec/").status_code == 403
    row.refresh_from_db()
    assert row.state == DeliveryState.PARKED


def test_parked_is_listed_by_system_and_its_counts_are_its_rows(people: Cast) -> None:
    for system in (System.CAP, System.SEC):
        park(people, system)
    client = people.colleague
    tabs = client.get("/calls/parked/").context["tabs"]
    assert [(tab["label"], tab["count"]) for tab in tabs] == [("All", 2), ("CAP", 1), ("SEC", 1), ("SESIS", 0)]
    assert [tab["count"] for tab in tabs] == [all_rows(client, tab["url"]) for tab in tabs]


def test_the_parked_are_the_readers_own(people: Cast) -> None:
    park(people)
    seeing = (people.owner, people.colleague, as_orcs(), as_auditor())
    assert [rows(client.get("/calls/parked/")) for client in seeing] == [1, 1, 1, 1]
    assert [rows(client.get("/calls/parked/")) for client in (people.stranger, people.neighbor)] == [0, 0]


def test_the_list_says_why_since_when_and_how_often(people: Cast) -> None:
    park(people)
    text = main(people.colleague.get("/calls/parked/"))
    for part in ("It rejected the record", "8 tries", "Today, 7:41 am", "Send to SEC again", "SEC"):
        assert part in text
    assert "after many tries" not in text


@pytest.mark.parametrize("number", [10, 30])
def test_the_parked_cost_the_same_whatever_their_number(
    db: None, number: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    here = scene()
    for _ in range(number):
        call = accepted(here.provider, build.mandated(here.school))
        delivery(call, System.SEC, state=DeliveryState.PARKED, reason="Full", failed=build.NOW)
    client = as_coordinator(here.school)
    with django_assert_num_queries(13):
        client.get("/calls/parked/")
    assert all_rows(client, "/calls/parked/") == number


def test_many_parked_at_the_same_moment_are_each_listed_once(db: None) -> None:
    here = scene()
    for _ in range(60):
        call = accepted(here.provider, build.mandated(here.school))
        delivery(call, System.SEC, state=DeliveryState.PARKED, reason="Full", failed=build.NOW)
    client, url, ids = as_provider(here.provider), "/calls/parked/", list[int]()
    while url:
        answer = client.get(url)
        ids += [one["id"] for one in answer.context["parked"]]
        url = answer.context["pager"]["next_url"]
    assert len(ids) == len(set(ids)) == 60
