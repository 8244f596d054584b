"""Chances of a random world: shares, moments next to the edges of lags, days, and lines."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from random import Random

from providers.kinds import Language, Service, Setting
from tests.compliance.reader.days import NEW_YORK, ONE, day_of
from tests.compliance.reader.world import Line, Times

EDGES = (1, 10, 23.9, 24, 24.1, 33, 47.9, 48, 48.1)
KEYS = [
    *itertools.product((Service.SPEECH, Service.COUNSELING), (Language.ENGLISH, Language.SPANISH), Setting),
    (Service.NURSE, Language.ENGLISH, Setting.INDIVIDUAL),
]
LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=NEW_YORK)


class Chances:
    """A seed's chances; ``place`` keeps its numbers apart from the other worlds of a load."""

    def __init__(self, seed: int, place: int, times: Times) -> None:
        self.rng = Random(seed)
        self.times = times
        self.day = day_of(times.at)
        self.place = place
        self.numbers = itertools.count(place * 1000 + 1)

    def chance(self, share: float) -> bool:
        """Return True in this share of times."""
        return self.rng.random() < share

    def back(self) -> datetime:
        """Return a moment before now, often next to the edge of a lag."""
        if self.chance(0.4):
            return self.times.at - timedelta(hours=self.rng.choice(EDGES))
        days = self.rng.randrange(1, 24)
        return datetime.combine(self.day - days * ONE, time(self.rng.choice((0, 1, 2, 9, 23))), tzinfo=NEW_YORK)

    def ago(self, least: int = 0, most: int = 20) -> date:
        """Return a day some days ago."""
        return self.day - self.rng.randrange(least, most) * ONE

    def line(self, key: tuple[Service, Language, Setting], starts: date = date(2026, 9, 10)) -> Line:
        size = 1 if key[2] == Setting.INDIVIDUAL else self.rng.choice((2, 3))
        ends = None
        if self.chance(0.1):
            ends = max(starts, self.day + self.rng.choice((-3, -1, 0, 9)) * ONE)
        return Line(next(self.numbers), *key, self.rng.choice((1, 2, 3)), 30, size, starts, ends)
