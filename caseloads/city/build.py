"""Builds a city in one transaction: whole, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from caseloads.city.accounts import Accounts
from caseloads.city.census import free_confirmations, set_aside
from caseloads.city.deal import deal, how_many, how_many_heavy
from caseloads.city.folk import Place
from caseloads.city.ground import Ground, lay
from caseloads.city.lean import WORTH_IT, lean
from caseloads.city.loads import Loads
from caseloads.city.making import Making, sizes_of
from caseloads.city.market import agencies, contracting
from caseloads.city.options import Options
from caseloads.city.staff import Staff
from caseloads.city.times import minute
from caseloads.city.truth import Planted
from caseloads.city.world import World
from caseloads.city.writing.behind import Behind
from caseloads.city.writing.calls import CallSheets
from caseloads.city.writing.everything import Writing
from caseloads.city.writing.people import PeopleSheets
from caseloads.city.writing.pupils import PupilSheets
from caseloads.propagation import nightly
from caseloads.systems.rows import fetch, run
from orcs_portal.shared import clock
from orcs_portal.shared.models import PeriodicRun, Touched
from providers.models import Agency

# Two that build at once take turns; the number is only this lock's name.
TAKE_TURNS = "SELECT pg_advisory_xact_lock(152307)"
SAY_EVERY = 250
"""Students between two words about how far it is."""

Tell = Callable[[str, int, int], object]
"""Takes what is being done, how many of it are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a city has: students, mandates of every version, rows in all, and what was planted or seems so."""

    students: int
    mandates: int
    rows: int
    planted: list[Planted]
    near: list[Planted]


def quiet(_what: str, _done: int, _of: int) -> None:
    """Say nothing."""


def build(options: Options, *, real: datetime, tell: Tell = quiet) -> Built:
    """Build a city as it is at the options' moment, which the world's clock shows from real time ``real`` on.

    Nights up to then count as done; those that a clock now set back had seen come again.  Everything is touched.
    """
    with transaction.atomic():
        fetch(TAKE_TURNS)
        built = _Builder(options, real=real, tell=tell).build()
        clock.set_world(to=options.at, real=real)
        nights = [night.task for night in (*nightly.NIGHTS, *nightly.FURTHER)]
        PeriodicRun.objects.filter(task__in=nights, due__gt=options.at).delete()
        nightly.begin(now=options.at)
        Touched.objects.create(kind=Touched.Kind.ALL, at=options.at)
    return built


class _Builder:
    """One building, from the ground to the last row."""

    def __init__(self, options: Options, *, real: datetime, tell: Tell) -> None:
        self.options = options
        self.tell = tell
        self.rng = Random(options.seed)  # noqa: S311 - a seed makes the same city again
        self.accounts = Accounts(at=options.at)
        self.ground: Ground = lay(options.schools, self.accounts, self.rng, at=options.at)
        self.agencies = agencies()
        self.world = self._world()
        self.writing = self._sheets(minute(real) - minute(options.at))

    def _world(self) -> World:
        census, ground = set_aside(self.options.students), self.ground
        boroughs = sorted({one.borough for one in ground.places})
        by_district: dict[str, list[Place]] = defaultdict(list)
        for place in ground.places:
            by_district[place.dbn[:3]].append(place)
        staff = Staff(self.rng, ground.times, first_id=census.provider, first_number=census.provider_number)
        market = contracting(
            self.agencies, boroughs, self.rng, ground.times, vacancies=census.vacancy, letters=census.letter
        )
        return World(
            rng=self.rng,
            times=ground.times,
            staff=staff,
            contracting=market,
            ids=census.ids,
            numbers=free_confirmations(self.rng),
            hold=ground.hold,
            hold_since=ground.hold_since,
            places=by_district,
        )

    def _sheets(self, offset: int) -> Writing:
        times, orcs = self.ground.times, self.accounts.orcs
        names = dict(Agency.objects.values_list("id", "name"))
        answerers = self.accounts.of_agencies(self.agencies)
        return Writing(
            PupilSheets(orcs=orcs),
            CallSheets(times, self.world.ids.deliveries, offset=offset),
            PeopleSheets(times, names, answerers, orcs=orcs),
        )

    def build(self) -> Built:
        """Make everybody, write them, and say what was planted."""
        students = self.options.students
        each = how_many(students, self.options.rate)
        loads = Loads(self.world, how_many_heavy(students, each))
        making = Making(self.world, loads)
        sizes = sizes_of(self.ground, students, self.rng)
        jobs = deal(self.rng, sizes, each, featured=self.ground.featured)
        with self._checks(), Behind() as behind:
            self.writing.systems.begin()
            done = 0
            for pupil, grade in making.students(self.ground.places, sizes, jobs):
                self.writing.add(pupil, grade, behind)
                done += bool(pupil.id)
                if done % SAY_EVERY == 0:
                    self.tell("students", done, students)
            self.writing.people.add_people(self.world.staff.people)
            self.writing.people.add_vacancies(self.world.contracting.vacancies)
            self.writing.finish(behind)
            self.tell("checks", 0, 1)
        run("ANALYZE")
        return Built(
            students,
            self.writing.mandates,
            self.writing.rows,
            [one for one in making.planted if one.state == "open"],
            [one for one in making.planted if one.state != "open"],
        )

    def _checks(self) -> AbstractContextManager[None]:
        """Look at every row when it comes in, or for a large city at all of them in the end."""
        if self.options.students < WORTH_IT:
            run("SET CONSTRAINTS ALL DEFERRED")
            return nullcontext()
        return lean([sheet.table for sheet in self.writing.sheets])
