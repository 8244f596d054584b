"""One call's page: who may open it, what it says in every state, and that it promises nothing untrue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from caseloads.kinds import DeliveryState, EntryState, Outcome, System
from caseloads.models import Delivery, Entry
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Role, Route
from providers.models import PolicySwitch
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal
from tests.caseloads.views.filling import NEW, only_call, typed
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import Cast, as_agency, as_coordinator, as_orcs, as_provider

LATER, BEFORE = build.NOW + timedelta(hours=10), build.NOW - timedelta(hours=10)


def page(people: Cast) -> str:
    """Return what the caller reads on the call's page."""
    answer = people.owner.get(f"/calls/{people.call.pk}/")
    assert answer.status_code == 200
    return main(answer)


def to(people: Cast, system: System, **columns: Any) -> None:
    """Change the delivery to a system."""
    people.call.deliveries.filter(system=system).update(**columns)


def entry(people: Cast, state: EntryState, held_for: Route | None = None) -> Entry:
    """Put the student onto the caller's caseload in SESIS."""
    return Entry.objects.create(
        mandate=people.scene.mandate,
        student_id=people.student,
        provider=people.scene.provider,
        school=people.scene.school,
        call=people.call,
        state=state,
        held_for=held_for,
        since=BEFORE,
    )


def taken(**columns: Any) -> dict[str, Any]:
    """Return the columns of a delivery that its system has."""
    return {"state": DeliveryState.DELIVERED, "delivered": build.REAL} | columns


def test_the_caller_and_the_coordinator_open_it_and_leave_a_record(people: Cast) -> None:
    url = f"/calls/{people.call.pk}/"
    assert "Your confirmation number" in main(people.owner.get(url))
    assert f"Called by {people.scene.provider.full_name}" in main(people.colleague.get(url))
    assert records() == [("call", [people.student], "One call", Verb.SHOWN)] * 2


def test_to_a_neighbor_and_a_stranger_it_does_not_exist(people: Cast) -> None:
    url = f"/calls/{people.call.pk}/"
    nowhere = people.stranger.get("/calls/999999999/")
    for client in (people.neighbor, people.stranger, as_agency(build.agency())):
        answer = client.get(url)
        assert answer.status_code == nowhere.status_code == 404
        assert (
            main(answer).partition("There is nothing here")[1:] == main(nowhere).partition("There is nothing here")[1:]
        )
    assert records() == []


@pytest.mark.parametrize("key", ["0", str(2**31), str(2**63), str(2**64), "9" * 5000, "-1", "1e3", "%00"])
def test_an_absurd_id_is_nothing(people: Cast, key: str) -> None:
    for path in (f"/calls/{key}/", f"/calls/{key}/line/"):
        assert people.colleague.get(path).status_code == 404
    for path in (f"/calls/{key}/replay/cap/", f"/calls/parked/{key}/replay/"):
        assert people.colleague.post(path).status_code == 404


def test_on_its_way(people: Cast) -> None:
    text = page(people)
    assert text.count("Waiting On its way.") == 3
    assert "You are done." not in text


def test_taken_and_not_shown_yet_it_names_the_day(people: Cast) -> None:
    to(people, System.SESIS, **taken(expected=LATER))
    assert "appears on your caseload by today, 5:41 pm" in page(people)


def test_late_it_no_longer_promises_anything(people: Cast) -> None:
    to(people, System.SESIS, **taken(expected=BEFORE))
    text = page(people)
    assert "SESIS is late." in text
    assert "appears on your caseload by" not in text
    assert "You need not call again" in text


def test_on_the_caseload(people: Cast) -> None:
    entry(people, EntryState.OPEN)
    to(people, System.SESIS, **taken(expected=LATER, shown=BEFORE))
    text = page(people)
    assert "The student is on your caseload." in text
    assert "Record sessions in SESIS" in text


@pytest.mark.parametrize(
    ("affiliation", "route", "who"),
    [
        (Affiliation.DOE, Route.GALAXY, "The school adds you to its Galaxy."),
        (Affiliation.AGENCY, Route.PETS, "Your agency asks the central office to register you in PETS."),
    ],
)
def test_held_for_access_it_says_who_acts_and_promises_no_day(
    people: Cast, affiliation: Affiliation, route: Route, who: str
) -> None:
    entry(people, EntryState.HELD, route)
    provider = people.scene.provider
    provider.access_grants.all().delete()
    provider.affiliation = affiliation
    provider.agency = build.agency() if affiliation is Affiliation.AGENCY else None
    provider.save()
    to(people, System.SESIS, **taken(expected=LATER))
    text = page(people)
    assert who in text
    assert f"Opens once {route.label} gives access to SESIS" in text
    assert "appears on your caseload by" not in text


def test_ended_by_a_newer_iep_it_says_so_and_stops_looking(people: Cast) -> None:
    entry(people, EntryState.ENDED)
    for system in System:
        to(people, system, **taken(expected=BEFORE, shown=BEFORE))
    answer = people.owner.get(f"/calls/{people.call.pk}/")
    assert "The student has left your caseload." in main(answer)
    assert b"hx-get" not in answer.content


def test_over_before_it_arrived_it_says_so_promises_nothing_and_stops_looking(people: Cast) -> None:
    for system in System:
        to(people, system, **taken(expected=BEFORE, ended=BEFORE, reason="The line ended before it arrived"))
    answer = people.owner.get(f"/calls/{people.call.pk}/")
    text = main(answer)
    assert text.count("The line ended before it arrived: no IEP mandates it any more") == 3
    assert "There is nothing left to open." in text
    assert "Late" not in text
    assert b"hx-get" not in answer.content


def test_failed_once_it_says_when_it_is_tried_again_and_how_long(people: Cast) -> None:
    failed = {"failed": build.NOW, "reason": "CAP rejected the record", "attempts": 1}
    to(people, System.CAP, due=build.NOW + timedelta(minutes=1), **failed)
    text = page(people)
    assert "Failed once, today, 7:41 am" in text
    assert "CAP rejected the record. We try again within 60 seconds, then less often, up to 8 times in all." in text
    assert "Try CAP now" in text


def test_a_silent_system_is_no_failure_of_the_call(people: Cast) -> None:
    to(people, System.SEC, due=build.NOW, failed=build.NOW, reason="SEC does not answer", attempts=0)
    text = page(people)
    assert "No answer, today, 7:41 am" in text
    assert "SEC does not answer. We try again now, and go on for 24 hours." in text


@pytest.mark.parametrize("failed", [build.NOW, None])
def test_parked_it_waits_for_a_person(people: Cast, failed: object) -> None:
    to(people, System.SESIS, state=DeliveryState.PARKED, failed=failed, reason="SESIS rejected it", queued=build.NOW)
    text = page(people)
    assert "Parked, today, 7:41 am" in text
    assert "It is kept, and goes out again when somebody says so." in text


def test_a_system_fed_by_extracts_is_awaited_not_sent_to(people: Cast) -> None:
    to(people, System.CAP, state=DeliveryState.AWAITED, expected=LATER)
    assert "Not sent: CAP is read from extracts. Expected by today, 5:41 pm." in page(people)


def test_arrived_everywhere_the_page_stops_looking(people: Cast) -> None:
    entry(people, EntryState.OPEN)
    for system in System:
        to(people, system, **taken(expected=BEFORE, shown=BEFORE))
    answer = people.owner.get(f"/calls/{people.call.pk}/")
    assert b"hx-get" not in answer.content
    assert "Settled." in main(answer)


def test_two_settings_in_one_call_are_both_shown(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, frequency=1, group_size=1)
    call = accepted(here.provider, here.mandate, mandates=[here.mandate.pk, alone.pk])
    text = main(as_provider(here.provider).get(f"/calls/{call.pk}/"))
    assert "3 times a week, 30 minutes, group of 2" in text
    assert "Once a week, 30 minutes, one to one" in text


def test_long_names_stay_whole(here: Scene) -> None:
    first, last = "Maximiliana-Alexandrovna" * 3, "Featherstonehaugh-Wollstonecraft" * 2
    mandate = build.mandate(build.iep(build.student(here.school, first, last)))
    call = accepted(here.provider, mandate)
    client = as_provider(here.provider)
    for url in (f"/calls/{call.pk}/", "/calls/", "/caseload/"):
        assert f"{first} {last}" in main(client.get(url))


def test_marks_for_the_coordinator_stand_at_the_top(people: Cast) -> None:
    people.call.on_holiday = people.call.other_provider = True
    people.call.save()
    text = main(people.colleague.get(f"/calls/{people.call.pk}/"))
    assert "No school on that day." in text
    assert "Another provider is assigned." in text


def test_a_refusal_says_what_why_who_then_meanwhile_and_when(here: Scene) -> None:
    client = as_provider(build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school))
    client.post(NEW, typed(here.osis))
    answer = client.get(f"/calls/{only_call().pk}/")
    text = main(answer)
    for part in ("Who must act", "What then", "You meanwhile", "Look again", "Reference", "Refused", "Rule R8"):
        assert part in text
    assert b"hx-get" not in answer.content
    assert "confirmation" not in text.lower()


def test_an_unlinked_call_says_that_the_coordinator_looks_and_links_nothing(here: Scene) -> None:
    call = refusal(
        here.provider, outcome=Outcome.UNLINKED, rule="R10", student=here.mandate.student, school=here.school
    )
    text = main(as_coordinator(here.school).get(f"/calls/{call.pk}/"))
    assert "Kept, not linked" in text
    assert "It went no further, and nothing more happens by itself." in text
    assert "Settled." not in text
    assert "Not said" in text


def test_the_words_again_are_for_the_caller_alone(people: Cast) -> None:
    url = f"/calls/{people.call.pk}/?again=1"
    assert "Recorded before: your first call stands." in main(people.owner.get(url))
    assert "Recorded before" not in main(people.colleague.get(url))


def test_a_call_refused_under_the_hold_is_told_as_it_was_then(here: Scene) -> None:
    provider = build.provider(Affiliation.RSA, at=here.school)
    client = as_provider(provider)
    client.post(NEW, typed(here.osis))
    PolicySwitch.objects.create(rule=13, starts=build.TODAY, on=False, reason="Lifted", set_at=build.NOW)
    text = main(client.get(f"/calls/{only_call().pk}/"))
    assert "on Nov 24, 2026 the hold was on" in text
    assert "Contracts with agencies come first. Until ORCS lifts the hold" not in text
    others = main(as_coordinator(here.school).get(f"/calls/{only_call().pk}/"))
    assert provider.full_name in others
    assert "Kept here" not in others


def test_a_nurses_page_speaks_to_her_and_another_to_the_coordinator(here: Scene) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    client = as_provider(nurse)
    client.post(NEW, typed(here.osis))
    url = f"/calls/{only_call().pk}/"
    for reader, hers in ((client, True), (as_orcs(), False)):
        text = main(reader.get(url))
        assert "Not needed: nurses do not call" in text
        assert ("Your students are on your caseload as soon as" in text) is hers


@pytest.mark.parametrize("settings_called", [1, 2])
def test_the_page_costs_the_same_for_one_mandate_and_for_two(
    people: Cast, settings_called: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    if settings_called == 2:
        alone = build.mandate(people.scene.mandate.iep, group_size=1)
        people.call.mandates = [*people.call.mandates, alone.pk]
        people.call.save()
    with django_assert_num_queries(16):
        people.owner.get(f"/calls/{people.call.pk}/")


def test_deliveries_of_another_call_do_not_show(people: Cast) -> None:
    other = accepted(people.scene.provider, build.mandated(people.scene.school))
    delivery(other, System.CAP, state=DeliveryState.PARKED, reason="Nothing of ours", failed=build.NOW)
    assert Delivery.objects.count() == 4
    assert "Nothing of ours" not in page(people)
