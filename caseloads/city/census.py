"""Ids and numbers for everybody, set aside before anybody is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.db import models
from django.db.models import Max

from caseloads.city.numbers import FIRST_OSIS, FIRST_PROVIDER, FIRST_STRANGER, confirmations
from caseloads.city.world import Ids, counted
from caseloads.models import Call, Delivery, Iep, Mandate, RsaLetter, Student, Vacancy
from caseloads.systems.rows import fetch
from providers.models import Provider

ROOM = 20
"""Ids set aside for each student; what is left over stays unused."""
SET_ASIDE = "SELECT setval(s, nextval(s) + %s) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS s) found"


@dataclass(frozen=True, slots=True)
class Census:
    """Where the ids of a city begin."""

    ids: Ids
    provider: int
    provider_number: int
    vacancy: int
    letter: int


def set_aside(students: int) -> Census:
    """Set ids and numbers aside for so many students, after every one that is there."""
    room = ROOM * students + 10_000
    numbers = Student.objects.filter(osis__gte=FIRST_OSIS, osis__lt=FIRST_STRANGER)
    first = (numbers.aggregate(last=Max("osis"))["last"] or FIRST_OSIS) + 1
    people = Provider.objects.filter(number__gte=FIRST_PROVIDER).aggregate(last=Max("number"))["last"]
    ids = Ids(
        students=counted(_block(Student, room)),
        ieps=counted(_block(Iep, room)),
        mandates=counted(_block(Mandate, room)),
        calls=counted(_block(Call, room)),
        deliveries=counted(_block(Delivery, room)),
        osis=counted(first),
        strangers=counted(first + FIRST_STRANGER - FIRST_OSIS),
    )
    return Census(
        ids,
        provider=_block(Provider, room),
        provider_number=(people or FIRST_PROVIDER) + 1,
        vacancy=_block(Vacancy, room),
        letter=_block(RsaLetter, room),
    )


def _block(model: type[models.Model], count: int) -> int:
    """Return the first of so many ids that the database gives to nobody else."""
    last: int = fetch(SET_ASIDE, [count, model._meta.db_table])[0][0]
    return last - count


def free_confirmations(rng: Random) -> Iterator[str]:
    """Return confirmation numbers, and digits of references, that no call has."""
    taken: set[str] = set()
    for confirmation, reference in Call.objects.values_list("confirmation", "reference").iterator(chunk_size=10_000):
        taken.add(confirmation or (reference or "R")[1:])
    return confirmations(rng, taken)
