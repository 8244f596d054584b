"""Offering a vacancy to contracted agencies, and what they answer (R12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from caseloads.contracting.lines import open_lines
from caseloads.contracting.mail import write
from caseloads.contracting.marks import touch
from caseloads.contracting.refusal import CannotContract
from caseloads.contracting.vacancies import locked
from caseloads.models import Offer, Transmittal, Vacancy
from caseloads.models.message import MessageKind
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from providers.models import Agency, Contract
from providers.queries.running import running_on


def contracts_for(vacancy: Vacancy, on: date) -> dict[int, Contract]:
    """Return, by agency, the contracts that cover a vacancy on a day: its service, language and borough."""
    rows = Contract.objects.filter(
        running_on(on), service=vacancy.service, language=vacancy.language, borough=vacancy.school.borough
    )
    return {row.agency_id: row for row in rows.select_related("agency").order_by("agency__name", "-starts", "id")}


def contracted_agency(vacancy: Vacancy, agency_id: int | None, on: date) -> Agency | None:
    """Return the agency of this id if it is under contract for a vacancy on a day, or was asked before."""
    under = contracts_for(vacancy, on)
    return under[agency_id].agency if agency_id in under else None


def offer(*, vacancy: Vacancy, agency: Agency, by: User, now: datetime, real: datetime) -> Offer:
    """Offer an open vacancy to a contracted agency, by an e-mail with the school's contact in copy (R12).

    ``now`` is world time; ``real`` is when the e-mail may go.

    Raises ``CannotContract`` where the agency has no contract for it or was asked before, where another has accepted
    or nobody waits any more, and where there is no address to write to.
    """
    today = local_day(now)
    with transaction.atomic():
        row = locked(vacancy)
        _may_be_offered(row, agency, today)
        lines = open_lines([row.pk], today).get(row.pk, [])
        if not lines:
            raise CannotContract("Nobody waits in this vacancy any more. Close it")
        asked = Offer.objects.create(vacancy=row, agency=agency, offered_by=by, offered=now)
        write(kind=MessageKind.OFFER, offer=asked, lines=lines, by=by, now=now, real=real)
        touch(now=now, students=[line.student for line in lines], agencies=[agency.pk])
    return asked


def answer(*, offer: Offer, accepted: bool, for_agency: bool, by: User, now: datetime) -> None:
    """Record an agency's answer; ``for_agency`` says that ORCS enters it on the agency's behalf (R12).

    What an agency accepted it may still decline until the transmittal is sent.  Raises ``CannotContract`` where the
    vacancy is closed, another agency has accepted, or the transmittal has been sent.
    """
    with transaction.atomic():
        vacancy = locked(offer.vacancy)
        row = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        given = Offer.Answer.ACCEPTED if accepted else Offer.Answer.DECLINED
        if row.answer == given:
            return
        _may_answer(vacancy, row, accepted=accepted)
        row.answer, row.answered, row.answered_by, row.for_agency = given, now, by, for_agency
        row.save(update_fields=["answer", "answered", "answered_by", "for_agency"])
        students = vacancy.mandates.values_list("student", flat=True)
        touch(now=now, students=students, agencies=[row.agency_id])


def _may_be_offered(vacancy: Vacancy, agency: Agency, today: date) -> None:
    if agency.pk not in contracts_for(vacancy, today):
        raise CannotContract(f"{agency} has no contract for {vacancy.what} in this borough (R12)")
    if vacancy.offers.filter(answer=Offer.Answer.ACCEPTED).exists():
        raise CannotContract("An agency has accepted this vacancy already")
    if vacancy.offers.filter(agency=agency).exists():
        raise CannotContract(f"{agency} has been asked already")


def _may_answer(vacancy: Vacancy, row: Offer, *, accepted: bool) -> None:
    if Transmittal.objects.filter(vacancy=vacancy).exists():
        raise CannotContract("The transmittal has been sent: the answer stands")
    others = vacancy.offers.filter(answer=Offer.Answer.ACCEPTED).exclude(pk=row.pk)
    if accepted and others.exists():
        raise CannotContract("Another agency has accepted this vacancy. Nothing is asked of this one any more")
