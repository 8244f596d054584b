"""A school with a few people and students, in a demonstration whose clock stands at half past seven or so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from caseloads.models import Mandate
from orcs_portal.shared import clock
from providers.kinds import Affiliation, Role, Service
from providers.models import Agency, Provider, School
from tests import build


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, lines of standard output, and its sentence on standard error."""

    code: int
    lines: list[str]
    said: str


Run = Callable[..., Ended]


@pytest.fixture
def run() -> Run:
    """Give a way to run a command."""

    def running(name: str, *arguments: object) -> Ended:
        out = StringIO()
        try:
            call_command(name, *map(str, arguments), stdout=out, stderr=StringIO())
        except CommandError as stopped:
            return Ended(stopped.returncode, out.getvalue().splitlines(), str(stopped))
        return Ended(0, out.getvalue().splitlines(), "")

    return running


@pytest.fixture
def demo(db: None, settings: Settings) -> None:
    """Set DEMO, and the world's clock to a Tuesday morning."""
    settings.DEMO = True
    clock.set_world(to=build.NOW, real=clock.real_now())


@dataclass(frozen=True)
class Cast:
    """Who is there: a school, a DOE therapist, somebody of an agency, a nurse, and students to serve."""

    school: School
    therapist: Provider
    agency: Agency
    contractor: Provider
    nurse: Provider
    speech: Mandate
    therapy: Mandate

    @property
    def student(self) -> str:
        """The number of the student with speech, as it is typed."""
        return f"{self.speech.student.osis:09}"


@pytest.fixture
def cast(demo: None) -> Cast:
    """Make them."""
    build.school_year()
    build.systems()
    school, agency = build.school(), build.agency()
    return Cast(
        school=school,
        therapist=build.provider(at=school),
        agency=agency,
        contractor=build.provider(Affiliation.AGENCY, Role.OCCUPATIONAL_THERAPIST, at=school, of=agency),
        nurse=build.provider(role=Role.NURSE, at=school),
        speech=build.mandated(school),
        therapy=build.mandated(school, Service.OCCUPATIONAL_THERAPY),
    )
