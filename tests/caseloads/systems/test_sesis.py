"""SESIS: an entry within its lag, open with access and held without, under the mandate in force (R3, R6, R9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from caseloads.kinds import EntryState, IepStatus, System
from caseloads.models import Entry, Iep, Mandate, SesisNotice, SystemSetting
from caseloads.systems.contract import Ended, FirstAttend, Settled, Shown
from caseloads.systems.sesis.gateway import STEP, SesisGateway, due_at
from providers.kinds import Affiliation, Route, Service
from providers.models import AccessGrant, Provider
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import DAY, message

SESIS = SesisGateway()
LATER = build.NOW + timedelta(hours=11)
HOUR = timedelta(hours=1)


@pytest.fixture
def here(db: None) -> Scene:
    return scene()


def take_and_settle(*messages: FirstAttend, now: datetime = LATER) -> list[Settled]:
    """Let SESIS take messages and, once their lag is over, make their entries."""
    SESIS.take(messages, now=build.NOW)
    return SESIS.settle(now=now)


def without_access(here: Scene, affiliation: Affiliation = Affiliation.DOE) -> Provider:
    """Return a provider at the school whom SESIS does not know there."""
    of = build.agency() if affiliation == Affiliation.AGENCY else None
    return build.provider(affiliation, of=of, at=here.school, access=False)


def test_an_entry_says_whose_it_is_and_which_call_opened_it(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    assert take_and_settle(sent) == [Shown(sent.delivery, LATER)]
    row = Entry.objects.get()
    assert (row.mandate, row.student, row.provider) == (here.mandate, here.mandate.student, here.provider)
    assert (row.school, row.call_id) == (here.school, sent.call)
    assert (row.state, row.held_for, row.since) == (EntryState.OPEN, None, LATER)


@pytest.mark.parametrize(
    ("affiliation", "route"),
    [(Affiliation.DOE, Route.GALAXY), (Affiliation.AGENCY, Route.PETS), (Affiliation.RSA, Route.PETS)],
)
def test_without_access_an_entry_is_held_and_says_for_what(here: Scene, affiliation: Affiliation, route: Route) -> None:
    """R6 and R9: DOE staff wait for Galaxy, everyone else for PETS."""
    assert take_and_settle(message(without_access(here, affiliation), here.mandate)) == []
    row = Entry.objects.get()
    assert (row.state, row.held_for) == (EntryState.HELD, route)
    assert SesisNotice.objects.get().applied == LATER
    assert SesisNotice.objects.get().opened is None


@pytest.mark.parametrize("affiliation", Affiliation)
def test_a_held_entry_opens_once_access_begins(here: Scene, affiliation: Affiliation) -> None:
    provider = without_access(here, affiliation)
    sent = message(provider, here.mandate)
    take_and_settle(sent)
    begins = LATER + DAY
    build.give_access(provider, here.school, opened=begins)
    assert SESIS.next_due(after=LATER) == begins
    assert SESIS.settle(now=begins - timedelta(seconds=1)) == []
    assert SESIS.settle(now=begins) == [Shown(sent.delivery, begins)]
    row = Entry.objects.get()
    assert (row.state, row.held_for, row.since) == (EntryState.OPEN, None, begins)
    assert SESIS.next_due(after=begins) is None


@pytest.mark.parametrize(
    ("opened", "ended", "state"),
    [
        (LATER, None, EntryState.OPEN),
        (LATER + HOUR, None, EntryState.HELD),
        (build.NOW, LATER, EntryState.HELD),
        (build.NOW, LATER + HOUR, EntryState.OPEN),
    ],
)
def test_access_counts_from_its_first_moment_up_to_its_end(
    here: Scene, opened: datetime, ended: datetime | None, state: EntryState
) -> None:
    provider = without_access(here)
    build.give_access(provider, here.school, opened=opened)
    AccessGrant.objects.filter(provider=provider).update(ended=ended)
    take_and_settle(message(provider, here.mandate))
    assert Entry.objects.get().state == state


def test_access_at_another_school_does_not_open_this_one(here: Scene) -> None:
    provider = without_access(here)
    build.give_access(provider, build.school())
    take_and_settle(message(provider, here.mandate))
    assert Entry.objects.get().state == EntryState.HELD


def test_an_open_entry_stays_open_when_access_ends(here: Scene) -> None:
    take_and_settle(message(here.provider, here.mandate))
    AccessGrant.objects.update(ended=LATER)
    SESIS.settle(now=LATER + DAY)
    assert Entry.objects.get().state == EntryState.OPEN


def test_both_settings_make_an_entry_each(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    sent = message(here.provider, here.mandate, alone)
    assert take_and_settle(sent) == [Shown(sent.delivery, LATER)]
    assert set(Entry.objects.values_list("mandate", flat=True)) == {here.mandate.pk, alone.pk}


def replace_iep(here: Scene, *, same_line: bool) -> Mandate:
    """Let another IEP govern from yesterday on, with the line or without it."""
    start = build.TODAY - DAY
    Iep.objects.update(governs=DateRange(here.mandate.iep.starts, start))
    new = build.iep(here.mandate.student, version=2, starts=start)
    return build.mandate(new, Service.SPEECH if same_line else Service.COUNSELING, frequency=1)


def test_an_exchanged_setting_is_followed_too(here: Scene) -> None:
    """A first attend is of a group and of one alone: the line goes on in the setting that is left."""
    sent = message(here.provider, here.mandate)
    start = build.TODAY - DAY
    Iep.objects.update(governs=DateRange(here.mandate.iep.starts, start))
    alone = build.mandate(build.iep(here.mandate.student, version=2, starts=start), group_size=1)
    assert take_and_settle(sent) == [Shown(sent.delivery, LATER)]
    assert Entry.objects.get().mandate == alone


def test_a_superseded_mandate_is_followed_to_the_one_in_force(here: Scene) -> None:
    """R10: the call named the old version, and the caseload shows the new one."""
    sent = message(here.provider, here.mandate)
    new = replace_iep(here, same_line=True)
    assert take_and_settle(sent) == [Shown(sent.delivery, LATER)]
    assert Entry.objects.get().mandate == new


def test_a_line_that_no_iep_names_any_more_opens_nothing(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    replace_iep(here, same_line=False)
    assert take_and_settle(sent) == [Ended(sent.delivery, LATER)]
    assert not Entry.objects.exists()
    assert SESIS.next_due(after=LATER) is None
    assert SESIS.settle(now=LATER + DAY) == []


def test_a_mandate_that_has_ended_by_its_own_date_opens_nothing(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    Mandate.objects.update(ends=build.TODAY - DAY)
    assert take_and_settle(sent) == [Ended(sent.delivery, LATER)]
    assert not Entry.objects.exists()


def test_a_mandate_counts_through_its_last_day(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    Mandate.objects.update(ends=build.TODAY)
    assert take_and_settle(sent) == [Shown(sent.delivery, LATER)]


def test_a_line_that_comes_back_opens_its_entry_after_all(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    replace_iep(here, same_line=False)
    take_and_settle(sent)
    Iep.objects.filter(version=2).update(governs=DateRange(build.TODAY - DAY, build.TODAY + DAY))
    back = build.mandate(build.iep(here.mandate.student, version=3, starts=build.TODAY + DAY))
    assert SESIS.settle(now=LATER + HOUR) == [Shown(sent.delivery, LATER + HOUR)]
    assert Entry.objects.get().mandate == back
    assert SesisNotice.objects.get().ended is None


def test_an_entry_that_ended_while_it_was_held_is_over_too(here: Scene) -> None:
    sent = message(without_access(here), here.mandate)
    assert take_and_settle(sent) == []
    replace_iep(here, same_line=False)
    assert SESIS.settle(now=LATER + HOUR) == [], "the night has yet to end it"
    Entry.objects.update(state=EntryState.ENDED, held_for=None)
    assert SESIS.settle(now=LATER + DAY) == [Ended(sent.delivery, LATER + DAY)]
    assert SESIS.settle(now=LATER + 2 * DAY) == []


def test_two_providers_have_an_entry_each(here: Scene) -> None:
    other = build.provider(at=here.school)
    messages = [message(one, here.mandate) for one in (here.provider, other)]
    assert len(take_and_settle(*messages)) == 2
    assert Entry.objects.filter(mandate=here.mandate, state=EntryState.OPEN).count() == 2


def test_a_later_call_for_an_entry_that_stands_leaves_it_and_is_shown(here: Scene) -> None:
    first = message(here.provider, here.mandate)
    take_and_settle(first)
    before = Entry.objects.values().get()
    second = message(here.provider, here.mandate)
    SESIS.take([second], now=LATER)
    assert SESIS.settle(now=LATER + DAY) == [Shown(second.delivery, LATER + DAY)]
    assert Entry.objects.values().get() == before


def test_an_ended_entry_is_history_and_a_new_call_opens_another(here: Scene) -> None:
    take_and_settle(message(here.provider, here.mandate))
    Entry.objects.update(state=EntryState.ENDED)
    SESIS.take([message(here.provider, here.mandate)], now=LATER)
    SESIS.settle(now=LATER + DAY)
    assert list(Entry.objects.order_by("id").values_list("state", flat=True)) == [EntryState.ENDED, EntryState.OPEN]


def test_access_of_somebody_without_held_entries_is_no_event(here: Scene) -> None:
    build.give_access(without_access(here), here.school, opened=LATER)
    assert SESIS.next_due(after=build.NOW) is None


def test_the_promise_is_the_settings(here: Scene) -> None:
    sent = message(here.provider, here.mandate)
    assert SESIS.take([sent], now=build.NOW)[sent.delivery].expected == build.NOW + 2 * DAY


@pytest.mark.django_db
def test_without_settings_the_effect_is_due_at_once() -> None:
    here = scene()
    SystemSetting.objects.all().delete()
    sent = message(here.provider, here.mandate)
    SESIS.take([sent], now=build.NOW)
    assert SESIS.next_due(after=build.NOW) == build.NOW
    assert SESIS.settle(now=build.NOW) == [Shown(sent.delivery, build.NOW)]


LAGS = st.lists(st.integers(0, 5_000), min_size=2, max_size=2).map(sorted)


@given(lags=LAGS, seed=st.integers(0, 2**31), delivery=st.integers(1, 10**9), minute=st.integers(0, 60 * 24))
def test_a_lag_stays_within_its_bounds_and_ends_on_a_step(
    lags: list[int], seed: int, delivery: int, minute: int
) -> None:
    least, most = lags
    knobs = SystemSetting(system=System.SESIS, lag_min=least, lag_max=most, lag_promise=most, seed=seed)
    now = build.NOW + timedelta(minutes=minute, seconds=17)
    due = due_at(knobs, delivery, now=now)
    assert now + timedelta(minutes=least) <= due
    if most:
        assert due < now + timedelta(minutes=most) + STEP
        assert (due.minute % 5, due.second, due.microsecond) == (0, 0, 0)
    else:
        assert due == now
    assert due == due_at(knobs, delivery, now=now)


def test_lags_are_spread_by_the_delivery_and_the_seed() -> None:
    def draw(seed: int) -> list[datetime]:
        knobs = SystemSetting(system=System.SESIS, lag_min=0, lag_max=600, lag_promise=600, seed=seed)
        return [due_at(knobs, delivery, now=build.NOW) for delivery in range(50)]

    assert len(set(draw(1))) > 20
    assert draw(1) != draw(2)


def test_drafts_never_govern_a_caseload(here: Scene) -> None:
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT)
    build.mandate(draft)
    take_and_settle(message(here.provider, here.mandate))
    assert Entry.objects.get().mandate == here.mandate
