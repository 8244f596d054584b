"""Schools and agencies that nobody has ever seen."""

from __future__ import annotations

from providers.directory import Listed
from providers.kinds import Borough, Language, Service

DISTRICTS = (13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 32)
FIRST_NUMBER = 921
NAMES = (
    *(
        "Quarry Hill",
        "Lantern Street",
        "Tidewater",
        "Copperfield",
        "Marigold",
        "Northlight",
        "Old Ferry",
        "Thistledown",
    ),
    *("Wren Park", "Bellflower", "Cobblestone", "Driftwood", "Elderberry", "Foxglove", "Granite Row", "Hazelwood"),
    *(
        "Ironbridge",
        "Juniper Court",
        "Kingfisher",
        "Larch Grove",
        "Millrace",
        "Nettlefield",
        "Orchard Gate",
        "Pepper Lane",
    ),
    *("Quince Street", "Ropewalk", "Sandpiper", "Tollhouse", "Umberland", "Violet Hill", "Weathervane", "Yarrow"),
    *("Ashlar", "Brickfield", "Canal Bend", "Dovecote", "Evergreen", "Flintlock", "Gasworks", "Hollyhock"),
)
KINDS = (
    *(("P.S.", "Elementary", "PK,0K,01,02,03,04,05,SE"),) * 5,
    ("M.S.", "Junior High-Intermediate-Middle", "06,07,08,SE"),
    ("P.S./I.S.", "K-8", "0K,01,02,03,04,05,06,07,08,SE"),
    ("H.S.", "High school", "09,10,11,12,SE"),
)


def schools() -> list[Listed]:
    """Return forty schools of Brooklyn."""
    return [_school(at, name) for at, name in enumerate(NAMES)]


def _school(at: int, name: str) -> Listed:
    prefix, category, grades = KINDS[at % len(KINDS)]
    number = FIRST_NUMBER + at
    dbn = f"{DISTRICTS[at % len(DISTRICTS)]}K{number}"
    return Listed(dbn, f"{prefix} {number} The {name} School", Borough.BROOKLYN, category, grades)


AGENCIES = {
    "CITYALDER": "Alder Bridge Therapies",
    "CITYBRIAR": "Briar Lane Rehabilitation",
    "CITYCEDAR": "Cedar Point Speech Services",
    "CITYDAHLIA": "Dahlia House Counseling",
    "CITYELM": "Elm Terrace Pediatrics",
    "CITYFERN": "Fern Hollow Related Services",
    "CITYGORSE": "Gorse Hill Language Partners",
    "CITYHOLLY": "Holly Walk Clinicians",
}

THERAPIES = (Service.SPEECH, Service.OCCUPATIONAL_THERAPY, Service.PHYSICAL_THERAPY, Service.COUNSELING)
SPOKEN = (Service.SPEECH, Service.COUNSELING)
OFTEN = (Language.SPANISH, Language.MANDARIN, Language.CANTONESE, Language.RUSSIAN, Language.FRENCH)
SELDOM = (Language.BENGALI, Language.HAITIAN_CREOLE, Language.ARABIC, Language.URDU)

CONTRACTS: tuple[tuple[str, Service, Language], ...] = (
    *(("CITYALDER", service, Language.ENGLISH) for service in THERAPIES),
    *(("CITYELM", service, Language.ENGLISH) for service in THERAPIES),
    *(("CITYBRIAR", service, Language.ENGLISH) for service in (Service.HEARING, Service.VISION, Service.SETSS)),
    *(("CITYCEDAR", Service.SPEECH, language) for language in OFTEN),
    *(("CITYDAHLIA", Service.COUNSELING, language) for language in OFTEN),
    *((code, service, language) for code in ("CITYFERN", "CITYGORSE") for service in SPOKEN for language in SELDOM),
    *(("CITYHOLLY", service, Language.ENGLISH) for service in (Service.HEALTH_PARA, Service.BEHAVIOR_PARA)),
)
"""Who is contracted for what, in every borough; for some languages nobody is."""
