"""Loads the demonstration once, whole or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caseloads.city.build import build
from caseloads.city.options import Options
from caseloads.demonstration.days import START
from caseloads.demonstration.history import live_through
from caseloads.demonstration.writing.book import Book
from caseloads.demonstration.writing.contracting import write_contracting
from caseloads.demonstration.writing.people import write_people
from caseloads.demonstration.writing.places import write_places
from caseloads.demonstration.writing.records import write_records
from caseloads.systems.rows import fetch
from orcs_portal.shared import clock
from orcs_portal.shared.models import WorldClock

# Two that start at once take turns, and the second finds it done; the number is only this lock's name.
TAKE_TURNS = "SELECT pg_advisory_xact_lock(152306)"

SEED = 15
"""The borough's; another one makes another borough."""


def load(*, real: datetime, students: int = 0) -> bool:
    """Write the demonstration and set the world's clock so that it begins at real time ``real``.

    Beside the scenes it has a borough of so many students.  Returns False, and changes nothing, where a world clock
    shows that it was done before.
    """
    with transaction.atomic():
        fetch(TAKE_TURNS)
        if WorldClock.objects.exists():
            return False
        book = Book()
        write_places(book)
        write_people(book)
        write_records(book)
        write_contracting(book)
        live_through(book, offset=START - real)
        clock.set_world(to=START, real=real)
        if students:
            build(Options(students, SEED, START), real=real)
    return True
