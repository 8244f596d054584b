"""The school, ORCS and the agency, on lines that nobody serves (R8, R12, R13, R15)."""

from __future__ import annotations

from collections.abc import Iterable

from caseloads import assigning
from caseloads.assigning import CannotAssign
from caseloads.contracting import offers, transmittals, vacancies
from caseloads.contracting.refusal import CannotContract
from caseloads.models import Mandate, Offer, RsaLetter, Vacancy
from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask
from providers.kinds import Language, Service
from providers.models import Placement, Provider, School

TRIED = 40
"""So many of a school's providers are asked before the school says that it has nobody."""


def assign_somebody(ask: Ask) -> str:
    """Let the school assign one of its providers, whomever the policy lets serve the line."""
    at = Placement.objects.filter(school=ask.finding.school_id, ends=None).values("provider")
    provider = _assign(ask, Provider.objects.filter(pk__in=at).order_by("affiliation", "pk")[:TRIED])
    if provider is None:
        raise CannotAnswer("The school has nobody who may serve this. Report a vacancy (R15)")
    return f"The school assigned {provider.full_name}. The first call is due now."


def assign_agency_provider(ask: Ask) -> str:
    """Let the agency assign one of its providers."""
    provider = _assign(ask, Provider.objects.filter(agency=ask.finding.agency_id).order_by("pk")[:TRIED])
    if provider is None:
        raise CannotAnswer("The agency has nobody who may serve this")
    return f"The agency assigned {provider.full_name}. The first call is due now."


def _assign(ask: Ask, candidates: Iterable[Provider]) -> Provider | None:
    mandate = _mandate(ask)
    for provider in candidates:
        try:
            assigning.assign(
                mandates=[mandate.pk], provider=provider, starts=ask.today, by=ask.by, now=ask.now, real=ask.real
            )
        except CannotAssign:
            continue
        return provider
    return None


def log_vacancy(ask: Ask) -> str:
    """Let the coordinator report the vacancy to ORCS."""
    vacancy = _vacancy(ask)
    return f"Vacancy {vacancy.number} names the student now. ORCS asks agencies."


def send_transmittal(ask: Ask) -> str:
    """Let ORCS ask an agency, which accepts, and process the transmittal."""
    vacancy = _vacancy(ask)
    accepted = vacancy.offers.filter(answer=Offer.Answer.ACCEPTED).first()
    try:
        if accepted is None:
            contracted = offers.contracts_for(vacancy, ask.today)
            asked = set(vacancy.offers.values_list("agency", flat=True))
            fresh = [one.agency for agency, one in contracted.items() if agency not in asked]
            if not fresh:
                raise CannotAnswer("No contracted agency is left to ask")
            made = offers.offer(vacancy=vacancy, agency=fresh[0], by=ask.by, now=ask.now, real=ask.real)
            offers.answer(offer=made, accepted=True, for_agency=True, by=ask.by, now=ask.now)
        sent = transmittals.send(vacancy=vacancy, by=ask.by, now=ask.now, real=ask.real)
    except CannotContract as error:
        raise CannotAnswer(str(error)) from None
    return f"ORCS processed the transmittal for {sent} of the students. The agency may call once it serves."


def ask_agencies(ask: Ask) -> str:
    """Let ORCS put down the answer of every contracted agency that was not asked before the letter (R13)."""
    letter = ask.finding.letter
    school = ask.finding.school
    if letter is None or school is None:
        raise CannotAnswer("The item names no letter of a student of ours")
    mandate = _newest(letter)
    vacancy = _after_the_fact(ask, letter, school, mandate)
    declined = offers.contracts_for(vacancy, ask.today)
    for one in declined.values():
        answer = {"answer": Offer.Answer.DECLINED, "answered": ask.now, "answered_by": ask.by, "for_agency": True}
        Offer.objects.update_or_create(
            vacancy=vacancy,
            agency=one.agency,
            defaults=answer,
            create_defaults={**answer, "offered_by": ask.by, "offered": ask.now},
        )
    return f"ORCS put down that {len(declined)} contracted agencies declined."


def _newest(letter: RsaLetter) -> Mandate:
    lines = Mandate.objects.filter(student=letter.student_id, service=letter.service, language=letter.language)
    mandate = lines.order_by("-iep__version", "pk").first()
    if mandate is None:
        raise CannotAnswer("No IEP of the student names this service")
    return mandate


def _after_the_fact(ask: Ask, letter: RsaLetter, school: School, mandate: Mandate) -> Vacancy:
    named = Vacancy.objects.filter(
        school=school, service=letter.service, language=letter.language, mandates__student=letter.student_id
    ).first()
    if named is not None:
        return named
    vacancy = Vacancy.objects.create(
        school=school,
        service=letter.service,
        language=letter.language,
        unserved_since=letter.approved,
        logged_by=ask.by,
        logged=ask.now,
        for_school=True,
        closing=Vacancy.Closing.FILLED,
        closed=ask.now,
        closed_by=ask.by,
        note="Put down after the fact, with the agencies' answers.",
    )
    vacancy.mandates.add(mandate)
    return vacancy


def _vacancy(ask: Ask) -> Vacancy:
    """Return the open vacancy that names the line, logged now where there is none."""
    mandate = _mandate(ask)
    row = mandate.vacancies.filter(closed=None).first()
    if row is not None:
        return row
    if ask.finding.school is None:
        raise CannotAnswer("The item names no school of ours")
    try:
        return vacancies.log(
            school=ask.finding.school,
            service=Service(mandate.service),
            language=Language(mandate.language),
            mandates=[mandate.pk],
            since=ask.today,
            note="",
            by=ask.by,
            now=ask.now,
        )
    except vacancies.OpenAlready as open_already:
        vacancies.add(vacancy=open_already.vacancy, mandates=[mandate.pk], by=ask.by, now=ask.now)
        return open_already.vacancy
    except CannotContract as error:
        raise CannotAnswer(str(error)) from None


def _mandate(ask: Ask) -> Mandate:
    key = ask.line
    mandate = Mandate.objects.filter(
        student__osis=key["osis"],
        service=key["service"],
        language=key["language"],
        setting=key["setting"],
        iep__governs__contains=ask.today,
    ).first()
    if mandate is None:
        raise CannotAnswer("The IEP no longer names this line")
    return mandate
