"""What the e-mails to agencies say.  No student is named: counts and mandates are all that is told (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseloads.models import Vacancy
from orcs_portal.shared.say import BLANK, say_date
from providers.models import Agency, Contact


@dataclass(frozen=True, slots=True)
class Told:
    """What an e-mail is about; ``orcs`` is None where no contact of ORCS is on record."""

    vacancy: Vacancy
    agency: Agency
    contact: Contact
    orcs: Contact | None
    students: int
    minutes: int
    mandates: Sequence[str]


def title(told: Told, first: str) -> str:
    """Return a title: what it is, the vacancy's number, the service, the language and the school."""
    return f"{first} {told.vacancy.number}: {told.vacancy.what}, {told.vacancy.school.dbn}"


def offer_body(told: Told) -> str:
    """Return the e-mail that offers a vacancy."""
    vacancy = told.vacancy
    lines = [
        f"{told.agency},",
        "",
        f"ORCS offers you vacancy {vacancy.number}: {vacancy.what}.",
        "",
        f"School: {vacancy.school}",
        f"{_students(told)}:",
        *(f"- {mandate}" for mandate in told.mandates),
        f"Unserved since: {say_date(vacancy.unserved_since, vacancy.unserved_since)}, {vacancy.unserved_since.year}",
        *([f"From the school: {vacancy.note}"] if vacancy.note else []),
        "",
        "Accept or decline in ORCS Portal.",
        "A provider may start only after ORCS has sent you the transmittal through SEC.",
        *_contacts(told),
    ]
    return _plain(lines)


def transmittal_body(told: Told) -> str:
    """Return the e-mail that says that the transmittal has been processed (R8)."""
    vacancy = told.vacancy
    lines = [
        f"{told.agency},",
        "",
        f"ORCS has processed the transmittal for vacancy {vacancy.number}: {vacancy.what}, at {vacancy.school}.",
        f"{_students(told)}. SEC shows you who they are.",
        "",
        "Name a provider who is active in PETS. They call after the first session with each student, from today on.",
        *_contacts(told),
    ]
    return _plain(lines)


def _students(told: Told) -> str:
    students = "1 student" if told.students == 1 else f"{told.students} students"
    return f"{students}, {told.minutes} minutes a week"


def _contacts(told: Told) -> list[str]:
    lines = ["", f"School contact, in copy: {told.contact.full_name}, {told.contact.email}"]
    if told.orcs is not None:
        lines.append(f"ORCS contact: {told.orcs.full_name}, {told.orcs.email}")
    return lines


def _plain(lines: Sequence[str]) -> str:
    """Return the lines as plain text: blanks that must not break on a page are ordinary ones."""
    return "\n".join(lines).replace(BLANK, " ") + "\n"
