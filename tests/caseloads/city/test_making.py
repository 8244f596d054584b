"""Students are made school by school, the wrong ones among the others."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest

from caseloads.city.deal import Job
from caseloads.city.faults import catalogue
from caseloads.city.faults.scenario import Catalogue, Scenario
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.ground import Ground
from caseloads.city.loads import Loads
from caseloads.city.making import FEATURED, Making, sizes_of
from caseloads.city.records import Pupil
from caseloads.city.times import Unreachable
from caseloads.city.truth import Planted
from caseloads.city.words import told
from caseloads.intake import SAID
from caseloads.kinds import Outcome
from tests.caseloads.city.worlds import DAY, make, place, world


def made(jobs: dict[int, Job], day: date = DAY, count: int = 6) -> tuple[list[Pupil], list[Planted]]:
    """Return the students of one school with what was planted."""
    city = world(day)
    making = Making(city, Loads(city, 0))
    return [pupil for pupil, _grade in making.students([place(city)], [count], jobs)], making.planted


def test_a_job_makes_its_student_and_is_noted() -> None:
    pupils, planted = made({2: ("CAP_FIELD_DIFFERS", True, 0), 4: ("NOT_IN_PETS", False, 0)})
    assert len(pupils) == 6
    assert [(one.code, one.state) for one in planted] == [("CAP_FIELD_DIFFERS", "open"), ("NOT_IN_PETS", "agree")]
    assert planted[0].subject.osis == pupils[2].osis


def test_a_number_of_nobody_takes_no_students_place() -> None:
    pupils, planted = made({1: ("CAP_NOT_ON_IEP", True, 2)})
    assert [bool(pupil.id) for pupil in pupils] == [True, False, True, True, True, True, True]
    assert planted[0].subject.osis == pupils[1].osis


def test_where_the_year_is_too_young_another_way_is_taken() -> None:
    _pupils, planted = made({0: ("NO_FIRST_ATTEND", True, 0)}, date(2026, 9, 17))
    assert [one.what for one in planted] == ["not called on the sixth day"]
    _pupils, planted = made({0: ("AWAITING_PROVIDER", True, 1)}, date(2026, 9, 17))
    assert planted[0].what in {"nobody assigned for some days", "nobody assigned since before the school year"}


def test_where_no_way_is_open_the_student_is_an_ordinary_one() -> None:
    pupils, planted = made({0: ("VACANCY_NOT_REPORTED", True, 0)}, date(2026, 9, 14))
    assert planted == []
    assert len(pupils) == 6


def test_company_is_added_but_for_scenarios_that_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Catalogue()
    served = {"alone": 0, "among others": 0}

    def one_line(scene: Scene) -> Subject:
        scene.served()
        return scene.document()

    kept.open("CAP_FIELD_DIFFERS", "among others")(one_line)
    kept.open("CAP_NOT_ON_IEP", "alone", alone=True)(one_line)
    monkeypatch.setitem(catalogue.PLANTED, "CAP_FIELD_DIFFERS", kept.planted["CAP_FIELD_DIFFERS"])
    monkeypatch.setitem(catalogue.PLANTED, "CAP_NOT_ON_IEP", kept.planted["CAP_NOT_ON_IEP"])
    jobs: dict[int, Job] = {at: (("CAP_FIELD_DIFFERS", "CAP_NOT_ON_IEP")[at % 2], True, 0) for at in range(24)}
    pupils, planted = made(jobs, count=24)
    for pupil, one in zip(pupils, planted, strict=True):
        served[one.what] += len(pupil.versions[-1].lines)
    assert served["alone"] == 12
    assert served["among others"] > 16


def test_every_student_has_a_grade_of_the_school() -> None:
    city = world()
    making = Making(city, Loads(city, 0))
    assert {grade for _pupil, grade in making.students([place(city)], [40], {})} == {"1", "2"}


def ground(schools: int, featured: int | None = None) -> Ground:
    """Return so many schools."""
    city = world(schools=schools)
    return Ground(city.times, city.places["15K"], featured, hold=True, hold_since=0)


def test_sizes_add_up_and_differ() -> None:
    sizes = sizes_of(ground(40), 5000, Random(1))
    assert sum(sizes) == 5000
    assert max(sizes) > 2 * min(sizes) > 0


def test_the_featured_school_has_some_hundred() -> None:
    sizes = sizes_of(ground(40, featured=39), 5000, Random(1))
    assert (sum(sizes), sizes[39]) == (5000, FEATURED)
    assert sizes_of(ground(3, featured=2), 120, Random(1)) == [0, 0, 120]
    assert sizes_of(ground(1, featured=0), 900, Random(1)) == [900]


@pytest.mark.parametrize("students", [1, 7, 39])
def test_few_students_go_to_some_schools(students: int) -> None:
    assert sum(sizes_of(ground(40), students, Random(1))) == students


def test_a_scenario_that_cannot_be_leaves_no_vacancy_behind() -> None:
    city = world(date(2026, 9, 11))
    making = Making(city, Loads(city, 0))
    for code, ways in catalogue.PLANTED.items():
        for at in range(len(ways)):
            before = len(city.contracting.vacancies)
            if making._wrong(place(city), (code, True, at)) is None:  # noqa: SLF001 - what is left behind is the point
                assert len(city.contracting.vacancies) == before, code


def test_unreachable_says_why() -> None:
    with pytest.raises(Unreachable, match="no day is 11 school days old"):
        make("VACANCY_NOT_REPORTED", "nobody assigned and no vacancy on the eleventh day", date(2026, 9, 14))


class TestTruth:
    def line(self, *, told: bool) -> dict[str, object]:
        """Return a line about a provider at a school."""
        subject = Subject(provider=910_000_007, dbn="15K921")
        found: dict[str, object] = json.loads(Planted("NOT_IN_GALAXY", subject, "open", "on no list").line(told=told))
        return found

    def test_a_line_has_what_findings_have_and_what_the_subject_has_besides(self) -> None:
        assert self.line(told=False) == {
            "code": "NOT_IN_GALAXY",
            "osis": None,
            "service": None,
            "language": None,
            "setting": None,
            "provider": 910_000_007,
            "dbn": "15K921",
        }

    def test_it_may_say_what_it_is(self) -> None:
        assert (self.line(told=True)["state"], self.line(told=True)["what"]) == ("open", "on no list")

    def test_numbers_have_nine_digits_and_lists_their_slugs(self) -> None:
        one = Planted("SEC_ONLY", Subject(42, 2, 15, 2), "open", "")
        assert list(json.loads(one.line(told=False)).values()) == [
            "SEC_ONLY",
            "000000042",
            "occupational-therapy",
            "sign",
            "group",
        ]


@pytest.mark.parametrize(
    ("code", "what", "words"),
    [
        ("CALL_BEFORE_GATE", "refused twice: the latest counts", "Not yet: your agency has no transmittal"),
        (
            "CALL_BEFORE_GATE",
            "refused by the hold, and not by the gate",
            "Not now: no RSA providers in school buildings",
        ),
        ("CALL_NO_MANDATE", "a service that no IEP names", "Kept, but not recorded: no mandate for this service"),
    ],
)
def test_who_called_in_vain_was_told_so_in_the_policys_words(code: str, what: str, words: str) -> None:
    scene = make(code, what).scene
    (call,) = [one for one in scene.pupil.calls if one.outcome != Outcome.ACCEPTED][-1:]
    said = told(call, scene.times)
    assert set(said) == {*SAID, "look_again"}
    assert said["headline"] == words
    assert said["look_again"] == "" or date.fromisoformat(said["look_again"]) > date.fromordinal(call.session_on)


def test_every_scenario_is_one_of_the_catalogue() -> None:
    assert all(isinstance(one, Scenario) for ways in catalogue.NEAR.values() for one in ways)
