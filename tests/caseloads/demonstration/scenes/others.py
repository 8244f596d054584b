"""The scenes of everyone else: agency and RSA providers, nurse and paraprofessional."""

from __future__ import annotations

from caseloads.demonstration.days import on
from caseloads.demonstration.staff import Who
from caseloads.facts import Asked
from caseloads.kinds import System
from providers.kinds import Language, Route, Service
from providers.policy.verdict import Outcome
from tests.caseloads.demonstration.scenes.scene import YESTERDAY, Scene

SPEECH, OT = Service.SPEECH, Service.OCCUPATIONAL_THERAPY

OTHERS = (
    Scene(
        key="no-transmittal",
        sign_in="agencyprovider",
        asked=Asked(900012121, OT, None, YESTERDAY),
        outcome=Outcome.REFUSED,
        code="no-transmittal",
        rule="R8",
        headline="Not yet: your agency has no transmittal",
        see="Kept as refused with a reference (R8); ORCS acts. Nothing goes to CAP, SEC or SESIS.",
        says=(
            "ORCS sends the transmittal.",
            "Reference R",
            "Rule R8",
        ),
    ),
    Scene(
        key="before-the-transmittal",
        sign_in="agencyprovider",
        asked=Asked(900012134, OT, None, on(11, 16)),
        outcome=Outcome.CORRECT,
        code="before-transmittal",
        rule="R8",
        headline="The first session is before the transmittal",
        see="Names the transmittal's day, Nov 18.",
        says=("Nov 18, 2026",),
    ),
    Scene(
        key="after-the-transmittal",
        sign_in="agencyprovider",
        asked=Asked(900012134, OT, None, on(11, 19)),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline="Call accepted",
        see="From the transmittal's day on a call counts.",
    ),
    Scene(
        key="RSA-under-the-hold",
        door="Why you may not call now",
        sign_in="rsaprovider",
        asked=Asked(900012150, SPEECH, None, YESTERDAY),
        outcome=Outcome.REFUSED,
        code="rsa-hold",
        rule="R13",
        headline="Not now: no RSA providers in school buildings",
        see="The letter is processed, but the hold comes first (R13).",
        says=("Until ORCS lifts the hold",),
    ),
    Scene(
        key="nurse",
        door="Why you need not call",
        sign_in="nurse",
        asked=Asked(900012163, Service.NURSE, None, YESTERDAY),
        outcome=Outcome.REFUSED,
        code="call-not-needed",
        rule="R1",
        headline="Not needed: nurses do not call",
        see="Her caseload shows the student without a call (R1).",
        says=("Every provider records a first call but the school nurse (R1).",),
    ),
    Scene(
        key="paraprofessional",
        sign_in="para",
        asked=Asked(900012176, Service.HEALTH_PARA, None, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline="Call accepted",
        see="One-to-one paraprofessionals call like everyone else (R1).",
    ),
    Scene(
        key="not-in-PETS",
        sign_in="",
        by_number=Who.GREENSPAN,
        asked=Asked(900036027, SPEECH, Language.RUSSIAN, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline="Call accepted",
        waits=frozenset({System.SESIS}),
        held=Route.PETS,
        see="As `coordinator2`: CAP and SEC go on; SESIS holds the caseload until PETS shows the provider (R9).",
    ),
)
