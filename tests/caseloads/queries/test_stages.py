"""How far a vacancy has come, in SQL and in words, and which agencies could still be asked (R12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.models import Offer, Vacancy
from caseloads.queries.ages import ages
from caseloads.queries.stages import Stage, answer_cutoff, overdue, stage_in_sql, told
from caseloads.queries.vacancies import counts_of, staged_for, tabs_of
from caseloads.queries.vacancy_rows import contracted, key_of, lost
from providers.models.grant import Standing as Kind
from providers.scope import Standing
from tests import build
from tests.caseloads.contracting.scene import Bench, bench

CITY = Standing(kinds=frozenset({Kind.ORCS}), citywide=True, orcs_citywide=True)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def stage_of(vacancy: Vacancy) -> Stage:
    """Return a vacancy's stage as the database says it."""
    return Stage(Vacancy.objects.annotate(stage=stage_in_sql()).get(pk=vacancy.pk).stage)


def test_a_vacancy_goes_through_its_stages_in_order(here: Bench) -> None:
    vacancy = here.log()
    assert stage_of(vacancy) is Stage.REPORTED
    offer = here.offer(vacancy)
    assert stage_of(vacancy) is Stage.OFFERED
    here.answer(offer, accepted=True)
    assert stage_of(vacancy) is Stage.ACCEPTED
    here.send(vacancy)
    assert stage_of(vacancy) is Stage.TRANSMITTED
    Vacancy.objects.filter(pk=vacancy.pk).update(closing=1, closed=build.NOW, closed_by=here.orcs)
    assert stage_of(vacancy) is Stage.FILLED


def test_declined_by_everybody_it_is_to_be_offered_again(here: Bench) -> None:
    vacancy = here.log()
    here.answer(here.offer(vacancy), accepted=False)
    assert stage_of(vacancy) is Stage.REPORTED


def test_an_offer_is_late_once_the_days_to_answer_have_gone_by(here: Bench) -> None:
    vacancy = here.log()
    here.offer(vacancy)
    cutoff = answer_cutoff(ages((), build.TODAY))
    assert cutoff is not None
    late = Vacancy.objects.filter(overdue(cutoff))
    since = (build.TODAY - cutoff).days
    for days, found in ((since - 1, []), (since, [vacancy])):
        Offer.objects.update(offered=build.NOW - timedelta(days=days))
        assert list(late.all()) == found
    Offer.objects.update(answer=2, answered=build.NOW, answered_by=here.orcs)
    assert list(late.all()) == []


def test_the_numbers_of_a_list_are_those_of_its_tabs_and_stages(here: Bench) -> None:
    vacancy = here.log()
    tabs = tabs_of(CITY, answer_cutoff(ages((), build.TODAY)))
    rows = staged_for(CITY)

    def numbers() -> dict[str, int]:
        counts = counts_of(rows, tabs)
        assert counts.tabs == {tab: rows.filter(which).count() for tab, which in tabs.items()}
        assert sum(counts.stages.values()) == counts.tabs["open"]
        return counts.tabs

    assert numbers() == {"to-act": 1, "open": 1, "closed": 0}
    offer = here.offer(vacancy)
    assert numbers() == {"to-act": 0, "open": 1, "closed": 0}
    here.answer(offer, accepted=True)
    assert numbers() == {"to-act": 1, "open": 1, "closed": 0}
    Vacancy.objects.filter(pk=vacancy.pk).update(closing=2, closed=build.NOW, closed_by=here.orcs)
    assert numbers() == {"to-act": 0, "open": 0, "closed": 1}


def test_a_reported_one_names_whom_to_ask_and_says_nothing_of_those_asked(here: Bench) -> None:
    vacancy = here.log()
    when = ages({here.school.pk}, build.TODAY)
    (known,) = [contracted([vacancy], build.TODAY)[key_of(vacancy)]]
    assert here.agency.name in known.values()
    said = told(vacancy, Stage.REPORTED, [], sorted(known.values()), hold=False, when=when)
    assert (said.words, said.owner) == ("To offer", "ORCS")


@pytest.mark.parametrize(("minutes", "age", "expected"), [(180, 11, 396), (180, 0, 0), (0, 9, 0), (90, 1, 18)])
def test_lost_minutes_spread_a_week_over_its_five_school_days(minutes: int, age: int, expected: int) -> None:
    assert lost(minutes, age) == expected
