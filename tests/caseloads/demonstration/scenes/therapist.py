"""The scenes of the DOE therapist, who signs in as ``provider``."""

from __future__ import annotations

from caseloads.demonstration.days import on
from caseloads.demonstration.staff import Who
from caseloads.facts import Asked
from caseloads.kinds import System
from providers.kinds import Language, Route, Service
from providers.policy.verdict import Flag, Outcome
from tests.caseloads.demonstration.scenes.scene import OVERNIGHT, YESTERDAY, Scene

SPEECH = Service.SPEECH
NOBODYS = 900099999
NOT_FOUND = "No student found with this number"
ACCEPTED = "Call accepted"
NO_MANDATE = "Kept, but not recorded: no mandate for this service"

THERAPIST = (
    Scene(
        key="first-call",
        asked=Asked(900012011, SPEECH, None, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        see="SESIS shows it within two days, mostly the same day, and the caseload with it; CAP tomorrow morning, SEC"
        " the morning after.",
        says=("On its way.",),
    ),
    Scene(
        key="repeated",
        asked=Asked(900012037, SPEECH, None, YESTERDAY),
        outcome=Outcome.REPEATED,
        code="already-recorded",
        headline="Recorded before: your first call stands",
        see="The number and the date are those of September; nothing new is sent.",
        says=("This is the first number, with the first date. Nothing new was recorded.",),
    ),
    Scene(
        key="unknown-number",
        asked=Asked(NOBODYS, SPEECH, None, YESTERDAY),
        outcome=Outcome.CORRECT,
        code="student-not-found",
        headline=NOT_FOUND,
        see="Nothing is kept; correct the number and go on.",
        says=("Among the students you may serve, none has this number.",),
    ),
    Scene(
        key="student-of-another-school",
        asked=Asked(900036035, SPEECH, None, YESTERDAY),
        outcome=Outcome.CORRECT,
        code="student-not-found",
        headline=NOT_FOUND,
        see="The very same words as for a number that nobody has.",
    ),
    Scene(
        key="date-in-the-future",
        asked=Asked(900012208, SPEECH, None, on(11, 30)),
        outcome=Outcome.CORRECT,
        code="in-the-future",
        headline="The first session is in the future",
        see="Names today and what was typed.",
        says=("Nov 30, 2026",),
    ),
    Scene(
        key="before-the-school-year",
        asked=Asked(900012208, SPEECH, None, on(9, 8)),
        outcome=Outcome.CORRECT,
        code="before-school-year",
        headline="The first session is before the school year",
        see="Names the first day of school, Sep 10.",
        says=("Sep 10, 2026",),
    ),
    Scene(
        key="before-the-mandate",
        asked=Asked(900012082, SPEECH, None, on(11, 12)),
        outcome=Outcome.CORRECT,
        code="before-mandate",
        rule="R10",
        headline="The first session is before the mandate",
        see="Names the day on which the mandate begins, Nov 16.",
        says=("Nov 16, 2026",),
    ),
    Scene(
        key="service-not-mandated",
        asked=Asked(900012116, SPEECH, None, YESTERDAY),
        outcome=Outcome.UNLINKED,
        code="no-mandate",
        rule="R10",
        headline=NO_MANDATE,
        see="A reference (R and eight digits), no confirmation. As `coordinator`, finalize the draft on the simulator"
        " page; call again as `provider`, and the call is accepted.",
        says=(
            "Reference R",
            "It went no further",
        ),
    ),
    Scene(
        key="dropped-by-a-newer-IEP",
        asked=Asked(900012274, SPEECH, None, on(11, 12)),
        outcome=Outcome.UNLINKED,
        code="no-mandate",
        rule="R10",
        headline=NO_MANDATE,
        see="The IEP that governs since Nov 5 no longer mandates speech.",
        says=("Reference R",),
    ),
    Scene(
        key="superseded-mandate",
        asked=Asked(900012058, SPEECH, None, on(10, 28)),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        see="Judged by the IEP of that day, 3 x 30 x 3; the caseload opens under today's, 2 x 30 x 3.",
        says=("3 times a week, 30 minutes, group of 3",),
    ),
    Scene(
        key="two-languages",
        asked=Asked(900012045, SPEECH, None, YESTERDAY),
        outcome=Outcome.CORRECT,
        code="which-language",
        rule="R10",
        headline="Choose the language",
        see="The form asks for English or Spanish.",
        says=(
            "English",
            "Spanish",
        ),
    ),
    Scene(
        key="language-chosen",
        asked=Asked(900012045, SPEECH, Language.ENGLISH, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        see="Only the English mandate is marked.",
    ),
    Scene(
        key="language-not-mandated",
        sign_in="",
        by_number=Who.CASTELLANO,
        asked=Asked(900012208, SPEECH, Language.SPANISH, YESTERDAY),
        outcome=Outcome.CORRECT,
        code="language-not-mandated",
        rule="R10",
        headline="Choose a language that is mandated",
        see="Names the language of the mandate, English; the form asks only where there is a choice.",
        says=("English",),
    ),
    Scene(
        key="day-without-school",
        asked=Asked(900012090, SPEECH, None, on(11, 11)),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        flags=(Flag.HOLIDAY,),
        see="Marked for the coordinator: Nov 11 was Veterans Day.",
        says=(
            "No school on that day.",
            "marked so that the coordinator looks at the date",
        ),
    ),
    Scene(
        key="another-provider-is-assigned",
        asked=Asked(900012103, SPEECH, None, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        flags=(Flag.OTHER_PROVIDER,),
        see="Marked for the coordinator: the student is another therapist's.",
        says=("Another provider is assigned.",),
    ),
    Scene(
        key="not-in-Galaxy",
        asked=Asked(900024015, SPEECH, None, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        waits=frozenset({System.SESIS}),
        held=Route.GALAXY,
        see="CAP and SEC go on; SESIS holds the caseload until the Fig Tree School adds the caller to its Galaxy (R6).",
    ),
    Scene(
        key="IEP-final-this-morning",
        asked=Asked(900012063, SPEECH, None, YESTERDAY),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        see="CAP does not know the mandate yet: tonight's download brings it, and the call an hour later (R11).",
        says=(
            "CAP gets the IEP tonight.",
            "Tonight's download brings the IEP, and the call is marked an hour later.",
        ),
    ),
    Scene(
        key="no-consent-yet",
        asked=Asked(900012079, SPEECH, None, on(11, 19)),
        outcome=Outcome.ACCEPTED,
        code="accepted",
        headline=ACCEPTED,
        waits=OVERNIGHT,
        see="The caseload opens. CAP takes a first IEP only once the parents' consent is recorded: CAP waits for the"
        " school, SEC for CAP, and no day is promised (R11).",
        says=(
            "The IEP waits for consent.",
            "The school records the consent.",
        ),
    ),
)
