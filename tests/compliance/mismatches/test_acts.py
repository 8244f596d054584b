"""Assigning, handing over, taking back, acknowledging and undoing: what each writes, and what it leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from compliance.kinds import Code, Condition, EventKind, Handling, Owner, State
from compliance.mismatches import actions
from compliance.mismatches.picking import CHANGED, SETTLED, UNFIT, Done, Picked
from compliance.mismatches.seen import mark_of
from compliance.models import Finding, FindingEvent
from compliance.queries.scope import findings_to_act_on
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place, staff
from tests.compliance.mismatches.picked import LOOK_AGAIN, fresh, order, ticked

MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(here: Place) -> Finding:
    return rows.differing(build.mandated(here.school))


def hand_over(here: Place, *items: Finding, ticket: str = "INC-7", note: str = "") -> Done:
    picked = ticked(here.standing, *items)
    return actions.hand_over(picked=picked, order=order(ticket=ticket, note=note), by=here.user, now=build.NOW)


def last_event(of: Finding) -> FindingEvent:
    return FindingEvent.objects.filter(finding=of).latest("id")


def test_handing_over_names_the_owner_of_the_code_and_keeps_watch(here: Place, item: Finding) -> None:
    done = hand_over(here, item, note="The IEP is attached")
    row = fresh(item)
    assert (row.state, row.handed_to, row.look_again) == (State.HANDED_OVER, Owner.CAP_OFFICE, LOOK_AGAIN)
    assert (row.handled_by, row.handled, row.assigned_to) == (here.user, build.NOW, here.user)
    assert done.changed == [item.pk]
    assert done.students == {item.student_id}
    event = last_event(item)
    assert (event.kind, event.by, event.at) == (EventKind.HANDED_OVER, here.user, build.NOW)
    assert event.note == "The IEP is attached"
    assert event.told["to"] == Owner.CAP_OFFICE


def test_a_ticket_goes_with_what_the_help_desk_gets_and_with_nothing_else(here: Place, item: Finding) -> None:
    stale = rows.on_line(Code.SEC_STALE, build.mandated(here.school))
    hand_over(here, item, stale)
    assert (fresh(item).ticket, fresh(stale).ticket) == ("", "INC-7")
    assert last_event(stale).told["ticket"] == "INC-7"


def test_who_had_an_item_keeps_it_when_somebody_else_hands_it_over(here: Place, item: Finding) -> None:
    colleague = staff(here.school)
    rows.changed(item, assigned_to=colleague)
    hand_over(here, item)
    assert fresh(item).assigned_to == colleague


@pytest.mark.parametrize("code", [Code.VACANCY_NOT_REPORTED, Code.DUPLICATE_CALL])
def test_what_names_nobody_else_is_not_handed_over(here: Place, code: Code) -> None:
    row = rows.on_line(code, build.mandated(here.school))
    assert hand_over(here, row).left == {UNFIT: 1}
    assert fresh(row).handling == Handling.NONE


def test_an_item_that_closed_meanwhile_is_left_alone(here: Place, item: Finding) -> None:
    rows.changed(fresh(item), **rows.settled())
    done = hand_over(here, item)
    assert (done.changed, done.left) == ([], {SETTLED: 1})
    assert fresh(item).handling == Handling.NONE
    assert not FindingEvent.objects.exists()


@pytest.mark.parametrize("tab", ["stale", "hers"])
def test_an_item_that_somebody_changed_meanwhile_is_left_alone(here: Place, item: Finding, tab: str) -> None:
    colleague = staff(here.school)
    columns = rows.handed_over(colleague) if tab == "stale" else {"assigned_to": colleague}
    rows.changed(fresh(item), **columns)
    done = hand_over(here, item)
    assert (done.changed, done.left) == ([], {CHANGED: 1})
    assert fresh(item).assigned_to == colleague


def test_of_several_the_one_that_closed_is_left_and_the_others_are_done_whole(here: Place, item: Finding) -> None:
    other = rows.differing(build.mandated(here.school))
    rows.changed(fresh(other), **rows.settled())
    done = hand_over(here, item, other)
    assert (done.changed, done.left) == ([item.pk], {SETTLED: 1})


def test_an_item_of_another_school_is_not_touched(here: Place) -> None:
    far = rows.differing(build.mandated(build.school("24Q902")))
    done = hand_over(here, far)
    assert (done.changed, done.left) == ([], {CHANGED: 1})
    assert fresh(far).handling == Handling.NONE


def test_handing_over_again_is_possible_and_says_a_new_date(here: Place, item: Finding) -> None:
    hand_over(here, item)
    picked = ticked(here.standing, fresh(item))
    later = order(look_again=LOOK_AGAIN + timedelta(days=7))
    assert actions.hand_over(picked=picked, order=later, by=here.user, now=build.NOW + MINUTE).changed == [item.pk]
    assert fresh(item).look_again == LOOK_AGAIN + timedelta(days=7)


def test_a_whole_cause_is_every_item_that_the_page_counted(here: Place, item: Finding) -> None:
    more = [rows.differing(build.mandated(here.school)) for _ in range(4)]
    late = rows.differing(build.mandated(here.school), opened=build.NOW + MINUTE)
    other = rows.on_line(Code.SEC_STALE, build.mandated(here.school))
    touched = rows.changed(more[0], **rows.handed_over(here.user) | {"handled": build.NOW + MINUTE})
    counted = Q(code=Code.CAP_FIELD_DIFFERS, state__in=[State.OPEN, State.HANDED_OVER])
    picked = Picked(findings_to_act_on(here.standing), counted=counted, shown=build.NOW)
    done = actions.hand_over(picked=picked, order=order(), by=here.user, now=build.NOW + 2 * MINUTE)
    assert sorted(done.changed) == sorted([item.pk, *(one.pk for one in more[1:])])
    assert done.left == {CHANGED: 1}
    assert fresh(touched).handled == build.NOW + MINUTE
    assert [fresh(one).handling for one in (late, other)] == [Handling.NONE, Handling.NONE]


def test_what_is_alike_is_written_together_however_much_it_is(
    here: Place, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    many = [rows.differing(build.mandated(here.school)) for _ in range(30)]
    with django_assert_max_num_queries(8):  # type: ignore[operator] # pytest-django's fixture
        assert len(hand_over(here, *many).changed) == 30


def test_an_item_is_given_to_oneself_to_a_colleague_of_the_school_and_to_nobody(here: Place, item: Finding) -> None:
    colleague = staff(here.school)
    for to in (here.user, colleague, None):
        picked = ticked(here.standing, fresh(item))
        assert actions.assign(picked=picked, to=to, by=here.user, now=build.NOW).changed == [item.pk]
        assert fresh(item).assigned_to == to
        assert last_event(item).told["to_user"] == (to.pk if to else None)


def test_an_item_is_not_given_to_somebody_of_another_school(here: Place, item: Finding) -> None:
    stranger = staff(build.school("24Q902"))
    done = actions.assign(picked=ticked(here.standing, item), to=stranger, by=here.user, now=build.NOW)
    assert (done.changed, done.left) == ([], {UNFIT: 1})


def test_what_is_only_waiting_is_given_to_nobody(here: Place) -> None:
    row = rows.on_line(Code.SEC_WAITING, build.mandated(here.school), **rows.waiting())
    done = actions.assign(picked=ticked(here.standing, row), to=here.user, by=here.user, now=build.NOW)
    assert done.left == {UNFIT: 1}


def test_taking_back_leaves_nothing_of_the_hand_over(here: Place, item: Finding) -> None:
    hand_over(here, item)
    picked = ticked(here.standing, fresh(item))
    assert actions.take_back(picked=picked, by=here.user, now=build.NOW + MINUTE).changed == [item.pk]
    row = fresh(item)
    assert (row.state, row.handed_to, row.ticket, row.look_again) == (State.OPEN, None, "", None)
    assert row.assigned_to == here.user
    assert last_event(item).kind == EventKind.TAKEN_BACK


def test_nothing_is_taken_back_that_was_never_handed_over(here: Place, item: Finding) -> None:
    done = actions.take_back(picked=ticked(here.standing, item), by=here.user, now=build.NOW)
    assert done.left == {UNFIT: 1}


def test_a_fact_is_acknowledged_with_its_reason_and_can_be_taken_up_again(here: Place) -> None:
    row = rows.on_line(Code.WRONG_PROVIDER, build.mandated(here.school))
    picked = ticked(here.standing, row)
    actions.acknowledge(picked=picked, reason="She stood in for a week", by=here.user, now=build.NOW)
    assert fresh(row).state == State.ACKNOWLEDGED
    assert (last_event(row).kind, last_event(row).note) == (EventKind.ACKNOWLEDGED, "She stood in for a week")
    actions.take_back(picked=ticked(here.standing, fresh(row)), by=here.user, now=build.NOW + MINUTE)
    assert fresh(row).state == State.OPEN


def test_what_systems_say_differently_is_never_acknowledged(here: Place, item: Finding) -> None:
    picked = ticked(here.standing, item)
    done = actions.acknowledge(picked=picked, reason="Known", by=here.user, now=build.NOW)
    assert done.left == {UNFIT: 1}


def test_a_note_is_kept_as_it_was_written_and_never_empty(here: Place, item: Finding) -> None:
    text = "<b>Called</b> the office & wait"
    actions.comment(finding=item, text=f"  {text} ", by=here.user, now=build.NOW)
    assert (last_event(item).kind, last_event(item).note) == (EventKind.COMMENTED, text)
    with pytest.raises(ValueError, match="words"):
        actions.comment(finding=item, text=" \n ", by=here.user, now=build.NOW)


def test_the_same_words_within_a_minute_are_one_note_and_later_another(here: Place, item: Finding) -> None:
    first = actions.comment(finding=item, text="They know", by=here.user, now=build.NOW)
    again = actions.comment(finding=item, text="They know ", by=here.user, now=build.NOW + MINUTE / 2)
    assert again == first
    others = [
        actions.comment(finding=item, text="They know", by=here.user, now=build.NOW + MINUTE),
        actions.comment(finding=item, text="They know", by=build.user(), now=build.NOW),
        actions.comment(finding=item, text="They do not", by=here.user, now=build.NOW),
    ]
    assert len({first.pk, *(one.pk for one in others)}) == 4


def test_a_mark_changes_with_everything_that_people_or_the_comparison_write(here: Place, item: Finding) -> None:
    marks = {mark_of(item)}
    changes: list[dict[str, object]] = [
        {"assigned_to": here.user},
        rows.handed_over(here.user),
        {"ticket": "INC-8"},
        {"look_again": LOOK_AGAIN},
        {"handled": build.NOW},
        {"handling": Handling.SNOOZED, "handed_to": None},
        {"times_back": 1},
        {"condition": Condition.EXEMPT},
    ]
    for columns in changes:
        marks.add(mark_of(rows.changed(item, **columns)))
    assert len(marks) == 1 + len(changes)
