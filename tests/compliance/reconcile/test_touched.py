"""A comparison of what was touched says of it what one of everything would, whatever the change was."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from caseloads.kinds import IepKind, Transfer
from caseloads.models import Consent
from caseloads.propagation import nightly
from compliance.kinds import Code, Condition
from compliance.models import Finding, Run
from compliance.reconcile import hooks, tasks
from compliance.reconcile.run import reconcile
from compliance.reconcile.touched import catch_up
from orcs_portal.shared import clock
from orcs_portal.shared.models import Touched
from orcs_portal.shared.touched import touch
from providers.kinds import Service
from providers.models import Agency, Provider
from tests import build
from tests.compliance.reconcile.cases import access, calls, deliveries, documents, gates, providers, systems
from tests.compliance.reconcile.cases.registry import CASES, When
from tests.compliance.reconcile.worlds import AT, LONG_AGO, SECOND, World, change, floor

pytestmark = pytest.mark.django_db
GROUPS = (access, calls, deliveries, documents, gates, providers, systems)
SOME = 60
"""Changes at a time, of all the ways in which a world is put out of order."""
STUDENT, PROVIDER, AGENCY = Touched.Kind.STUDENT, Touched.Kind.PROVIDER, Touched.Kind.AGENCY
Said = set[tuple[object, ...]]


def standing() -> Said:
    """Return what is said at present, with all its times."""
    names = ("code", "student", "provider", "service", "language", "setting", "place", "call", "iep", "letter")
    rows = Finding.objects.exclude(condition=Condition.CLOSED)
    values = rows.values_list(*names, "condition", "owner", "since", "until", "due", "consequences")
    return {(*row[:-1], tuple(row[-1])) for row in values}


def of(said: Said, worlds: list[World], people: set[int]) -> Said:
    """Return what is said of the students and providers of some worlds."""
    students = {world.student.pk for world in worlds}
    return {one for one in said if one[1] in students or (one[1] is None and one[2] in people)}


@pytest.mark.parametrize("seed", [1, 2])
def test_any_changes_are_said_as_if_everything_were_compared(seed: int) -> None:
    assert {case.make.__module__ for case in CASES.values()} == {one.__name__ for one in GROUPS}
    rng = random.Random(seed)
    floor()
    chosen = rng.sample([case for case in CASES.values() if case.when is When.AFTERNOON], SOME)
    worlds = [World(service=case.service) for case in chosen]
    reconcile(as_of=AT, now=build.REAL)
    assert not Finding.objects.filter(condition=Condition.OPEN).exists()
    before = set(Provider.objects.values_list("pk", flat=True))
    for case, world in zip(chosen, worlds, strict=True):
        case.make(world)
    people = set(Provider.objects.values_list("pk", flat=True)) - before | {world.provider.pk for world in worlds}
    touch(STUDENT, [world.student.pk for world in worlds], now=AT)
    touch(PROVIDER, people, now=AT)
    assert catch_up(as_of=AT, now=build.REAL) == 1
    assert not Run.objects.order_by("-pk")[0].full
    touched = of(standing(), worlds, people)
    reconcile(as_of=AT, now=build.REAL)
    assert len(touched) > SOME / 3
    assert touched == of(standing(), worlds, people)


def call_made(world: World) -> None:
    """Let the assigned provider call whose call was due."""
    world.calls(received=AT - SECOND, session_on=date(2026, 11, 24))


def access_granted(world: World) -> None:
    """Let Galaxy list the provider who was missing there."""
    world.in_galaxy(world.provider, added=AT - SECOND)


def contract_signed(world: World) -> None:
    """Let an agency be contracted for the service of a letter since before it was processed."""
    gates.contract(world)


def somebody_assigned(world: World) -> None:
    """Assign somebody where nobody was."""
    build.assignment(world.provider, world.mandate, starts=date(2026, 11, 24))


def consent_recorded(world: World) -> None:
    """Record the consent that a first IEP waited for."""
    recorded = build.user("consents")
    Consent.objects.create(student=world.student, given=date(2026, 11, 24), recorded=AT - SECOND, recorded_by=recorded)


def first_iep(world: World) -> None:
    """Let the IEP be a first one without consent."""
    change(world.iep, kind=IepKind.INITIAL, transfer=Transfer.NEVER, transfer_at=None)


def late_call(world: World) -> None:
    """Let nobody have called for weeks."""
    world.nobody_called()


def unserved(world: World) -> None:
    """Let nobody be assigned since weeks."""
    world.nobody_serves()
    change(world.cap, since=LONG_AGO)


def lettered(world: World) -> None:
    """Let an independent provider have a letter that is not used, since somebody else serves."""
    gates.letter(world, LONG_AGO)


@pytest.mark.parametrize(
    ("before", "then", "kind", "was", "becomes"),
    [
        (late_call, call_made, STUDENT, "NO_FIRST_ATTEND open", "CALL_NOT_IN_CAP waiting"),
        (deliveries.not_listed, access_granted, PROVIDER, "NOT_IN_GALAXY open", "NOT_IN_GALAXY waiting"),
        (lettered, contract_signed, AGENCY, None, "RSA_WITHOUT_AGENCIES open"),
        (unserved, somebody_assigned, STUDENT, "VACANCY_NOT_REPORTED open", "NO_FIRST_ATTEND waiting"),
        (first_iep, consent_recorded, STUDENT, "CONSENT_MISSING open", "IEP_NOT_IN_CAP waiting"),
    ],
)
def test_what_changes_is_said_anew(
    before: Callable[[World], None], then: Callable[[World], None], kind: Touched.Kind, was: str | None, becomes: str
) -> None:
    floor()
    world = World(service=Service.COUNSELING if kind == AGENCY else Service.SPEECH)
    before(world)
    reconcile(as_of=AT, now=build.REAL)
    assert was is None or was in said()
    assert becomes not in said()
    then(world)
    newest = Agency.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    touch(kind, [{STUDENT: world.student.pk, PROVIDER: world.provider.pk, AGENCY: newest}[kind]], now=AT)
    assert catch_up(as_of=AT, now=build.REAL) == 1
    assert becomes in said()
    assert was not in said()
    assert not Touched.objects.exists()


def said() -> list[str]:
    """Return the codes that hold and how."""
    rows = Finding.objects.exclude(condition=Condition.CLOSED)
    return [f"{Code(one.code).name} {Condition(one.condition).slug}" for one in rows]


def test_whatever_was_touched_rings_once_it_is_committed(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(hooks.BELL, "ring", lambda: rung.append(True))
    with django_capture_on_commit_callbacks(execute=True):
        touch(STUDENT, [1, 2], now=AT)
        assert rung == []
    assert rung == [True]
    with django_capture_on_commit_callbacks(execute=True):
        Touched.objects.create(kind=PROVIDER, subject_id=1, at=AT)
    assert rung == [True, True]


def test_the_task_compares_what_was_touched_by_the_worlds_clock(settings: Settings) -> None:
    settings.DEMO = True
    floor()
    world = World()
    reconcile(as_of=AT, now=build.REAL)
    clock.set_world(to=AT, real=clock.real_now())
    change(world.sec, frequency=5)
    touch(STUDENT, [world.student.pk], now=AT)
    tasks.catch_up()
    run = Run.objects.order_by("-pk")[0]
    assert not run.full
    assert AT <= run.as_of < AT + timedelta(minutes=5)
    assert said() == ["SEC_STALE open"]
    tasks.catch_up()
    assert Run.objects.count() == 2


def test_at_five_in_the_morning_everything_is_compared() -> None:
    floor()
    world = World()
    reconcile(as_of=AT, now=build.REAL)
    for begin in (nightly.begin, nightly.begin_further):
        begin(now=AT)
    five = clock.at_local(date(2026, 11, 25), 5)
    nightly.walk(until=five - SECOND)
    assert Run.objects.count() == 1
    change(world.sec, frequency=5)
    nightly.walk(until=five)
    run = Run.objects.order_by("-pk")[0]
    assert (run.full, run.as_of) == (True, five)
    assert said() == ["SEC_STALE open"]
    nightly.walk(until=five + timedelta(hours=1))
    assert Run.objects.count() == 2


def test_a_night_touches_those_whom_it_changed_and_nobody_else() -> None:
    floor()
    world, _other = World(), World()
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None, finalised=AT)
    change(world.mandate, frequency=5)
    nightly.begin(now=AT)
    nightly.walk(until=clock.at_local(date(2026, 11, 25), 2))
    assert set(Touched.objects.values_list("kind", "subject_id")) == {(STUDENT, world.student.pk)}
