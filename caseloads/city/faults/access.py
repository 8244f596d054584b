"""People without access, and on lists on which they must not be (R6, R9)."""

from __future__ import annotations

from caseloads.city.faults.gates import contracted
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.folk import Person, Post, Registered
from caseloads.city.records import Unit
from caseloads.city.times import MINUTES
from caseloads.kinds import EntryState

ACCESS = Catalogue()
GALAXY, PETS, WRONG_LIST = "NOT_IN_GALAXY", "NOT_IN_PETS", "NON_DOE_IN_GALAXY"


def at_work(scene: Scene, *, contract: bool) -> tuple[Unit, Person, Post]:
    """Return somebody who serves this student alone, of the DOE or an agency, with their post."""
    unit = scene.unit(scene.case.settled())
    agency = contracted(scene, unit).agency if contract else None
    person = scene.world.staff.another(scene.place, unit.service, agency=agency)
    return unit, person, person.posts[scene.place.id]


def shut_out(post: Post, *, listed: int | None, ends: int | None = None) -> None:
    """Let Galaxy say this of a post, and SESIS be shut."""
    post.access, post.listed, post.list_ends = None, listed, ends


def held(scene: Scene, unit: Unit, person: Person) -> None:
    """Let somebody serve whose entries are held for access, or who is yet to call."""
    if scene.days.gone > 4 and scene.rng.random() < 1 / 2:  # noqa: PLR2004 - days of the year
        served, _call = scene.called(unit, person)
        for entry in served.entries:
            entry.state = EntryState.HELD
    else:
        scene.lives.serve(unit, person, since=scene.days.back(1), called=False)


@ACCESS.open(GALAXY, "on no list")
def on_no_list(scene: Scene) -> Subject:
    """Serve without having been added."""
    unit, person, post = at_work(scene, contract=False)
    shut_out(post, listed=None)
    held(scene, unit, person)
    return scene.at_school(person)


@ACCESS.open(GALAXY, "on the list until yesterday")
def until_yesterday(scene: Scene) -> Subject:
    """Serve a day after the list's end."""
    unit, person, post = at_work(scene, contract=False)
    shut_out(post, listed=post.listed, ends=scene.times.day - 1)
    held(scene, unit, person)
    return scene.at_school(person)


@ACCESS.open(GALAXY, "on another school's list")
def on_another_list(scene: Scene) -> Subject:
    """Serve where another school's list does not count."""
    unit, person, post = at_work(scene, contract=False)
    scene.world.staff.post(person, scene.other())
    shut_out(post, listed=None)
    held(scene, unit, person)
    return scene.at_school(person)


@ACCESS.waiting(GALAXY, "added a minute less than a day ago")
def added_today(scene: Scene) -> Subject:
    """Be added, and wait for SESIS."""
    unit, person, post = at_work(scene, contract=False)
    shut_out(post, listed=scene.ago(hours=23, minutes=59))
    scene.lives.serve(unit, person, since=scene.days.back(1), called=False)
    return scene.at_school(person)


@ACCESS.agrees(GALAXY, "added a day ago to the minute")
def added_yesterday(scene: Scene) -> Subject:
    """Be added, and have access since this minute."""
    unit, person, post = at_work(scene, contract=False)
    post.listed, post.access = scene.ago(hours=24), scene.times.at
    scene.lives.serve(unit, person, since=scene.days.back(1), called=False)
    return scene.at_school(person)


@ACCESS.agrees(GALAXY, "on the list until today")
def until_today(scene: Scene) -> Subject:
    """Serve on the list's last day."""
    unit, person, post = at_work(scene, contract=False)
    post.list_ends = scene.times.day
    scene.served(unit, person)
    return scene.at_school(person)


@ACCESS.agrees(GALAXY, "served there until yesterday")
def served_there(scene: Scene) -> Subject:
    """Serve there no longer."""
    scene.need(4)
    unit, person, post = at_work(scene, contract=False)
    shut_out(post, listed=None)
    scene.case.assign(unit.lines, person, scene.days.back(3), scene.times.day - 1)
    scene.lives.serve(unit, scene.case.somebody(unit, contracted=False), since=scene.times.day, called=False)
    return scene.at_school(person)


def unregistered(scene: Scene, lines: list[Registered]) -> Subject:
    """Let an agency's provider serve whom PETS lists like this."""
    unit, person, post = at_work(scene, contract=True)
    person.pets = lines
    scene.lives.serve(unit, person, since=scene.days.back(2), called=False)
    if not any(one.active and one.eligible for one in lines):
        post.access = None
    return scene.at_school(person)


@ACCESS.open(PETS, "not registered")
def not_registered(scene: Scene) -> Subject:
    """Serve without being registered."""
    return unregistered(scene, [])


@ACCESS.open(PETS, "registered and not active")
def not_active(scene: Scene) -> Subject:
    """Serve while registered as inactive."""
    return unregistered(scene, [Registered("", active=False)])


@ACCESS.open(PETS, "registered twice, once inactive and once ineligible")
def not_eligible(scene: Scene) -> Subject:
    """Serve while no line is both active and eligible."""
    return unregistered(scene, [Registered("", active=False), Registered("", eligible=False)])


@ACCESS.agrees(PETS, "registered twice, once as it should be")
def registered_once(scene: Scene) -> Subject:
    """Serve while one of two lines is good."""
    return unregistered(scene, [Registered("", eligible=False), Registered("")])


@ACCESS.agrees(PETS, "not registered, and serves nobody")
def serves_nobody(scene: Scene) -> Subject:
    """Serve nobody without being registered."""
    _unit, person, post = at_work(scene, contract=True)
    scene.lives.serve(_unit)
    person.pets, post.access = [], None
    return scene.at_school(person)


def listed(scene: Scene, since: int, ends: int | None) -> Subject:
    """Let an agency's provider be on the school's Galaxy list."""
    unit, person, post = at_work(scene, contract=True)
    scene.lives.serve(unit, person, since=scene.days.back(1), called=False)
    post.listed, post.list_ends = since, ends
    return scene.at_school(person)


@ACCESS.open(WRONG_LIST, "an agency's provider on a school's list")
def on_the_list(scene: Scene) -> Subject:
    """Be where only DOE staff may be."""
    return listed(scene, scene.long_ago(), None)


@ACCESS.open(WRONG_LIST, "an agency's provider on a school's list until today")
def on_the_list_until_today(scene: Scene) -> Subject:
    """Be where only DOE staff may be, on the last day."""
    return listed(scene, scene.ago(hours=2), scene.times.day)


@ACCESS.agrees(WRONG_LIST, "an agency's provider whose line ended yesterday")
def no_longer(scene: Scene) -> Subject:
    """Have been where only DOE staff may be."""
    return listed(scene, scene.times.at - 20 * MINUTES, scene.times.day - 1)


@ACCESS.agrees(WRONG_LIST, "an agency's provider on no list")
def on_none(scene: Scene) -> Subject:
    """Be on no list."""
    unit, person, _post = at_work(scene, contract=True)
    scene.lives.serve(unit, person, since=scene.days.back(1), called=False)
    return scene.at_school(person)
