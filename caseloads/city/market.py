"""Agencies and their contracts: those of the city, and those that were there before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from caseloads.city import invented
from caseloads.city.contracting import Contracted, Contracting
from caseloads.city.times import Times
from caseloads.models import Vacancy
from providers.kinds import Borough
from providers.models import Agency, Contract


def agencies() -> list[Agency]:
    """Return the city's agencies."""
    Agency.objects.bulk_create(
        [
            Agency(code=code, name=name, email=f"{code.lower()}@city.example")
            for code, name in invented.AGENCIES.items()
        ],
        ignore_conflicts=True,
    )
    return list(Agency.objects.filter(code__in=invented.AGENCIES).order_by("code"))


def contracting(
    ours: Iterable[Agency], boroughs: Iterable[Borough], rng: Random, times: Times, *, vacancies: int, letters: int
) -> Contracting:
    """Return what is contracted in these boroughs, and which vacancies of schools are open already."""
    by_code = {one.code: one for one in ours}
    starts = date(date.fromordinal(times.first).year, 7, 1)
    Contract.objects.bulk_create(
        [
            Contract(agency=by_code[code], service=service, language=language, borough=borough, starts=starts)
            for code, service, language in invented.CONTRACTS
            for borough in boroughs
        ],
        ignore_conflicts=True,
    )
    made = Contracting(rng, times, first_vacancy=vacancies, first_letter=letters)
    own = {one.pk for one in by_code.values()}
    for row in Contract.objects.order_by("id"):
        ends = None if row.ends is None else row.ends.toordinal()
        contract = Contracted(row.pk, row.agency_id, row.starts.toordinal(), ends, row.agency_id in own)
        made.contracts[row.borough, row.service, row.language].append(contract)
    still_open = Vacancy.objects.filter(closed__isnull=True)
    made.taken = set(still_open.values_list("school", "service", "language"))
    return made
