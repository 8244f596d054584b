"""How many of each kind there are, and which student gets which."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from caseloads.city.deal import deal, how_many, how_many_heavy, jobs
from caseloads.city.faults.catalogue import NEAR, PLANTED
from caseloads.city.faults.scenario import CODES, NEVER_OPEN
from caseloads.city.loads import OVER
from compliance.kinds import Code


@pytest.mark.parametrize(
    ("students", "rate", "each"),
    [
        (5_000, None, 12),
        (20_000, None, 50),
        (400, None, 1),
        (10, None, 1),
        (220_000, None, 330),
        (25_000, None, 50),
        (220_000, 0.0, 0),
        (220_000, 0.15, 1980),
    ],
)
def test_there_are_as_many_as_a_city_of_this_size_has(students: int, rate: float | None, each: int) -> None:
    assert how_many(students, rate) == each


def test_at_city_size_two_to_three_lines_in_a_hundred_have_a_fault() -> None:
    planted = how_many(220_000, None) * (len(CODES) - len(NEVER_OPEN))
    assert 0.02 <= planted / 400_000 <= 0.03


def test_the_rate_makes_sixty_thousand_open_items() -> None:
    assert how_many(220_000, 0.15) * (len(CODES) - len(NEVER_OPEN)) == pytest.approx(60_000, rel=0.02)


def test_heavy_caseloads_are_as_many_as_there_are_students_for() -> None:
    assert how_many_heavy(5_000, 12) == 12
    assert how_many_heavy(20_000, 50) == 49
    assert how_many_heavy(300, 12) == 0


def test_the_codes_are_those_of_the_comparison() -> None:
    assert set(CODES) == {code.name for code in Code}


def test_every_code_is_planted_and_nearly_missed() -> None:
    for code in CODES:
        if code == OVER:
            continue
        assert NEAR[code], code
        assert bool(PLANTED[code]) is (code not in NEVER_OPEN), code


@pytest.mark.parametrize("code", sorted(set(CODES) - {OVER}))
def test_scenarios_say_what_they_are_each_in_its_own_words(code: str) -> None:
    words = [one.what for one in (*PLANTED[code], *NEAR[code])]
    assert len(set(words)) == len(words)
    assert {one.state for one in PLANTED[code]} <= {"open"}
    assert "open" not in {one.state for one in NEAR[code]}


def test_every_kind_comes_as_often_as_every_other() -> None:
    counted = Counter((code, is_open) for code, is_open, _at in jobs(4))
    assert set(counted.values()) == {4}


def test_each_student_gets_one_job_at_most_and_every_job_is_dealt() -> None:
    dealt = deal(Random(1), [500, 700, 800], 4, featured=None)
    assert sorted(dealt.values()) == sorted(jobs(4))
    assert all(0 <= student < 2000 for student in dealt)


def test_a_city_too_small_for_all_has_as_many_as_students() -> None:
    assert len(deal(Random(1), [20], 4, featured=None)) == 20


def test_the_featured_school_has_its_share_of_every_kind() -> None:
    dealt = deal(Random(1), [2000, 300, 2700], 12, featured=1)
    own = Counter((code, is_open) for at, (code, is_open, _) in dealt.items() if 2000 <= at < 2300)
    assert own["IEP_NOT_IN_CAP", True] == 12
    assert {code for code, is_open in own if is_open} == set(CODES) - NEVER_OPEN - {OVER}
    assert sum(own.values()) < 150
    assert sorted(dealt.values()) == sorted(jobs(12))


def test_a_featured_school_of_few_leaves_the_rest_to_the_others() -> None:
    dealt = deal(Random(1), [2000, 20, 2700], 12, featured=1)
    assert sum(1 for at in dealt if 2000 <= at < 2020) == 10
    assert sorted(dealt.values()) == sorted(jobs(12))
