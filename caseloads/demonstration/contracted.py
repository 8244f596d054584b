"""What ORCS contracts out in the demonstration: contracts, vacancies with their offers, transmittals and letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseloads.demonstration.days import at, on
from caseloads.demonstration.staff import COPPER, FIG_TREE, HARBOR_VIEW, KESTREL, LARKSPUR, MARSH_CREEK, Who
from caseloads.models import Offer
from providers.kinds import Borough, Language, Service

SPEECH, OT, PT, COUNSELING = (
    Service.SPEECH,
    Service.OCCUPATIONAL_THERAPY,
    Service.PHYSICAL_THERAPY,
    Service.COUNSELING,
)
ENGLISH, SPANISH, RUSSIAN, POLISH = Language.ENGLISH, Language.SPANISH, Language.RUSSIAN, Language.POLISH

CONTRACTS_START = date(2026, 7, 1)
ACCEPTED, DECLINED = Offer.Answer.ACCEPTED, Offer.Answer.DECLINED

# Who is contracted for which service in which language, all in Brooklyn; the last one is over.
CONTRACTS: tuple[tuple[str, Service, Language, date, date | None], ...] = (
    (KESTREL, OT, ENGLISH, CONTRACTS_START, None),
    (KESTREL, PT, ENGLISH, CONTRACTS_START, None),
    (KESTREL, SPEECH, SPANISH, CONTRACTS_START, None),
    (COPPER, SPEECH, ENGLISH, CONTRACTS_START, None),
    (COPPER, SPEECH, SPANISH, CONTRACTS_START, None),
    (COPPER, SPEECH, RUSSIAN, CONTRACTS_START, None),
    (LARKSPUR, OT, ENGLISH, CONTRACTS_START, None),
    (LARKSPUR, COUNSELING, SPANISH, CONTRACTS_START, None),
    (LARKSPUR, SPEECH, ENGLISH, date(2025, 7, 1), date(2026, 6, 30)),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A vacancy was offered to an agency; ``by`` is the user name of whoever entered the answer."""

    agency: str
    offered: datetime
    answer: Offer.Answer | None = None
    answered: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Vacant:
    """A vacancy: for which students' lines, since when, who logged it, and who was asked."""

    dbn: str
    service: Service
    language: Language
    students: tuple[int, ...]
    since: date
    logged: datetime
    by: str
    offers: tuple[Offered, ...]
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """ORCS sent an agency the transmittal for a student's service (R8)."""

    agency: str
    osis: int
    service: Service
    language: Language
    processed: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A parent may hire an independent provider; ``processed`` is None until ORCS has entered it in SEC (R8)."""

    provider: int
    osis: int
    service: Service
    language: Language
    approved: date
    processed: datetime | None


VACANCIES = (
    # Open: one agency has declined, the other has not answered.
    Vacant(
        HARBOR_VIEW,
        SPEECH,
        SPANISH,
        (900012045, 900012261),
        on(9, 10),
        at(11, 9, 9, 30),
        "coordinator",
        (
            Offered(KESTREL, at(11, 10, 10), DECLINED, at(11, 13, 15, 40), "agency"),
            Offered(COPPER, at(11, 16, 9, 15)),
        ),
    ),
    # Open: the agency has accepted, and ORCS has yet to send the transmittal.
    Vacant(
        HARBOR_VIEW,
        OT,
        ENGLISH,
        (900012121,),
        on(11, 9),
        at(11, 19, 8, 50),
        "coordinator",
        (
            Offered(LARKSPUR, at(11, 19, 10), DECLINED, at(11, 20, 9, 5), "orcs"),
            Offered(KESTREL, at(11, 20, 9, 20), ACCEPTED, at(11, 20, 14, 10), "agency"),
        ),
    ),
    Vacant(
        HARBOR_VIEW,
        OT,
        ENGLISH,
        (900012147,),
        on(9, 10),
        at(9, 28, 9),
        "coordinator",
        (Offered(KESTREL, at(9, 29, 10), ACCEPTED, at(10, 2, 11), "agency"),),
        closed=at(10, 6, 9),
    ),
    Vacant(
        HARBOR_VIEW,
        OT,
        ENGLISH,
        (900012134,),
        on(10, 26),
        at(11, 9, 9, 45),
        "coordinator",
        (Offered(KESTREL, at(11, 10, 10, 5), ACCEPTED, at(11, 16, 16), "agency"),),
        closed=at(11, 18, 9, 30),
    ),
    Vacant(
        MARSH_CREEK,
        PT,
        ENGLISH,
        (900036056,),
        on(9, 10),
        at(9, 22, 8, 30),
        "coordinator2",
        (Offered(KESTREL, at(9, 23, 9), ACCEPTED, at(9, 25, 10), "agency"),),
        closed=at(9, 29, 8, 45),
    ),
    Vacant(
        MARSH_CREEK,
        SPEECH,
        RUSSIAN,
        (900036014, 900036027),
        on(9, 10),
        at(10, 19, 8, 30),
        "coordinator2",
        (Offered(COPPER, at(10, 20, 9), ACCEPTED, at(10, 27, 13), "orcs"),),
        closed=at(10, 29, 9),
    ),
)

TRANSMITTALS = (
    Sent(KESTREL, 900036056, PT, ENGLISH, at(9, 29, 8, 45)),
    Sent(KESTREL, 900012147, OT, ENGLISH, at(10, 6, 9)),
    Sent(COPPER, 900036014, SPEECH, RUSSIAN, at(10, 29, 9)),
    Sent(COPPER, 900036027, SPEECH, RUSSIAN, at(10, 29, 9)),
    Sent(KESTREL, 900012134, OT, ENGLISH, at(11, 18, 9, 30)),
)

LETTERS = (
    Letter(Who.FAIRWEATHER, 900012150, SPEECH, POLISH, on(9, 14), at(10, 1, 11)),
    Letter(Who.FAIRWEATHER, 900024165, SPEECH, ENGLISH, on(11, 9), None),
)

HOLD_SINCE = date(2026, 9, 1)
HOLD_REASON = "Contracts with agencies come first."

# The related-services contact of each school, by DBN, and ORCS's own for the borough.
CONTACTS: tuple[tuple[str | Borough, str, str], ...] = (
    (HARBOR_VIEW, "Bernadette Kowalczyk-Ruiz", "related-services@15k999.example"),
    (FIG_TREE, "Bernadette Kowalczyk-Ruiz", "related-services@13k998.example"),
    (MARSH_CREEK, "Hamish Vasquez-Lindgren", "related-services@20k997.example"),
    (Borough.BROOKLYN, "Philippa Norgaard-Diop", "brooklyn@orcs.example"),
)
