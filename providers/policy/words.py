"""How the rules say days and services, and the words they speak where no call is judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from providers.kinds import Service
from providers.policy.verdict import AccessOwner, Advice

BLANK = "\N{NO-BREAK SPACE}"


def say_day(day: date) -> str:
    """Return a day as pages say it, such as ``Nov 24, 2026``, never broken at a line's end.

    The year is always there, since a mistyped one is what the caller may have to see.
    """
    return f"{day:%b}{BLANK}{day.day},{BLANK}{day.year}"


def say_service(service: Service) -> str:
    """Return a service's name as it stands inside a sentence: ``speech-language``, but ``SETSS`` and ``ENL/ESL``."""
    label = str(service.label)
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def say_list(names: Iterable[str]) -> str:
    """Return one or more names in a sentence, in order of the alphabet: ``English, Polish or Spanish``."""
    *most, last = sorted(names)
    return f"{', '.join(most)} or {last}" if most else last


def access_missing(owner: AccessOwner, look_again: int) -> Advice:
    """Say who opens SESIS for a provider without access (R6 for the school, R9 for agency and ORCS)."""
    then = "The caseload opens by itself once access exists; you need not call again."
    meanwhile = "Go on serving by the mandate and keep your own notes."
    if owner is AccessOwner.SCHOOL:
        return Advice(
            rule="R6",
            code="not-in-galaxy",
            headline="Waiting: you have no SESIS access at this school",
            reason="DOE staff come into SESIS through the school's Galaxy, and you are not on it (R6).",
            who_acts="The school adds you to its Galaxy.",
            what_then=f"SESIS access follows within a day. {then}",
            meanwhile=meanwhile,
            look_again_school_days=look_again,
        )
    return Advice(
        rule="R9",
        code="not-in-pets",
        headline="Waiting: you have no SESIS access",
        reason="Non-DOE providers come into SESIS through PETS, and you are not active there (R9).",
        who_acts=_ASKS_PETS[owner],
        what_then=then,
        meanwhile=f"{meanwhile} Do not ask the school to add you to Galaxy.",
        look_again_school_days=look_again,
    )


_ASKS_PETS = {
    AccessOwner.AGENCY: "Your agency asks the central office to register you in PETS.",
    AccessOwner.ORCS: "ORCS asks the central office to register you in PETS.",
}


def not_through_galaxy(owner: AccessOwner) -> Advice:
    """Say why a non-DOE provider is never added to Galaxy, and which door is theirs (R9)."""
    asks = "Their agency" if owner is AccessOwner.AGENCY else "ORCS"
    return Advice(
        rule="R9",
        code="galaxy-is-for-doe-staff",
        headline="Galaxy is for DOE staff only",
        reason="Adding a non-DOE provider to Galaxy would skip the security check that they must pass (R9).",
        who_acts=f"{asks} asks the central office to register the provider in PETS.",
        what_then="SESIS opens for the provider once PETS shows them active and eligible.",
        meanwhile="Nothing was added. This attempt is on record.",
    )


def not_through_pets() -> Advice:
    """Say why DOE staff are not registered in PETS, and which door is theirs (R6)."""
    return Advice(
        rule="R6",
        code="pets-is-for-non-doe-providers",
        headline="PETS is for non-DOE providers only",
        reason="DOE staff come into SESIS through the school's Galaxy (R6).",
        who_acts="The school adds the provider to its Galaxy.",
        what_then="SESIS access follows within a day.",
        meanwhile="Nothing was asked of the central office.",
    )


def placement_held(look_again: int) -> Advice:
    """Say why an independent provider cannot be placed in a school now (R13)."""
    return Advice(
        rule="R13",
        code="rsa-hold",
        headline="Not now: no RSA providers in school buildings",
        reason="Contracts with agencies come first; while the hold is on, no RSA provider is placed (R13).",
        who_acts="ORCS offers the service to its contracted agencies. Only ORCS lifts the hold, from a date on.",
        what_then="Once the hold is lifted, and every contracted agency has declined, an RSA can be started.",
        meanwhile="Log the service as a vacancy, if that has not been done.",
        look_again_school_days=look_again,
    )


def evaluation_through_sesis() -> Advice:
    """Say where a contracted-out evaluation is asked for (R14)."""
    return Advice(
        rule="R14",
        code="evaluation-through-sesis",
        headline="Evaluations go through SESIS",
        reason="A contracted-out evaluation is not a vacancy. It is asked for in SESIS, in the student's record (R14).",
        who_acts="You ask for it in SESIS.",
        what_then="ORCS sees it there the next morning.",
        meanwhile="The attempt is kept here as redirected. Nothing was sent to an agency.",
    )
