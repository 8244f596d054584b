"""People without access, and on lists on which they must not be (R6, R9)."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.folk import Person, Post
from caseloads.kinds import EntryState
from providers.kinds import Affiliation
from tests.caseloads.city.faults.ages import hours
from tests.caseloads.city.worlds import DAY, Made, make

GALAXY, PETS, WRONG_LIST = "NOT_IN_GALAXY", "NOT_IN_PETS", "NON_DOE_IN_GALAXY"
SEEDS = [1, 2, 3, 4]


def who(made: Made) -> tuple[Person, Post]:
    """Return the subject's provider with the post at the subject's school."""
    (found,) = [one for one in made.scene.world.staff.people if one.number == made.subject.provider]
    (post,) = [one for one in found.posts.values() if one.school.dbn == made.subject.dbn]
    return found, post


def serves(made: Made) -> bool:
    """Return whether the provider is assigned to the student today."""
    person, _post = who(made)
    return any(
        one.person is person and one.starts <= made.day <= (one.ends or made.day) for one in made.scene.pupil.assigned
    )


def listed(made: Made) -> bool:
    """Return whether Galaxy lists the provider at the school today."""
    _person, post = who(made)
    return post.listed is not None and (post.list_ends is None or post.list_ends >= made.day)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("day", [DAY, date(2026, 9, 15), date(2027, 6, 9)])
@pytest.mark.parametrize("what", ["on no list", "on the list until yesterday", "on another school's list"])
def test_who_serves_without_being_listed_is_shut_out(what: str, day: date, seed: int) -> None:
    made = make(GALAXY, what, day, seed=seed)
    person, post = who(made)
    assert person.affiliation is Affiliation.DOE
    assert (serves(made), listed(made), post.access) == (True, False, None)
    assert {entry.state for entry in made.scene.pupil.entries} <= {EntryState.HELD}


def test_another_schools_list_does_not_count() -> None:
    made = make(GALAXY, "on another school's list")
    person, post = who(made)
    assert {one.listed is not None for one in person.posts.values() if one is not post} == {True}


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [("added a minute less than a day ago", 23.9, 23.99), ("added a day ago to the minute", 24, 24)],
)
def test_sesis_opens_a_day_after_the_list_to_the_minute(what: str, least: float, most: float) -> None:
    made = make(GALAXY, what)
    _person, post = who(made)
    assert post.listed is not None
    assert least <= round(hours(made.scene.world, post.listed), 2) <= most
    assert serves(made)


@pytest.mark.parametrize(
    ("what", "serving", "on_list"),
    [("on the list until today", True, True), ("served there until yesterday", False, False)],
)
def test_the_last_day_counts_on_the_list_and_in_the_assignment(what: str, serving: bool, on_list: bool) -> None:
    made = make(GALAXY, what)
    assert (serves(made), listed(made)) == (serving, on_list)


@pytest.mark.parametrize(
    ("what", "good"),
    [
        ("not registered", 0),
        ("registered and not active", 0),
        ("registered twice, once inactive and once ineligible", 0),
        ("registered twice, once as it should be", 1),
    ],
)
def test_one_good_line_of_pets_is_enough(what: str, good: int) -> None:
    made = make(PETS, what)
    person, post = who(made)
    assert person.affiliation is Affiliation.AGENCY
    assert serves(made)
    assert sum(line.active and line.eligible for line in person.pets) == good
    assert (post.access is not None) is bool(good)


def test_who_serves_nobody_needs_no_registration() -> None:
    made = make(PETS, "not registered, and serves nobody")
    assert not serves(made)
    assert who(made)[0].pets == []


@pytest.mark.parametrize(
    ("what", "on_list"),
    [
        ("an agency's provider on a school's list", True),
        ("an agency's provider on a school's list until today", True),
        ("an agency's provider whose line ended yesterday", False),
        ("an agency's provider on no list", False),
    ],
)
def test_an_agencys_provider_is_on_a_list_or_not(what: str, on_list: bool) -> None:
    made = make(WRONG_LIST, what)
    person, _post = who(made)
    assert person.affiliation is Affiliation.AGENCY
    assert listed(made) is on_list
    assert [(line.active, line.eligible) for line in person.pets] == [(True, True)]
