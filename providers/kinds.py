"""The field's closed lists, as small integers with slugs.

Columns hold the integer; commands, extracts and addresses use the slug; people read the label.
"""

from __future__ import annotations

from typing import Self

from django.db import models


class SluggedChoices(models.IntegerChoices):
    """Integer choices that also know a lower-case slug, derived from the member's name."""

    @property
    def slug(self) -> str:
        """The name commands print and accept, such as ``speech`` or ``physical-therapy``."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def from_slug(cls, slug: str) -> Self:
        """Return the member of this slug; raises ``ValueError`` naming what is allowed."""
        for member in cls:
            if member.slug == slug.strip().lower():
                return member
        allowed = ", ".join(member.slug for member in cls)
        raise ValueError(f"{slug!r} is not one of: {allowed}")

    @classmethod
    def read(cls, slug: str) -> Self | None:
        """Return the member of a slug that stands in an address, or None for anything that is none."""
        return next((member for member in cls if member.slug == slug), None)


class Affiliation(SluggedChoices):
    """Who employs a provider."""

    DOE = 1, "DOE"
    AGENCY = 2, "Agency"
    RSA = 3, "Independent (RSA)"


class Role(SluggedChoices):
    """What a provider does; decides whether a first-attend call is due (R1)."""

    SPEECH_THERAPIST = 1, "Speech-language therapist"
    OCCUPATIONAL_THERAPIST = 2, "Occupational therapist"
    PHYSICAL_THERAPIST = 3, "Physical therapist"
    COUNSELOR = 4, "Counselor"
    HEARING_TEACHER = 5, "Hearing education teacher"
    VISION_TEACHER = 6, "Vision education teacher"
    PARAPROFESSIONAL = 7, "One-to-one paraprofessional"
    NURSE = 8, "School nurse"
    ENL_TEACHER = 9, "ENL/ESL teacher"
    SETSS_TEACHER = 10, "SETSS teacher"
    AUDIOLOGIST = 11, "Audiologist"
    SOCIAL_WORKER = 12, "Social worker"
    PSYCHOLOGIST = 13, "Psychologist"
    MOBILITY_INSTRUCTOR = 14, "Orientation and mobility instructor"
    INTERPRETER = 15, "Interpreter"


class Service(SluggedChoices):
    """A related service, or a teaching service recorded the same way."""

    SPEECH = 1, "Speech-language"
    OCCUPATIONAL_THERAPY = 2, "Occupational therapy"
    PHYSICAL_THERAPY = 3, "Physical therapy"
    COUNSELING = 4, "Counseling"
    HEARING = 5, "Hearing education"
    VISION = 6, "Vision education"
    AUDIOLOGY = 7, "Audiology"
    ORIENTATION_MOBILITY = 8, "Orientation and mobility"
    INTERPRETING = 9, "Interpreting"
    NURSE = 10, "School nurse"
    HEALTH_PARA = 11, "Health paraprofessional"
    BEHAVIOR_PARA = 12, "Behavior support paraprofessional"
    TOILETING = 13, "Toileting"
    TRANSPORTATION = 14, "Transportation"
    SOCIAL_WORK = 15, "Social work"
    PSYCHOLOGICAL = 16, "Psychological services"
    PARENT_TRAINING = 17, "Parent counseling and training"
    ASSISTIVE_TECHNOLOGY = 18, "Assistive technology"
    SETSS = 19, "SETSS"
    ENL = 20, "ENL/ESL"


class Language(SluggedChoices):
    """Language in which a service is given."""

    ENGLISH = 1, "English"
    SPANISH = 2, "Spanish"
    MANDARIN = 3, "Mandarin"
    CANTONESE = 4, "Cantonese"
    BENGALI = 5, "Bengali"
    RUSSIAN = 6, "Russian"
    HAITIAN_CREOLE = 7, "Haitian Creole"
    ARABIC = 8, "Arabic"
    URDU = 9, "Urdu"
    FRENCH = 10, "French"
    POLISH = 11, "Polish"
    KOREAN = 12, "Korean"
    YIDDISH = 13, "Yiddish"
    ALBANIAN = 14, "Albanian"
    SIGN = 15, "American Sign Language"
    OTHER = 16, "Another language"


class Setting(SluggedChoices):
    """Whether a mandate is served one to one or in a group."""

    INDIVIDUAL = 1, "Individual"
    GROUP = 2, "Group"


class Borough(SluggedChoices):
    """A borough; ``letter`` is its place in a DBN such as 15K321."""

    MANHATTAN = 1, "Manhattan"
    BRONX = 2, "Bronx"
    BROOKLYN = 3, "Brooklyn"
    QUEENS = 4, "Queens"
    STATEN_ISLAND = 5, "Staten Island"

    @property
    def letter(self) -> str:
        """The DBN's borough letter: M, X, K, Q or R."""
        return "MXKQR"[self.value - 1]

    @classmethod
    def of_dbn(cls, dbn: str) -> Borough:
        """Return the borough a DBN names; raises ``ValueError`` for any other letter."""
        return cls("MXKQR".index(dbn[2]) + 1)


class Route(SluggedChoices):
    """How a provider gets into SESIS: DOE staff through Galaxy (R6), everyone else through PETS (R9)."""

    GALAXY = 1, "Galaxy"
    PETS = 2, "PETS"
