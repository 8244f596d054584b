"""A row of the list of vacancies in words, and what the list can be narrowed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from caseloads.contracting.lines import Waiting
from caseloads.models import Vacancy
from caseloads.queries.ages import Ages
from caseloads.queries.stages import STEPS, Stage, StagedVacancy, Told, told, told_to_agency
from caseloads.queries.vacancy_scope import sees_whole
from providers.models import Contract
from providers.queries.running import running_on
from providers.scope import Standing

WEEK = 5
"""School days in a week, over which a mandate's minutes are spread."""

Key = tuple[int, int, int]


def contracted(vacancies: Collection[Vacancy], on: date) -> dict[Key, dict[int, str]]:
    """Return the agencies under contract on a day, id to name, by service, language and borough; one query."""
    rows = Contract.objects.filter(
        running_on(on),
        service__in={one.service for one in vacancies},
        language__in={one.language for one in vacancies},
    ).select_related("agency")
    found: dict[Key, dict[int, str]] = defaultdict(dict)
    for row in rows.order_by("agency__name"):
        found[row.service, row.language, row.borough][row.agency_id] = row.agency.name
    return dict(found)


def key_of(vacancy: Vacancy) -> Key:
    """Return what an agency must be contracted for to be asked."""
    return vacancy.service, vacancy.language, vacancy.school.borough


def rows_of(
    vacancies: Sequence[StagedVacancy],
    waiting: Mapping[int, Waiting],
    *,
    standing: Standing,
    when: Ages,
    hold: bool,
) -> list[dict[str, Any]]:
    """Return the rows of a page; one query."""
    agencies = contracted(vacancies, when.today)
    return [
        _row(
            one, waiting.get(one.pk, Waiting()), agencies.get(key_of(one), {}), standing=standing, when=when, hold=hold
        )
        for one in vacancies
    ]


def _row(
    vacancy: StagedVacancy, waits: Waiting, agencies: Mapping[int, str], *, standing: Standing, when: Ages, hold: bool
) -> dict[str, Any]:
    stage = Stage(vacancy.stage)
    age = when.age(vacancy.school_id, vacancy.unserved_since)
    return {
        "url": reverse("vacancy", args=[vacancy.pk]),
        "what": vacancy.what,
        "number": vacancy.number,
        "school": str(vacancy.school),
        "dbn": vacancy.school.dbn,
        "students": waits.students,
        "minutes": waits.minutes,
        "age": age,
        "lost": lost(waits.minutes, age),
        "stage": _told(vacancy, stage, agencies, standing=standing, when=when, hold=hold),
        "done": stage.value,
        "steps": STEPS,
        "closed": vacancy.closed,
    }


def _told(
    vacancy: Vacancy, stage: Stage, agencies: Mapping[int, str], *, standing: Standing, when: Ages, hold: bool
) -> Told:
    offers = list(vacancy.offers.all())
    if not sees_whole(standing, vacancy):
        mine = [one for one in offers if one.agency_id in standing.agencies]
        return told_to_agency(vacancy, stage, mine, when)
    asked = {one.agency_id for one in offers}
    unasked = [name for key, name in agencies.items() if key not in asked]
    return told(vacancy, stage, offers, unasked, hold=hold, when=when)


def lost(minutes: int, age: int) -> int:
    """Return how many minutes have reached nobody: those of a week, spread over its five school days."""
    return minutes * age // WEEK
