"""What stands below a call's line: to the caller as you, to everybody else by name, and why CAP waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseloads.kinds import DeliveryState, EntryState, IepKind, System, Transfer
from caseloads.models import Entry, Iep
from caseloads.queries.transit import PENDING, STUCK, TONIGHT
from providers.kinds import Affiliation, Route
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.filling import NEW, typed
from tests.caseloads.views.pages import main
from tests.caseloads.views.people import Cast, as_agency, as_orcs, as_provider

LATER, BEFORE = build.NOW + timedelta(hours=10), build.NOW - timedelta(hours=10)


def entry(people: Cast, state: EntryState, held_for: Route | None = None) -> None:
    """Put the student onto the caller's caseload in SESIS."""
    Entry.objects.create(
        mandate=people.scene.mandate,
        student_id=people.student,
        provider=people.scene.provider,
        school=people.scene.school,
        call=people.call,
        state=state,
        held_for=held_for,
        since=BEFORE,
    )


def to(people: Cast, system: System, **columns: Any) -> None:
    """Let a system have taken the call."""
    taken = {"state": DeliveryState.DELIVERED, "delivered": build.REAL}
    people.call.deliveries.filter(system=system).update(**taken | columns)


def pages(people: Cast) -> tuple[str, str]:
    """Return the call's page as its caller and as the coordinator read it."""
    url = f"/calls/{people.call.pk}/"
    return main(people.owner.get(url)), main(people.colleague.get(url))


@pytest.mark.parametrize(
    ("affiliation", "route", "who"),
    [
        (Affiliation.DOE, Route.GALAXY, "is not on it (R6). The head of school adds them."),
        (Affiliation.AGENCY, Route.PETS, "Their agency asks the central office to register them."),
        (Affiliation.RSA, Route.PETS, "ORCS asks the central office to register them."),
    ],
)
def test_held_for_access_others_read_of_the_provider_by_name_and_who_acts(
    people: Cast, affiliation: Affiliation, route: Route, who: str
) -> None:
    provider = people.scene.provider
    entry(people, EntryState.HELD, route)
    provider.access_grants.all().delete()
    provider.affiliation = affiliation
    provider.agency = build.agency() if affiliation is Affiliation.AGENCY else None
    provider.save()
    to(people, System.SESIS, expected=LATER)
    mine, theirs = pages(people)
    assert "you have no SESIS access" in mine
    assert f"Waiting: {provider.full_name} has no SESIS access at this school" in theirs
    assert who in theirs
    assert "you have" not in theirs
    assert "you are" not in theirs
    assert b'href="/access/"' in people.colleague.get(f"/calls/{people.call.pk}/").content


@pytest.mark.parametrize(
    ("state", "told", "others"),
    [
        (EntryState.OPEN, "The student is on your caseload.", "The student is on the caseload of {who}."),
        (EntryState.ENDED, "The student has left your caseload.", "The student has left the caseload of {who}."),
    ],
)
def test_on_the_caseload_and_off_it(people: Cast, state: EntryState, told: str, others: str) -> None:
    entry(people, state)
    mine, theirs = pages(people)
    assert told in mine
    assert others.format(who=people.scene.provider.full_name) in theirs
    assert "your caseload" not in theirs


@pytest.mark.parametrize(
    ("columns", "told", "others"),
    [
        ({"expected": LATER}, "You are done.", "Nobody needs to act."),
        ({"expected": BEFORE}, "You need not call again", "SESIS is late. It was to show"),
        ({"expected": BEFORE, "ended": BEFORE, "reason": "The line ended"}, "more for you to do", "more for anybody"),
    ],
)
def test_before_the_caseload_opens(people: Cast, columns: dict[str, Any], told: str, others: str) -> None:
    to(people, System.SESIS, **columns)
    mine, theirs = pages(people)
    assert told in mine
    assert others in theirs


def test_one_is_not_said_to_be_done_beside_a_system_that_failed(people: Cast) -> None:
    to(people, System.SESIS, expected=LATER)
    people.call.deliveries.filter(system=System.SEC).update(failed=build.NOW, reason="SEC did not answer")
    mine, _ = pages(people)
    assert "You are done." not in mine
    assert "Your part is done." in mine
    assert "SEC did not take the call yet: the line above says what happens next." in mine


def document(people: Cast, transfer: Transfer, **changes: Any) -> None:
    """Let the download of the student's IEP stand so."""
    Iep.objects.filter(student=people.student).update(transfer=transfer, **changes)


def test_a_call_whose_iep_waits_for_consent_says_so_to_everybody_and_promises_no_day(people: Cast) -> None:
    document(people, Transfer.NEVER, kind=IepKind.INITIAL)
    to(people, System.CAP, expected=BEFORE)
    to(people, System.SEC, expected=LATER)
    for text in pages(people):
        assert "The IEP waits for consent." in text
        assert "The school records the consent." in text
        assert "(R11)" in text
        assert "Waits for CAP" in text
        assert "Late" not in text
        assert "Expected by" not in text


@pytest.mark.parametrize(
    ("transfer", "changes", "words"),
    [
        (Transfer.NEVER, {"finalised": build.NOW}, TONIGHT.headline),
        (Transfer.PENDING, {}, PENDING.headline),
        (Transfer.KNOWN_ISSUE, {}, STUCK.headline),
    ],
)
def test_any_other_reason_to_wait_is_said_as_well(
    people: Cast, transfer: Transfer, changes: dict[str, Any], words: str
) -> None:
    document(people, transfer, **changes)
    for text in pages(people):
        assert words in text


def test_once_cap_shows_the_call_its_iep_is_no_matter(people: Cast) -> None:
    document(people, Transfer.KNOWN_ISSUE)
    to(people, System.CAP, expected=BEFORE, shown=BEFORE)
    assert STUCK.headline not in pages(people)[0]


def test_the_answer_to_a_look_brings_the_same_words(people: Cast) -> None:
    document(people, Transfer.NEVER, kind=IepKind.INITIAL)
    to(people, System.SESIS, expected=LATER)
    url = f"/calls/{people.call.pk}/line/?seen=x"
    live = {"HX-Request": "true"}
    assert "You are done." in people.owner.get(url, headers=live).content.decode()
    for client in (people.owner, people.colleague, as_orcs()):
        text = client.get(url, headers=live).content.decode()
        assert "The IEP waits for consent." in text


def test_the_check_page_says_what_cap_waits_for_before_anything_is_recorded(here: Scene) -> None:
    Iep.objects.filter(pk=here.mandate.iep_id).update(transfer=Transfer.NEVER, kind=IepKind.INITIAL)
    text = main(as_provider(here.provider).post(NEW, typed(here.osis)))
    assert "CAP not yet: CAP takes a first IEP only once the parents' consent is recorded, and none is (R11)." in text
    assert "The school records the consent." in text
    assert "SEC not yet: It shows a day after CAP does." in text


def test_the_check_page_says_that_tonights_download_comes_first(here: Scene) -> None:
    Iep.objects.filter(pk=here.mandate.iep_id).update(transfer=Transfer.NEVER, finalised=build.NOW)
    text = main(as_provider(here.provider).post(NEW, typed(here.osis)))
    assert "CAP by tomorrow, 6:00 am. Tonight's download brings the IEP first (R11)." in text


def test_a_refused_call_has_nothing_below_its_line(here: Scene) -> None:
    agency = build.agency()
    client = as_provider(build.provider(Affiliation.AGENCY, of=agency, at=here.school))
    url = client.post(NEW, typed(here.osis)).headers["Location"]
    for one in (client, as_agency(agency)):
        assert one.get(url).context["standing"] == []
