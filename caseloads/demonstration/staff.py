"""Who works in the demonstration's schools: somebody of every affiliation and every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from caseloads.demonstration.days import STAFF_START, at, on
from providers.kinds import Affiliation, Role

HARBOR_VIEW, FIG_TREE, MARSH_CREEK = "15K999", "13K998", "20K997"
SCHOOLS = {
    HARBOR_VIEW: "P.S. 999 The Harbor View School",
    FIG_TREE: "P.S. 998 The Fig Tree School",
    MARSH_CREEK: "M.S. 997 The Marsh Creek School",
}

KESTREL, COPPER, LARKSPUR = "KESTREL", "COPPERB", "LARKSPUR"
AGENCIES = {
    KESTREL: "Kestrel Lane Therapies",
    COPPER: "Copper Beech Speech and Language",
    LARKSPUR: "Larkspur Row Rehabilitation",
}

ADDED = at(9, 1, 9)


class Who(IntEnum):
    """Provider numbers, by the name the rolls use: DOE staff, agency providers, and an independent one."""

    CASTELLANO = 310042
    SINCLAIR = 310248
    OYELARAN = 310197
    NAKASHIMA = 310203
    BRZEZINSKI = 310055
    BACSKAI = 310229
    ADEYEMI = 310068
    FERREIRA = 310073
    THORVALDSEN = 310216
    ACHTERBERG = 310081
    CASTANEDA = 310234
    QUARTEY = 310094
    VANDERMEER = 310107
    DEREVYANKO = 310112
    DUBHSHLAINE = 310125
    RAHMANI = 310138
    BAPTISTE = 310141
    TEITELKRANZ = 310156
    HALLORAN = 310163
    LINDQVIST = 310179
    PIRRO = 310184
    MARCHETTI = 720118
    SOLHEIM = 720126
    GREENSPAN = 720155
    FAIRWEATHER = 840017


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody works at a school from a day on; ``access`` is when SESIS opened there, None if it has not."""

    dbn: str
    access: datetime | None = ADDED
    starts: date = STAFF_START


@dataclass(frozen=True, slots=True)
class Worker:
    """A provider: number, name, role, where they work, and who employs them."""

    number: Who
    name: str
    role: Role
    posts: tuple[Post, ...]
    affiliation: Affiliation = Affiliation.DOE
    agency: str = ""


AT_HARBOR, AT_FIG, AT_MARSH = Post(HARBOR_VIEW), Post(FIG_TREE), Post(MARSH_CREEK)

WORKERS = (
    # Covers the Fig Tree School since mid-November, which has not added her to its Galaxy yet (R6).
    Worker(
        Who.CASTELLANO,
        "Miriam Castellano",
        Role.SPEECH_THERAPIST,
        (AT_HARBOR, Post(FIG_TREE, access=None, starts=on(11, 16))),
    ),
    Worker(Who.SINCLAIR, "Fatoumata Sinclair-Yoon", Role.SPEECH_THERAPIST, (AT_HARBOR,)),
    Worker(Who.OYELARAN, "Greta Oyelaran", Role.SPEECH_THERAPIST, (AT_FIG,)),
    Worker(Who.NAKASHIMA, "Bartholomew Nakashima", Role.SPEECH_THERAPIST, (AT_MARSH,)),
    # Was added to the Fig Tree School's Galaxy only in October: what he had called for until then opened that morning.
    Worker(
        Who.BRZEZINSKI,
        "Teodor Brzeziński-Hale",
        Role.OCCUPATIONAL_THERAPIST,
        (AT_HARBOR, Post(FIG_TREE, access=at(10, 6, 8))),
    ),
    Worker(Who.BACSKAI, "Wilhelmina Bácskai", Role.OCCUPATIONAL_THERAPIST, (AT_MARSH,)),
    Worker(Who.ADEYEMI, "Ngozi Adeyemi-Clarke", Role.PHYSICAL_THERAPIST, (AT_HARBOR, AT_FIG)),
    Worker(Who.FERREIRA, "Lucía Ferreira Montalvo", Role.COUNSELOR, (AT_HARBOR,)),
    Worker(Who.THORVALDSEN, "Adaeze Thorvaldsen", Role.COUNSELOR, (AT_FIG, AT_MARSH)),
    Worker(Who.ACHTERBERG, "Desmond Achterberg", Role.PARAPROFESSIONAL, (AT_HARBOR,)),
    Worker(Who.CASTANEDA, "Jerome Castañeda-Wu", Role.PARAPROFESSIONAL, (AT_MARSH,)),
    Worker(Who.QUARTEY, "Rosalind Quartey", Role.NURSE, (AT_HARBOR,)),
    Worker(Who.VANDERMEER, "Ilse Vandermeer", Role.HEARING_TEACHER, (AT_HARBOR, AT_MARSH)),
    Worker(Who.DEREVYANKO, "Oksana Derevyanko", Role.VISION_TEACHER, (AT_FIG,)),
    Worker(Who.DUBHSHLAINE, "Pádraig Ó Dubhshláine", Role.SETSS_TEACHER, (AT_HARBOR,)),
    Worker(Who.RAHMANI, "Mehwish Rahmani", Role.ENL_TEACHER, (AT_HARBOR,)),
    Worker(Who.BAPTISTE, "Corinne Baptiste-Lamour", Role.AUDIOLOGIST, (AT_MARSH,)),
    Worker(Who.TEITELKRANZ, "Solomon Teitelkranz", Role.SOCIAL_WORKER, (AT_FIG,)),
    Worker(Who.HALLORAN, "Yuki Halloran", Role.PSYCHOLOGIST, (AT_MARSH,)),
    Worker(Who.LINDQVIST, "Emeka Lindqvist", Role.MOBILITY_INSTRUCTOR, (AT_FIG,)),
    Worker(Who.PIRRO, "Nadezhda Pirro", Role.INTERPRETER, (AT_MARSH,)),
    Worker(
        Who.MARCHETTI,
        "Ondine Marchetti-Boateng",
        Role.OCCUPATIONAL_THERAPIST,
        (AT_HARBOR,),
        Affiliation.AGENCY,
        KESTREL,
    ),
    Worker(Who.SOLHEIM, "Kwabena Solheim", Role.PHYSICAL_THERAPIST, (AT_MARSH,), Affiliation.AGENCY, KESTREL),
    # Her agency has asked, but PETS does not show her yet (R9).
    Worker(
        Who.GREENSPAN,
        "Ludmila Greenspan-Otero",
        Role.SPEECH_THERAPIST,
        (Post(MARSH_CREEK, access=None, starts=on(11, 2)),),
        Affiliation.AGENCY,
        COPPER,
    ),
    # Works in no school: the hold keeps RSA providers out of the buildings (R13).
    Worker(Who.FAIRWEATHER, "Anneliese Fairweather-Koh", Role.SPEECH_THERAPIST, (), Affiliation.RSA),
)
