"""Sending an agency the transmittal for what it accepted: from then on its providers' calls count (R8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caseloads.contracting.lines import open_lines
from caseloads.contracting.mail import write
from caseloads.contracting.marks import touch
from caseloads.contracting.offers import contracts_for
from caseloads.contracting.refusal import CannotContract
from caseloads.contracting.vacancies import close_filled, locked
from caseloads.models import Offer, Transmittal, Vacancy
from caseloads.models.message import MessageKind
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day


def send(*, vacancy: Vacancy, by: User, now: datetime, real: datetime) -> int:
    """Process the transmittal of every student who waits, under the contract of the agency that accepted (R8).

    Returns for how many students; ``now`` is world time, ``real`` when the e-mail may go.  Whoever was served
    meanwhile, or transmitted to the agency before, needs none.  The agency is written to, with the school's contact in
    copy (R12); a vacancy in which nobody waits any more is closed.  Raises ``CannotContract`` where no agency has
    accepted or its contract has ended, and where nobody is left to send.
    """
    today = local_day(now)
    with transaction.atomic():
        row = locked(vacancy)
        accepted = row.offers.filter(answer=Offer.Answer.ACCEPTED).select_related("agency").first()
        if accepted is None:
            raise CannotContract("No agency has accepted this vacancy yet (R8)")
        contract = contracts_for(row, today).get(accepted.agency_id)
        if contract is None:
            raise CannotContract(f"{accepted.agency} has no contract for {row.what} in this borough any more (R12)")
        lines = open_lines([row.pk], today).get(row.pk, [])
        sent_before = Transmittal.objects.filter(
            agency=accepted.agency, service=row.service, language=row.language
        ).values_list("student", flat=True)
        lines = [line for line in lines if line.student not in set(sent_before)]
        students = sorted({line.student for line in lines})
        if not students:
            raise CannotContract("Nobody is left to send: each student is served, or was transmitted before")
        Transmittal.objects.bulk_create(
            Transmittal(
                agency=accepted.agency,
                contract=contract,
                student_id=student,
                service=row.service,
                language=row.language,
                vacancy=row,
                processed=now,
                processed_by=by,
            )
            for student in students
        )
        accepted.vacancy = row
        write(kind=MessageKind.TRANSMITTAL, offer=accepted, lines=lines, by=by, now=now, real=real)
        touch(now=now, students=students, agencies=[accepted.agency_id])
        close_filled(students=students, by=by, now=now)
    return len(students)
