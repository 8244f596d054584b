"""How far a vacancy has come, who acts, and what the next act is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull
from django_stubs_ext import WithAnnotations

from caseloads.models import Offer, Transmittal, Vacancy
from caseloads.queries.ages import Ages
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.say import say_date
from providers.kinds import SluggedChoices

STEPS = 5


class Stage(SluggedChoices):
    """Where a vacancy stands; the value is how many of the five steps are done."""

    REPORTED = 1, "To offer"
    OFFERED = 2, "Offered"
    ACCEPTED = 3, "Transmittal to send"
    TRANSMITTED = 4, "Provider to be named"
    FILLED = 5, "Closed"


class Staged(TypedDict):
    """What ``stage_in_sql`` adds to a vacancy."""

    stage: int


if TYPE_CHECKING:
    StagedVacancy = WithAnnotations[Vacancy, Staged]
else:
    StagedVacancy = Vacancy  # the alias above exists for the type checker alone


def stage_in_sql() -> Case:
    """Return a vacancy's stage as a column; declined by everybody asked, it is to be offered again.

    Each row is looked up, so that the papers of all that was ever closed are not read through; most of what is open was
    offered to nobody yet, and nothing is transmitted before somebody has accepted (R12), so that is asked first.
    """
    offers = Offer.objects.filter(vacancy=OuterRef("pk"))
    sent = Transmittal.objects.filter(vacancy=OuterRef("pk"))
    return Case(
        When(closed__isnull=False, then=Value(Stage.FILLED.value)),
        When(_is_one(offers, there=False), then=Value(Stage.REPORTED.value)),
        When(_is_one(sent), then=Value(Stage.TRANSMITTED.value)),
        When(_is_one(offers.filter(answer=Offer.Answer.ACCEPTED)), then=Value(Stage.ACCEPTED.value)),
        When(_is_one(offers.filter(answer=None)), then=Value(Stage.OFFERED.value)),
        default=Value(Stage.REPORTED.value),
        output_field=IntegerField(),
    )


def _is_one(rows: QuerySet[Any], *, there: bool = True) -> IsNull:
    return IsNull(Subquery(rows.values("vacancy")[:1]), rhs=not there)


def overdue(cutoff: date) -> Q:
    """Return the condition on vacancies with an offer of a day up to ``cutoff`` that nobody has answered."""
    return Q(Exists(Offer.objects.filter(vacancy=OuterRef("pk"), answer=None, offered__date__lte=cutoff)))


def answer_cutoff(when: Ages) -> date | None:
    """Return the last day whose offers are late today: more school days old than an agency has to answer."""
    days = [day for day in when.calendar(None).days if day <= when.today]
    left: int = settings.OFFER_ANSWER_DAYS
    return days[-left - 2] if len(days) >= left + 2 else None


@dataclass(frozen=True, slots=True)
class Told:
    """A stage in words: its chip's tone, icon and words, a note below, and what is to be done next by whom."""

    stage: Stage
    tone: str
    icon: str
    words: str
    note: str
    next: str
    owner: str


def told(
    vacancy: Vacancy, stage: Stage, offers: Sequence[Offer], unasked: Sequence[str], *, hold: bool, when: Ages
) -> Told:
    """Return a vacancy's stage in words; ``unasked`` are the contracted agencies that were not asked yet."""
    if stage is Stage.FILLED:
        return Told(stage, "ok", "check", vacancy.get_closing_display() or "Closed", "", "", "Nobody")
    if stage is Stage.TRANSMITTED:
        agency = _accepted(offers)
        note = f"{agency} has the transmittal" if agency else ""
        return Told(stage, "wait", "clock", "Provider to be named", note, "Name a provider", "The agency")
    if stage is Stage.ACCEPTED:
        note = f"{_accepted(offers)} accepted, {_day(offers, when)}"
        return Told(stage, "due", "warn", "Transmittal to send", note, "Send the transmittal", "ORCS")
    if stage is Stage.OFFERED:
        return _offered(offers, when)
    return _reported(offers, unasked, hold=hold)


def told_to_agency(vacancy: Vacancy, stage: Stage, mine: Sequence[Offer], when: Ages) -> Told:
    """Return a vacancy's stage as an agency reads it: of its own offer, and of nobody else's."""
    if not mine:
        return Told(stage, "plain", "mail", "Not asked of you", "", "", "Nobody")
    offer = mine[0]
    return _own(vacancy, stage, offer) or _asked(stage, offer, when)


def _own(vacancy: Vacancy, stage: Stage, offer: Offer) -> Told | None:
    """Say what became of an agency's own offer, or None while it is only asked."""
    if offer.answer == Offer.Answer.DECLINED:
        return Told(stage, "plain", "check", "You declined", "", "", "Nobody")
    if offer.answer == Offer.Answer.ACCEPTED and stage is Stage.TRANSMITTED:
        return Told(stage, "due", "warn", "Provider to be named", "The transmittal is sent", "Name a provider", "You")
    if offer.answer == Offer.Answer.ACCEPTED and stage is Stage.ACCEPTED:
        return Told(stage, "wait", "clock", "You accepted", "", "Wait for the transmittal", "ORCS")
    if stage in {Stage.ACCEPTED, Stage.TRANSMITTED}:
        return Told(stage, "plain", "check", "Accepted by another agency", "Nothing is asked of you", "", "Nobody")
    if stage is Stage.FILLED:
        return Told(stage, "ok", "check", vacancy.get_closing_display() or "Closed", "", "", "Nobody")
    return None


def _asked(stage: Stage, offer: Offer, when: Ages) -> Told:
    """Say by when an agency is to answer."""
    due = answer_due(offer, when)
    late = due is not None and due < when.today
    note = f"Answer by {say_date(due, when.today)}" if due else ""
    return Told(stage, "bad" if late else "due", "warn", "Asked of you", note, "Accept or decline", "You")


def answer_due(offer: Offer, when: Ages) -> date | None:
    """Return the day by which an offer is to be answered, or None where the calendar ends before."""
    return when.calendar(None).add_school_days(local_day(offer.offered), settings.OFFER_ANSWER_DAYS)


def _offered(offers: Sequence[Offer], when: Ages) -> Told:
    """Say who is waited for and until when."""
    open_ones = [one for one in offers if one.answer is None]
    first = min(open_ones, key=lambda one: (one.offered, one.pk))
    due = answer_due(first, when)
    late = due is not None and due < when.today
    until = f", due {say_date(due, when.today)}" if due else ""
    note = f"{first.agency}{until}" if len(open_ones) == 1 else f"{len(open_ones)} agencies{until}"
    if late:
        return Told(Stage.OFFERED, "bad", "warn", "Offer unanswered", note, "Ask for the answer", "ORCS")
    return Told(Stage.OFFERED, "wait", "clock", "Offered", note, "Wait for the answer", "The agency")


def _reported(offers: Sequence[Offer], unasked: Sequence[str], *, hold: bool) -> Told:
    """Say whom to ask next, or that nobody is left (R13)."""
    if unasked:
        words = "Offer to the next agency" if offers else "Offer to an agency"
        note = f"{len(offers)} declined, {len(unasked)} to ask" if offers else f"{len(unasked)} under contract"
        return Told(Stage.REPORTED, "due", "warn", "To offer", note, words, "ORCS")
    asked = f"{len(offers)} of {len(offers)}. " if offers else ""
    words = "All agencies declined" if offers else "No agency under contract"
    if hold:
        return Told(Stage.REPORTED, "bad", "stop", words, f"{asked}RSA is on hold (R13)", "Wait for the hold", "ORCS")
    return Told(Stage.REPORTED, "due", "stop", words, f"{asked}An RSA may begin (R13)", "Process an RSA letter", "ORCS")


def _accepted(offers: Sequence[Offer]) -> str:
    return next((str(one.agency) for one in offers if one.answer == Offer.Answer.ACCEPTED), "")


def _day(offers: Sequence[Offer], when: Ages) -> str:
    """Return the day of the acceptance."""
    answered = [one.answered for one in offers if one.answer == Offer.Answer.ACCEPTED and one.answered]
    return say_date(local_day(answered[0]), when.today) if answered else ""
