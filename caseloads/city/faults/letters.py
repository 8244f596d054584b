"""Letters for independent providers: used under the hold, made out too early, or not used at all (R8, R13)."""

from __future__ import annotations

from caseloads.city.faults.gates import BEFORE
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.folk import Person
from caseloads.city.records import Unit
from caseloads.city.shares import BY_SERVICE
from caseloads.city.times import Unreachable
from caseloads.city.unserved import approve, be_approved
from caseloads.kinds import Origin, Outcome
from providers.kinds import Language, Service

LETTERS = Catalogue()
UNUSED_DAYS = 28
"""Days until a letter counts as unused."""
SPOKEN = (Service.SPEECH, Service.COUNSELING)
CONTRACTED = (Language.BENGALI, Language.HAITIAN_CREOLE, Language.ARABIC, Language.URDU)
"""Languages of the letters: for these agencies of the city are contracted, and nobody else is."""
UNCONTRACTED = (Language.ALBANIAN, Language.KOREAN)


@LETTERS.agrees(BEFORE, "refused by the hold, and not by the gate")
def refused_by_the_hold(scene: Scene) -> Subject:
    """Have called while the hold was on."""
    scene.need(4)
    unit, person = of_nobody(scene, UNCONTRACTED)
    be_approved(scene.lives, unit, person, on=scene.days_ago(5, 20))
    at = scene.times.on(scene.days.back(1), 14, 50)
    return scene.about(scene.lives.kept(unit, person, at, Outcome.REFUSED, "R13", "rsa-hold"))


# Letters


def of_nobody(scene: Scene, languages: tuple[Language, ...]) -> tuple[Unit, Person]:
    """Return a spoken service and an independent provider for it."""
    service = scene.rng.choice(SPOKEN)
    unit = scene.unit(scene.case.settled(), service, language=scene.rng.choice(languages))
    return unit, independent(scene, service)


def independent(scene: Scene, service: Service) -> Person:
    """Return an independent provider, registered in PETS, with access at the school."""
    person = scene.world.staff.hire(BY_SERVICE[service].given_by, independent=True)
    scene.world.staff.post(person, scene.place)
    return person


def active(scene: Scene, *, assigned: bool = True) -> tuple[Unit, Person]:
    """Let an independent provider have called, by the city's log, after a letter that every agency had declined."""
    scene.need(6)
    unit, person = of_nobody(scene, CONTRACTED)
    session = scene.days.back(4)
    approve(scene.lives, unit, person, on=session - 8)
    if assigned:
        scene.case.assign(unit.lines, person, session - 1)
    call = scene.lives.call(unit, person, session, scene.times.on(session, 14, 45), origin=Origin.EXTRACT)
    scene.lives.enter(unit, person, call, session)
    scene.lives.hear(unit, scene.lives.turns(person, session - 1, call))
    return unit, person


HELD = "RSA_UNDER_HOLD"


@LETTERS.open(HELD, "assigned and active")
def active_under_hold(scene: Scene) -> Subject:
    """Serve while the hold is on."""
    need_hold(scene)
    return scene.letter(*active(scene))


@LETTERS.open(HELD, "active, and never assigned")
def active_unassigned(scene: Scene) -> Subject:
    """Serve while the hold is on, without an assignment."""
    need_hold(scene)
    return scene.letter(*active(scene, assigned=False))


def need_hold(scene: Scene) -> None:
    """Stop where the hold is lifted."""
    if not scene.world.hold:
        raise Unreachable("the hold is lifted")


@LETTERS.agrees(HELD, "stopped: somebody of the DOE serves since")
def stopped(scene: Scene) -> Subject:
    """Serve no longer."""
    unit, person = active(scene)
    change = scene.days.back(2)
    scene.pupil.assigned[-1].ends = change - 1
    scene.case.assign(unit.lines, scene.world.staff.another(scene.place, unit.service), change)
    return scene.letter(unit, person)


@LETTERS.agrees(HELD, "assigned, and has not begun")
def assigned_only(scene: Scene) -> Subject:
    """Wait for the hold to be lifted."""
    need_hold(scene)
    unit, person = of_nobody(scene, CONTRACTED)
    letter = approve(scene.lives, unit, person, on=scene.days_ago(6, 20))
    scene.case.assign(unit.lines, person, scene.times.day_of(letter.processed or 0) + 2)
    scene.lives.hear(unit, scene.lives.turns(person, scene.times.day_of(letter.processed or 0) + 2, None))
    return scene.letter(unit, person)


UNASKED = "RSA_WITHOUT_AGENCIES"


@LETTERS.open(UNASKED, "no agency was asked")
def nobody_asked(scene: Scene) -> Subject:
    """Have a letter although nobody was asked."""
    unit, person = of_nobody(scene, CONTRACTED)
    be_approved(scene.lives, unit, person, on=scene.days_ago(3, 20), declined=False)
    return scene.letter(unit, person)


@LETTERS.open(UNASKED, "an agency has not answered")
def one_unanswered(scene: Scene) -> Subject:
    """Have a letter although an agency has not answered."""
    unit, person = of_nobody(scene, CONTRACTED)
    letter = be_approved(scene.lives, unit, person, on=scene.days_ago(3, 20))
    if letter.vacancy is None:
        raise Unreachable("no agency is contracted for this")
    offer = letter.vacancy.offers[-1]
    offer.answer = offer.answered = None
    return scene.letter(unit, person)


@LETTERS.agrees(UNASKED, "every agency has declined")
def all_declined(scene: Scene) -> Subject:
    """Have a letter after every agency declined."""
    unit, person = of_nobody(scene, CONTRACTED)
    be_approved(scene.lives, unit, person, on=scene.days_ago(3, 20))
    return scene.letter(unit, person)


@LETTERS.agrees(UNASKED, "no agency is contracted for this")
def nobody_contracted(scene: Scene) -> Subject:
    """Have a letter for what nobody is contracted for."""
    unit, person = of_nobody(scene, UNCONTRACTED)
    be_approved(scene.lives, unit, person, on=scene.days_ago(3, 20))
    return scene.letter(unit, person)


UNUSED = "RSA_UNUSED"


def lettered(scene: Scene, days: int) -> tuple[Unit, Person]:
    """Return a service whose letter was processed some days ago, after every agency declined."""
    unit, person = of_nobody(scene, CONTRACTED)
    be_approved(scene.lives, unit, person, on=scene.times.day - days)
    return unit, person


@LETTERS.open(UNUSED, "processed twenty-nine days ago")
def a_day_too_long(scene: Scene) -> Subject:
    """Have a letter that nobody uses, for a day too long."""
    return scene.letter(*lettered(scene, UNUSED_DAYS + 1))


@LETTERS.open(UNUSED, "processed weeks ago")
def weeks_too_long(scene: Scene) -> Subject:
    """Have a letter that nobody uses since weeks."""
    return scene.letter(*lettered(scene, scene.rng.randrange(UNUSED_DAYS + 2, UNUSED_DAYS + 40)))


@LETTERS.waiting(UNUSED, "processed twenty-eight days ago")
def last_day(scene: Scene) -> Subject:
    """Have a letter that nobody uses, on the last day for it."""
    return scene.letter(*lettered(scene, UNUSED_DAYS))


@LETTERS.agrees(UNUSED, "somebody of the DOE serves instead")
def unneeded(scene: Scene) -> Subject:
    """Have a letter that nobody needs any more."""
    scene.need(3)
    unit, person = of_nobody(scene, CONTRACTED)
    approve(scene.lives, unit, person, on=scene.times.day - UNUSED_DAYS - scene.rng.randrange(2, 9))
    scene.served(unit, scene.world.staff.another(scene.place, unit.service))
    return scene.letter(unit, person)
