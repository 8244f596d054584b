"""Makes a city's students school by school, the wrong ones among the others."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from caseloads.city.deal import Job
from caseloads.city.faults.catalogue import NEAR, PLANTED
from caseloads.city.faults.scenario import Scenario
from caseloads.city.faults.scene import Scene
from caseloads.city.folk import Place
from caseloads.city.ground import Ground
from caseloads.city.loads import OVER, Loads
from caseloads.city.ordinary import ordinary
from caseloads.city.records import Pupil
from caseloads.city.times import Unreachable
from caseloads.city.truth import Planted
from caseloads.city.world import World
from caseloads.kinds import IepStatus

FEATURED = 300
"""Students of the demonstration's first school, beside those of the scenes."""


class Making:
    """Students in the making, and what was planted on the way."""

    def __init__(self, world: World, loads: Loads) -> None:
        self.world = world
        self.loads = loads
        self.planted: list[Planted] = []

    def students(self, places: list[Place], sizes: list[int], jobs: dict[int, Job]) -> Iterator[tuple[Pupil, str]]:
        """Yield every student with a grade; besides, the numbers that no student has."""
        at = 0
        for place, size in zip(places, sizes, strict=True):
            for _ in range(size):
                job = jobs.get(at)
                made = self._wrong(place, job) if job is not None else None
                if made is None or not made.id:
                    yield from ((made, ""),) if made is not None else ()
                    made = ordinary(self.world, place, self.loads)
                yield made, self.world.rng.choice(place.grades)
                at += 1
        self._note_loads()

    def _wrong(self, place: Place, job: Job) -> Pupil | None:
        """Return a student of whom something is wrong or seems so, in the first way that the day allows, or None."""
        code, is_open, at = job
        ways = (PLANTED if is_open else NEAR)[code]
        for turn in range(len(ways)):
            scenario = ways[(at + turn) % len(ways)]
            try:
                return self._make(place, scenario)
            except Unreachable:
                continue
        return None

    def _make(self, place: Place, scenario: Scenario) -> Pupil:
        scene = Scene(self.world, place)
        subject = scenario.make(scene)
        if not scenario.alone:
            final = [one for one in scene.pupil.versions if one.status == IepStatus.FINAL]
            scene.company(final[-1])
        self.planted.append(Planted(scenario.code, subject, scenario.state, scenario.what))
        return scene.pupil

    def _note_loads(self) -> None:
        for load in self.loads.full:
            what = f"{load.students} students on one caseload"
            self.planted.append(Planted(OVER, load.subject, "open" if load.open else "agree", what))


def sizes_of(ground: Ground, students: int, rng: Random) -> list[int]:
    """Return how many students each school has; larger ones are larger by far."""
    sizes = [0] * len(ground.places)
    rest = students
    if ground.featured is not None:
        sizes[ground.featured] = min(FEATURED, students)
        rest -= sizes[ground.featured]
    others = [at for at in range(len(sizes)) if at != ground.featured]
    if not others:
        return [students]
    weights = [rng.lognormvariate(0, 0.5) for _ in others]
    total = sum(weights)
    for at, weight in zip(others, weights, strict=True):
        sizes[at] = int(rest * weight / total)
    for at in rng.choices(others, k=rest - sum(sizes[at] for at in others)):
        sizes[at] += 1
    return sizes
