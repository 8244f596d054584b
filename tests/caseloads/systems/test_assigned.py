"""Who makes no call is on the caseload by assignment alone (R1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.kinds import EntryState
from caseloads.models import Enrolment, Entry, Iep, Mandate
from caseloads.propagation.nightly import walk
from caseloads.systems.sesis.documents import open_by_assignment
from caseloads.systems.sesis.gateway import SesisGateway
from providers.kinds import Affiliation, Role, Route
from providers.models import Provider
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.propagation.world import at, begun
from tests.caseloads.systems.cases import DAY

pytestmark = pytest.mark.django_db

LATER = build.NOW + timedelta(hours=1)


@pytest.fixture
def here() -> Scene:
    return scene(assigned=False)


def nurse(here: Scene, affiliation: Affiliation = Affiliation.DOE, *, access: bool = True) -> Provider:
    """Return a nurse of the school."""
    of = build.agency() if affiliation == Affiliation.AGENCY else None
    return build.provider(affiliation, Role.NURSE, at=here.school, of=of, access=access)


def test_a_nurses_assignment_opens_her_entry_once(here: Scene) -> None:
    given = build.assignment(nurse(here), here.mandate)
    assert open_by_assignment(now=build.NOW, assignments=[given.pk]) == 1
    assert open_by_assignment(now=LATER, assignments=[given.pk]) == 0
    assert open_by_assignment(now=LATER) == 0
    row = Entry.objects.get()
    assert (row.provider, row.mandate, row.student) == (given.provider, here.mandate, here.mandate.student)
    assert (row.school, row.call) == (here.school, None)
    assert (row.state, row.held_for, row.since) == (EntryState.OPEN, None, build.NOW)


@pytest.mark.parametrize("role", set(Role) - {Role.NURSE})
def test_everyone_else_calls_first(here: Scene, role: Role) -> None:
    build.assignment(build.provider(role=role, at=here.school), here.mandate)
    assert open_by_assignment(now=build.NOW) == 0
    assert not Entry.objects.exists()


def test_only_the_named_assignments_are_looked_at(here: Scene) -> None:
    hers, others = build.assignment(nurse(here), here.mandate), build.assignment(nurse(here), here.mandate)
    open_by_assignment(now=build.NOW, assignments=[hers.pk])
    assert Entry.objects.get().provider == hers.provider
    assert open_by_assignment(now=build.NOW, assignments=[]) == 0
    open_by_assignment(now=build.NOW)
    assert set(Entry.objects.values_list("provider", flat=True)) == {hers.provider_id, others.provider_id}


@pytest.mark.parametrize(("affiliation", "route"), [(Affiliation.DOE, Route.GALAXY), (Affiliation.AGENCY, Route.PETS)])
def test_without_access_her_entry_is_held_and_opens_with_it(
    here: Scene, affiliation: Affiliation, route: Route
) -> None:
    hers = nurse(here, affiliation, access=False)
    build.assignment(hers, here.mandate)
    open_by_assignment(now=build.NOW)
    row = Entry.objects.get()
    assert (row.state, row.held_for) == (EntryState.HELD, route)
    build.give_access(hers, here.school, opened=LATER)
    SesisGateway().settle(now=LATER)
    row.refresh_from_db()
    assert (row.state, row.held_for, row.since) == (EntryState.OPEN, None, LATER)


def test_access_at_another_school_opens_nothing(here: Scene) -> None:
    hers = nurse(here, access=False)
    build.give_access(hers, build.school())
    build.assignment(hers, here.mandate)
    open_by_assignment(now=build.NOW)
    assert Entry.objects.get().state == EntryState.HELD


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-9, -1)])
def test_an_assignment_opens_on_its_own_days_alone(here: Scene, starts: int, ends: int | None) -> None:
    until = None if ends is None else build.TODAY + ends * DAY
    build.assignment(nurse(here), here.mandate, starts=build.TODAY + starts * DAY, ends=until)
    assert open_by_assignment(now=build.NOW) == 0


def test_the_first_and_the_last_day_of_an_assignment_count(here: Scene) -> None:
    build.assignment(nurse(here), here.mandate, starts=build.TODAY, ends=build.TODAY)
    assert open_by_assignment(now=build.NOW) == 1


def test_a_mandate_that_is_over_opens_nothing(here: Scene) -> None:
    build.assignment(nurse(here), here.mandate)
    Mandate.objects.update(ends=build.TODAY - DAY)
    assert open_by_assignment(now=build.NOW) == 0
    Mandate.objects.update(ends=build.TODAY)
    assert open_by_assignment(now=build.NOW) == 1


def test_a_superseded_mandate_opens_nothing(here: Scene) -> None:
    build.assignment(nurse(here), here.mandate)
    Iep.objects.update(governs=(build.YEAR[0], build.TODAY))
    assert open_by_assignment(now=build.NOW) == 0


def test_a_student_who_has_left_school_is_entered_nowhere(here: Scene) -> None:
    build.assignment(nurse(here), here.mandate)
    Enrolment.objects.update(ends=build.TODAY - DAY)
    assert open_by_assignment(now=build.NOW) == 0


def test_the_entry_is_for_the_school_of_that_day(here: Scene) -> None:
    hers, next_school = nurse(here), build.school()
    build.assignment(hers, here.mandate)
    Enrolment.objects.update(ends=build.TODAY - DAY)
    Enrolment.objects.create(student=here.mandate.student, school=next_school, grade="3", starts=build.TODAY)
    open_by_assignment(now=build.NOW)
    assert Entry.objects.get().school == next_school


def test_an_entry_that_was_ended_is_history_and_a_running_assignment_opens_another(here: Scene) -> None:
    build.assignment(nurse(here), here.mandate)
    open_by_assignment(now=build.NOW)
    Entry.objects.update(state=EntryState.ENDED)
    open_by_assignment(now=LATER)
    states = list(Entry.objects.order_by("id").values_list("state", "since"))
    assert states == [(EntryState.ENDED, build.NOW), (EntryState.OPEN, LATER)]


def test_the_night_opens_what_nobody_told_sesis_of() -> None:
    here = begun()
    build.assignment(nurse(here), here.mandate, starts=at(26, 0).date())
    walk(until=at(26, 0, 59))
    assert not Entry.objects.exists()
    walk(until=at(26, 1))
    assert Entry.objects.get().since == at(26, 1)
