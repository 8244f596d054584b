"""Writes vacancies and their offers, transmittals and approval letters."""

from __future__ import annotations

from caseloads.demonstration.contracted import LETTERS, TRANSMITTALS, VACANCIES, Offered, Sent, Vacant
from caseloads.demonstration.writing.book import Book
from caseloads.models import Mandate, Offer, RsaLetter, Transmittal, Vacancy


def write_contracting(book: Book) -> None:
    """Write what was asked of agencies, and what they and ORCS answered."""
    vacancies = Vacancy.objects.bulk_create([_vacancy(one, book) for one in VACANCIES])
    links = [
        Vacancy.mandates.through(vacancy_id=row.pk, mandate_id=mandate.pk)
        for one, row in zip(VACANCIES, vacancies, strict=True)
        for mandate in _mandates(one, book)
    ]
    Vacancy.mandates.through.objects.bulk_create(links)
    Offer.objects.bulk_create(
        [_offer(offered, row, book) for one, row in zip(VACANCIES, vacancies, strict=True) for offered in one.offers]
    )
    filled = {
        (osis, one.service, one.language): row
        for one, row in zip(VACANCIES, vacancies, strict=True)
        for osis in one.students
    }
    Transmittal.objects.bulk_create(
        [_transmittal(one, filled.get((one.osis, one.service, one.language)), book) for one in TRANSMITTALS]
    )
    RsaLetter.objects.bulk_create(
        [
            RsaLetter(
                provider=book.providers[one.provider],
                student=book.students[one.osis],
                service=one.service,
                language=one.language,
                approved=one.approved,
                processed=one.processed,
                processed_by=book.users["orcs"] if one.processed else None,
            )
            for one in LETTERS
        ]
    )


def _vacancy(one: Vacant, book: Book) -> Vacancy:
    return Vacancy(
        school=book.schools[one.dbn],
        service=one.service,
        language=one.language,
        unserved_since=one.since,
        logged_by=book.users[one.by],
        logged=one.logged,
        # Those that are over were filled: ORCS closed them with the transmittal.
        closing=Vacancy.Closing.FILLED if one.closed else None,
        closed=one.closed,
        closed_by=book.users["orcs"] if one.closed else None,
    )


def _mandates(one: Vacant, book: Book) -> list[Mandate]:
    return [
        mandate
        for (osis, _, service, language, _), mandate in book.mandates.items()
        if osis in one.students and (service, language) == (one.service, one.language)
    ]


def _offer(offered: Offered, vacancy: Vacancy, book: Book) -> Offer:
    return Offer(
        vacancy=vacancy,
        agency=book.agencies[offered.agency],
        offered_by=book.users["orcs"],
        offered=offered.offered,
        answer=offered.answer,
        answered=offered.answered,
        answered_by=book.users.get(offered.by),
        for_agency=offered.by == "orcs",
    )


def _transmittal(one: Sent, vacancy: Vacancy | None, book: Book) -> Transmittal:
    return Transmittal(
        agency=book.agencies[one.agency],
        contract=book.contracts[one.agency, one.service, one.language],
        student=book.students[one.osis],
        service=one.service,
        language=one.language,
        vacancy=vacancy,
        processed=one.processed,
        processed_by=book.users["orcs"],
    )
