"""Processing an RSA approval letter, once the hold is off and every contracted agency has declined (R8, R13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from caseloads.contracting.lines import open_lines
from caseloads.contracting.marks import touch
from caseloads.contracting.offers import contracts_for
from caseloads.contracting.refusal import CannotContract
from caseloads.contracting.vacancies import locked
from caseloads.models import Offer, RsaLetter, Vacancy
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.say import say_date
from providers.kinds import Affiliation, Role, Service
from providers.models import Agency, Provider
from providers.policy.assigning import gives
from providers.policy.rules import gate, rsa_refused
from providers.policy.verdict import Advice, Paper
from providers.queries.hold import rsa_hold


@dataclass(frozen=True, slots=True)
class RsaStanding:
    """Whether an RSA may begin for a vacancy: why not (None: it may), and which agencies have not declined (R13)."""

    refused: Advice | None
    not_declined: tuple[Agency, ...]


def rsa_standing(vacancy: Vacancy, on: date) -> RsaStanding:
    """Return whether an RSA may begin for a vacancy on a day (R13)."""
    declined = set(vacancy.offers.filter(answer=Offer.Answer.DECLINED).values_list("agency", flat=True))
    left = tuple(one.agency for key, one in contracts_for(vacancy, on).items() if key not in declined)
    return RsaStanding(rsa_refused(hold=rsa_hold(on), agencies_declined=not left), left)


def process(*, vacancy: Vacancy, student: int, number: int, approved: date, by: User, now: datetime) -> RsaLetter:
    """Process the approval letter of an independent provider, by their number, for a student who waits (R8).

    A letter that is on record unprocessed is the one that is processed.  Raises ``CannotContract`` under the hold,
    while a contracted agency has not declined (R13), for anybody but an independent provider of the service, for a
    student who does not wait here, for a letter of a day to come, and for one that was processed before.
    """
    today = local_day(now)
    with transaction.atomic():
        row = locked(vacancy)
        refused = rsa_standing(row, today).refused
        if refused is not None:
            raise CannotContract(refused)
        if student not in {line.student for line in open_lines([row.pk], today).get(row.pk, [])}:
            raise CannotContract("Choose a student who waits in this vacancy", field="student")
        if approved > today:
            raise CannotContract(f"The letter's day must be {say_date(today, today)} or before", field="approved")
        provider = _independent(number, Service(row.service))
        letter = _letter(row, student, provider, approved)
        letter.vacancy, letter.processed, letter.processed_by = row, now, by
        letter.save()
        touch(now=now, students=[student], providers=[provider.pk])
    return letter


def _independent(number: int, service: Service) -> Provider:
    """Return the provider of a number, whose gate is a letter and whose role gives the service (R8)."""
    provider = Provider.objects.filter(number=number).first()
    if provider is None:
        raise CannotContract("Nobody has this provider id. Check its digits", field="number")
    paper = gate(Affiliation(provider.affiliation), transmittal_on=None, rsa_letter_on=None, today=date.max).paper
    if paper is not Paper.RSA_LETTER:
        raise CannotContract(f"{provider} is no independent provider, and needs no approval letter", field="number")
    if not gives(Role(provider.role), service):
        raise CannotContract(f"{provider} does not give this service", field="number")
    return provider


def _letter(vacancy: Vacancy, student: int, provider: Provider, approved: date) -> RsaLetter:
    """Return the letter on record, locked, or a new one; raises ``CannotContract`` for one that was processed."""
    key = {"student_id": student, "provider": provider, "service": vacancy.service, "language": vacancy.language}
    letter, made = RsaLetter.objects.select_for_update().get_or_create(**key, defaults={"approved": approved})
    if not made and letter.processed is not None:
        day = say_date(local_day(letter.processed), approved)
        raise CannotContract(f"This letter was processed on {day} already", field="student")
    letter.approved = approved
    return letter
