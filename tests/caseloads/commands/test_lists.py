"""``calls``, ``deliveries`` and ``replay``: what was recorded, how far it has come, and once more what was parked."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from caseloads.confirmation import new_number
from caseloads.facts import Asked
from caseloads.intake import record
from caseloads.kinds import DeliveryState, Origin, System
from caseloads.models import Call, Delivery
from caseloads.propagation import deliver, nightly
from providers.kinds import Service
from providers.models import Provider
from tests import build
from tests.caseloads.commands.conftest import Cast, Run

CALLS = [
    "id",
    "number",
    "outcome",
    "rule",
    "service",
    "language",
    "session",
    "called",
    "origin",
    "provider",
    "school",
]
DELIVERIES = [
    "confirmation",
    "system",
    "state",
    "attempts",
    "due",
    "delivered",
    "reason",
    "id",
    "expected",
    "shown",
]


def made(provider: Provider, osis: int, service: Service = Service.SPEECH) -> Call:
    """Return a call of yesterday's session, made this morning."""
    asked = Asked(osis, service, None, build.TODAY - timedelta(days=1))
    call = record(provider=provider, asked=asked, origin=Origin.FORM, now=build.NOW, real=build.REAL).call
    assert call is not None
    return call


@pytest.fixture
def accepted(cast: Cast) -> Call:
    """Return the therapist's accepted call."""
    return made(cast.therapist, cast.speech.student.osis)


@pytest.fixture
def refused(cast: Cast) -> Call:
    """Return the agency provider's refused one."""
    return made(cast.contractor, cast.therapy.student.osis, Service.OCCUPATIONAL_THERAPY)


def objects(lines: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]


def park(call: Call, system: System) -> Delivery:
    """Park a call's delivery to a system."""
    one = Delivery.objects.get(call=call, system=system)
    Delivery.objects.filter(pk=one.pk).update(
        state=DeliveryState.PARKED, attempts=8, reason="SEC rejected the record as it stands", failed=build.REAL
    )
    return one


def test_calls_are_listed_newest_first_without_their_students(
    run: Run, cast: Cast, accepted: Call, refused: Call
) -> None:
    ended = run("calls", "--json")
    newest, oldest = objects(ended.lines)
    assert (ended.code, list(newest)) == (0, CALLS)
    assert (newest["id"], newest["number"], newest["outcome"], newest["rule"]) == (
        refused.pk,
        refused.reference,
        "refused",
        "R8",
    )
    assert (oldest["number"], oldest["outcome"], oldest["rule"]) == (accepted.confirmation, "accepted", None)
    assert cast.student not in "".join(ended.lines)


def test_what_calls_prints_other_commands_accept(run: Run, cast: Cast, accepted: Call) -> None:
    (row,) = objects(run("calls", "--json").lines)
    assert Service.from_slug(row["service"]) == accepted.service
    assert (row["session"], row["called"]) == ("2026-11-23", "2026-11-24T07:41:00-05:00")
    assert (row["provider"], row["school"]) == (cast.therapist.number, cast.school.dbn)
    assert (row["language"], row["origin"]) == ("english", "form")


def test_a_call_is_found_by_its_confirmation_however_it_is_grouped(run: Run, accepted: Call, refused: Call) -> None:
    number = str(accepted.confirmation)
    (line,) = run("calls", "--confirmation", f"{number[:4]} {number[4:]}").lines
    assert line.split()[:3] == [str(accepted.pk), number, "accepted"]


def test_a_call_is_found_by_its_reference_too(run: Run, accepted: Call, refused: Call) -> None:
    (row,) = objects(run("calls", "--json", "--confirmation", str(refused.reference).lower()).lines)
    assert row["id"] == refused.pk


@pytest.mark.parametrize("command", ["calls", "deliveries"])
def test_a_mistyped_number_is_wrong_use(command: str, run: Run, accepted: Call) -> None:
    ended = run(command, "--confirmation", "12345678")
    assert (ended.code, ended.lines) == (2, [])
    assert ended.said.startswith("--confirmation: a confirmation number has eight digits")


@pytest.mark.parametrize("command", ["calls", "deliveries"])
def test_a_number_that_no_call_has_ends_with_four(command: str, run: Run, accepted: Call) -> None:
    drawn = (new_number(Random(seed)) for seed in range(2))  # two, since the call's own was drawn as well
    number = next(one for one in drawn if one != accepted.confirmation)
    ended = run(command, "--confirmation", number)
    assert (ended.code, ended.lines) == (4, [])
    assert ended.said.endswith("call has this number.")


@pytest.mark.parametrize("command", ["calls", "deliveries"])
def test_nothing_to_list_is_no_line_and_no_failure(command: str, run: Run, cast: Cast) -> None:
    assert run(command).lines == run(command, "--json").lines == []
    assert run(command).code == 0


def test_a_call_has_a_line_for_each_system(run: Run, accepted: Call, refused: Call) -> None:
    rows = objects(run("deliveries", "--json").lines)
    assert [list(row) for row in rows] == [DELIVERIES] * 3
    assert [(row["confirmation"], row["system"], row["state"]) for row in rows] == [
        (accepted.confirmation, system.slug, "waiting") for system in System
    ]
    assert {(row["attempts"], row["delivered"], row["reason"], row["shown"]) for row in rows} == {(0, None, None, None)}


def test_deliveries_stand_in_the_order_of_their_calls_newest_first(run: Run, cast: Cast, accepted: Call) -> None:
    later = made(cast.therapist, build.mandated(cast.school).student.osis)
    Call.objects.filter(pk=accepted.pk).update(received=build.NOW + timedelta(minutes=1))
    listed = [row["number"] for row in objects(run("calls", "--json").lines)]
    assert listed == [accepted.confirmation, later.confirmation]
    rows = [(row["confirmation"], row["system"]) for row in objects(run("deliveries", "--json").lines)]
    assert rows == [(number, system.slug) for number in listed for system in System]


def test_the_lines_begin_with_what_scripts_rely_on(run: Run, accepted: Call) -> None:
    for line, system in zip(run("deliveries").lines, System, strict=True):
        assert line.split()[:7] == [
            str(accepted.confirmation),
            system.slug,
            "waiting",
            "0",
            "2026-12-01T10:00:00-05:00",
            "-",
            "-",
        ]


def test_delivered_is_real_time_and_shown_the_worlds(run: Run, accepted: Call) -> None:
    nightly.begin(now=build.NOW)
    for system in System:
        deliver.drain(system, real=lambda: build.REAL, world=lambda: build.NOW)
    nightly.walk(until=build.NOW + timedelta(hours=11))
    (row,) = [one for one in objects(run("deliveries", "--json").lines) if one["system"] == "sesis"]
    assert row["delivered"] == "2026-12-01T10:00:00-05:00"
    assert row["expected"] == "2026-11-26T07:41:00-05:00"
    assert "2026-11-24T09:41" <= row["shown"] <= "2026-11-24T17:50"


def test_deliveries_are_narrowed_by_state_and_call(run: Run, cast: Cast, accepted: Call) -> None:
    other = made(cast.therapist, build.mandated(cast.school).student.osis)
    park(other, System.SEC)
    parked = objects(run("deliveries", "--state", "parked", "--json").lines)
    assert [(row["confirmation"], row["system"], row["attempts"]) for row in parked] == [(other.confirmation, "sec", 8)]
    assert len(run("deliveries", "--confirmation", str(accepted.confirmation)).lines) == 3
    both = run("deliveries", "--confirmation", str(accepted.confirmation), "--state", "parked")
    assert (both.code, both.lines) == (0, [])


def test_an_unknown_state_is_wrong_use(run: Run, accepted: Call) -> None:
    ended = run("deliveries", "--state", "lost")
    assert (ended.code, ended.said) == (
        2,
        "--state: 'lost' is not one of: waiting, sending, delivered, parked, awaited.",
    )


def test_replay_sends_every_parked_one_again(run: Run, accepted: Call) -> None:
    sec, cap = park(accepted, System.SEC), park(accepted, System.CAP)
    rows = objects(run("replay", "--json").lines)
    assert [(row["id"], row["system"], row["state"]) for row in rows] == [
        (cap.pk, "cap", "waiting"),
        (sec.pk, "sec", "waiting"),
    ]
    again = Delivery.objects.get(pk=sec.pk)
    assert (again.state, again.attempts, again.reason) == (DeliveryState.WAITING, 0, "")
    assert again.due == again.queued > sec.due - timedelta(days=30)


def test_replay_leaves_alone_what_was_not_named(run: Run, accepted: Call) -> None:
    sec, cap = park(accepted, System.SEC), park(accepted, System.CAP)
    ended = run("replay", sec.pk)
    assert (ended.code, len(ended.lines)) == (0, 1)
    assert Delivery.objects.get(pk=cap.pk).state == DeliveryState.PARKED


def test_replay_of_some_that_are_not_parked_says_which(run: Run, accepted: Call) -> None:
    sec, cap = park(accepted, System.SEC), Delivery.objects.get(call=accepted, system=System.CAP)
    ended = run("replay", sec.pk, cap.pk, 999_999)
    assert (ended.code, len(ended.lines)) == (3, 1)
    assert ended.said == f"Not parked, and left as they are: {cap.pk}, 999999."
    assert Delivery.objects.get(pk=cap.pk).replayed is None


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [([], "Nothing is parked."), ([999_999], "Nothing was sent again: none of these is parked.")],
)
def test_replay_of_nothing_ends_with_four(ids: list[int], sentence: str, run: Run, accepted: Call) -> None:
    ended = run("replay", *ids)
    assert (ended.code, ended.lines, ended.said) == (4, [], sentence)


def test_a_replayed_delivery_arrives(run: Run, accepted: Call) -> None:
    park(accepted, System.SEC)
    run("replay")
    again = Delivery.objects.get(call=accepted, system=System.SEC)
    deliver.drain(System.SEC, real=lambda: again.due, world=lambda: build.NOW)
    assert Delivery.objects.get(pk=again.pk).state == DeliveryState.DELIVERED
