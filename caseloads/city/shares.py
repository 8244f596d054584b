"""What a city is made of, in shares: services, languages, settings, who serves, and how far each line has come.

Calibrated by the city's public figures: about two mandates a student, nineteen in twenty served, bilingual services
unserved four times as often as English ones, most first sessions within the first weeks.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from providers.kinds import Language, Role, Service, Setting

Item = TypeVar("Item")


class Draw(Generic[Item]):
    """Draws items by their weights."""

    def __init__(self, weighted: Iterable[tuple[Item, float]]) -> None:
        items, weights = zip(*weighted, strict=True)
        self.items: tuple[Item, ...] = items
        self.sums = list(accumulate(weights))

    def __call__(self, rng: Random) -> Item:
        """Return an item."""
        return self.items[bisect(self.sums, rng.random() * self.sums[-1])]


@dataclass(frozen=True, slots=True)
class Kind:
    """A service: who gives it, how it is mandated, and whether one person of a district serves several schools."""

    service: Service
    weight: float
    given_by: Role
    figures: Draw[tuple[int, int]]
    grouped: float
    roving: bool = False
    spoken: bool = False
    """Whether its language matters, so that it is mandated in others than English."""
    room: tuple[int, int] = (34, 58)
    """How many students one person takes, at least and less than; under every limit that the comparison knows."""


THERAPY = Draw([((1, 30), 25), ((2, 30), 55), ((3, 30), 20)])
TALKS = Draw([((1, 30), 45), ((2, 30), 45), ((1, 45), 10)])
TAUGHT = Draw([((2, 45), 30), ((3, 45), 30), ((5, 45), 40)])
RARE = Draw([((1, 45), 30), ((2, 45), 40), ((3, 60), 30)])
CONSTANT = Draw([((5, 360), 100)])
BRIEF = Draw([((5, 15), 60), ((10, 15), 40)])
SELDOM = Draw([((1, 30), 70), ((1, 60), 30)])
ALONE = (1, 3)

KINDS = (
    Kind(Service.SPEECH, 43, Role.SPEECH_THERAPIST, THERAPY, grouped=0.62, spoken=True),
    Kind(Service.OCCUPATIONAL_THERAPY, 19.5, Role.OCCUPATIONAL_THERAPIST, THERAPY, grouped=0.35),
    Kind(Service.PHYSICAL_THERAPY, 7, Role.PHYSICAL_THERAPIST, THERAPY, grouped=0.2),
    Kind(Service.COUNSELING, 19, Role.COUNSELOR, TALKS, grouped=0.55, spoken=True),
    Kind(Service.HEARING, 0.8, Role.HEARING_TEACHER, RARE, grouped=0.05, roving=True, room=(14, 22)),
    Kind(Service.VISION, 0.5, Role.VISION_TEACHER, RARE, grouped=0.05, roving=True, room=(14, 22)),
    Kind(Service.AUDIOLOGY, 0.2, Role.AUDIOLOGIST, SELDOM, grouped=0, roving=True, room=(20, 30)),
    Kind(Service.ORIENTATION_MOBILITY, 0.2, Role.MOBILITY_INSTRUCTOR, SELDOM, grouped=0, roving=True, room=(20, 30)),
    Kind(Service.INTERPRETING, 0.2, Role.INTERPRETER, CONSTANT, grouped=0, roving=True, room=(1, 3)),
    Kind(Service.NURSE, 1.2, Role.NURSE, BRIEF, grouped=0),
    Kind(Service.HEALTH_PARA, 1.6, Role.PARAPROFESSIONAL, CONSTANT, grouped=0, room=ALONE),
    Kind(Service.BEHAVIOR_PARA, 2.2, Role.PARAPROFESSIONAL, CONSTANT, grouped=0, room=ALONE),
    Kind(Service.TOILETING, 0.4, Role.PARAPROFESSIONAL, BRIEF, grouped=0, room=ALONE),
    Kind(Service.TRANSPORTATION, 0.3, Role.PARAPROFESSIONAL, BRIEF, grouped=0, room=ALONE),
    Kind(Service.SOCIAL_WORK, 0.5, Role.SOCIAL_WORKER, TALKS, grouped=0.3, roving=True, spoken=True),
    Kind(Service.PSYCHOLOGICAL, 0.3, Role.PSYCHOLOGIST, SELDOM, grouped=0, roving=True, spoken=True),
    Kind(Service.PARENT_TRAINING, 0.2, Role.SOCIAL_WORKER, SELDOM, grouped=0.4, roving=True, spoken=True),
    Kind(Service.ASSISTIVE_TECHNOLOGY, 0.3, Role.SPEECH_THERAPIST, SELDOM, grouped=0, roving=True, room=(20, 30)),
    Kind(Service.SETSS, 3.6, Role.SETSS_TEACHER, TAUGHT, grouped=0.8, room=(16, 25)),
    Kind(Service.ENL, 1.4, Role.ENL_TEACHER, TAUGHT, grouped=0.85, room=(20, 30)),
)
BY_SERVICE = {kind.service: kind for kind in KINDS}
DRAW_KIND = Draw((kind, kind.weight) for kind in KINDS)

BILINGUAL = 0.13
"""The share of spoken services that are mandated in another language than English."""
LANGUAGES = Draw(
    [
        (Language.SPANISH, 62.0),
        (Language.MANDARIN, 8),
        (Language.CANTONESE, 6),
        (Language.BENGALI, 5),
        (Language.RUSSIAN, 5),
        (Language.HAITIAN_CREOLE, 4),
        (Language.ARABIC, 3),
        (Language.URDU, 2),
        (Language.FRENCH, 1.5),
        (Language.POLISH, 1),
        (Language.KOREAN, 1),
        (Language.YIDDISH, 0.8),
        (Language.ALBANIAN, 0.5),
        (Language.OTHER, 0.2),
    ]
)
SIZES = Draw([(2, 28), (3, 62), (4, 4), (5, 6)])
"""How many a group has."""
UNITS = Draw([(1, 46), (2, 35), (3, 14), (4, 5)])
"""How many services a student has."""
BOTH_SETTINGS = 0.05
"""The share of grouped services that are mandated alone as well."""

CONTRACTED = 0.1
CONTRACTED_BILINGUAL = 0.34
"""The share of served lines that an agency serves, wherever one is contracted for it."""
UNSERVED = 0.035
UNSERVED_BILINGUAL = 0.15
DELAYS = Draw([(0, 8), (1, 30), (2, 26), (3, 18), (4, 12), (5, 6)])
"""School days from the day on which a first session may be held until it is."""
INDIVIDUAL, GROUP = Setting.INDIVIDUAL.value, Setting.GROUP.value
