"""The parts of a standing: who acts, who is ORCS, whose staff, head and designee somebody is, at the chosen school."""

from __future__ import annotations

from providers.models.grant import Standing as Kind
from providers.scope import NOBODY, Standing

BOTH = Standing(
    kinds=frozenset({Kind.HEAD, Kind.AUDITOR, Kind.AGENCY}),
    schools=frozenset({1, 2}),
    designee_of=frozenset({1}),
    head_of=frozenset({2}),
    boroughs=frozenset({3, 4}),
    citywide=True,
    agencies=frozenset({9}),
    provider=7,
    orcs_boroughs=frozenset({4}),
)


def test_what_acts_is_not_what_an_auditor_or_an_agency_opens() -> None:
    acting = BOTH.acting
    assert (acting.boroughs, acting.citywide, acting.agencies) == (frozenset({4}), False, frozenset())
    assert (acting.schools, acting.provider) == (BOTH.schools, 7)


def test_what_is_orcs_own_has_no_school_of_its_own_and_no_caseload() -> None:
    orcs = BOTH.orcs
    assert orcs.boroughs == frozenset({4})
    assert (orcs.schools, orcs.designee_of, orcs.head_of, orcs.provider) == (frozenset(),) * 3 + (None,)
    assert not NOBODY.orcs.boroughs


def test_staff_head_and_designee_are_those_of_their_schools_alone() -> None:
    assert BOTH.staff.schools == frozenset({1, 2})
    assert BOTH.head.schools == frozenset({2})
    assert BOTH.designee.schools == BOTH.designee.designee_of == frozenset({1})
    for part in (BOTH.staff, BOTH.head, BOTH.designee):
        assert (part.boroughs, part.citywide, part.agencies, part.provider) == (frozenset(), False, frozenset(), None)


def test_the_chosen_school_narrows_every_part_and_one_that_is_not_ones_own_none() -> None:
    first = Standing(schools=BOTH.schools, designee_of=BOTH.designee_of, head_of=BOTH.head_of, chosen=1)
    assert first.active_schools == first.staff.schools == first.designee.schools == frozenset({1})
    assert first.head.schools == frozenset()
    assert Standing(schools=BOTH.schools, chosen=5).active_schools == BOTH.schools


def test_who_only_audits_reads_only_and_who_heads_a_school_as_well_does_not() -> None:
    assert Standing(kinds=frozenset({Kind.AUDITOR})).read_only
    assert not BOTH.read_only
    assert BOTH.may_replay
    assert not Standing(kinds=frozenset({Kind.AGENCY})).may_replay
