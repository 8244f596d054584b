"""Contracting out: transmittals, letters, and calls that came before them (R8, R12, R13)."""

from __future__ import annotations

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import day_of, is_over, over_on, start_of

UNCONTRACTED = "cap_status = %(aco)s AND transmitted IS NULL AND NOT lettered"
NOT_STARTED = "transmitted IS NOT NULL AND NOT assigned"
LETTER_AGE = f"(%(day)s - {day_of('processed')})"
LETTER_OVER = start_of(f"{day_of('processed')} + %(letter_calendar_days)s + 1")

GATES = (
    Entry(
        code=Code.NO_TRANSMITTAL,
        subject=Subject.LINE,
        hop=Hop.GATE,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.ORCS,
        rule="R8",
        one="mandate is contracted out without a transmittal",
        many="mandates are contracted out without a transmittal",
        why="CAP waits for contracting out, and no agency has a transmittal. No agency's provider can make a call "
        "that counts (R8).",
        fix="Offer the vacancy to the contracted agencies and process the transmittal in SEC.",
        meanwhile="The mandate is unserved. Nobody of an agency should begin yet.",
        then="The transmittal opens the gate at once. CAP shows it the next morning, and this closes by itself.",
        picture=Picture.NEED,
        cases=(
            Case(
                open=f"{UNCONTRACTED} AND {is_over(day_of('cap_since'), 'transmittal_days')}",
                waiting=f"{UNCONTRACTED} AND NOT {is_over(day_of('cap_since'), 'transmittal_days')}",
                since=over_on(day_of("cap_since"), "transmittal_days"),
                until=over_on(day_of("cap_since"), "transmittal_days"),
            ),
        ),
    ),
    Entry(
        code=Code.AGENCY_NOT_STARTED,
        subject=Subject.LINE,
        hop=Hop.GATE,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.AGENCY,
        rule="R12",
        one="agency has a transmittal and assigned nobody",
        many="agencies have a transmittal and assigned nobody",
        why="ORCS sent the transmittal more than ten school days ago, and the agency named no provider. The mandate "
        "is unserved (R12).",
        fix="Ask the agency to assign a provider, or to return the transmittal so that ORCS can ask another one.",
        meanwhile="Keep the family informed. The school does not look for a provider itself.",
        then="This closes by itself when somebody is assigned.",
        picture=Picture.NEED,
        cases=(
            Case(
                open=f"{NOT_STARTED} AND {is_over(day_of('transmitted'), 'agency_days')}",
                waiting=f"{NOT_STARTED} AND NOT {is_over(day_of('transmitted'), 'agency_days')}",
                since=over_on(day_of("transmitted"), "agency_days"),
                until=over_on(day_of("transmitted"), "agency_days"),
            ),
        ),
    ),
    Entry(
        code=Code.RSA_UNDER_HOLD,
        subject=Subject.LETTER,
        hop=Hop.GATE,
        severity=Severity.URGENT,
        days=1,
        owner=Owner.COORDINATOR,
        rule="R13",
        one="independent provider is active while the hold is on",
        many="independent providers are active while the hold is on",
        why="No RSA provider may serve in a school building at this time: contracts with agencies come first (R13). "
        "This one has a first attend.",
        fix="Stop the service in the building today, end the assignment, and log a vacancy so that an agency can "
        "take over.",
        meanwhile="The provider does not come into the building.",
        then="This closes when the assignment has ended or ORCS has lifted the hold.",
        picture=Picture.LETTER,
        cases=(
            Case(
                open="%(hold)s AND first_call IS NOT NULL AND (assigned OR NOT ever_assigned)",
                since="GREATEST(first_call, %(hold_since)s)",
            ),
        ),
    ),
    Entry(
        code=Code.RSA_WITHOUT_AGENCIES,
        subject=Subject.LETTER,
        hop=Hop.GATE,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.ORCS,
        rule="R13",
        one="RSA letter was processed before every agency declined",
        many="RSA letters were processed before every agency declined",
        why="An RSA comes last. An agency with a contract for this service, language and borough was not asked, or "
        "did not answer (R13).",
        fix="Offer the vacancy to every contracted agency and record each answer.",
        meanwhile="The letter stands. Do not place the provider in a school building.",
        then="This closes when every contracted agency has declined.",
        picture=Picture.LETTER,
        cases=(Case(open="processed IS NOT NULL AND cardinality(not_declined) > 0", since="processed"),),
    ),
    Entry(
        code=Code.RSA_UNUSED,
        subject=Subject.LETTER,
        hop=Hop.GATE,
        severity=Severity.LOW,
        days=10,
        owner=Owner.ORCS,
        rule="R13",
        one="RSA letter is not used",
        many="RSA letters are not used",
        why="The letter was processed more than four weeks ago, and nobody has served on it. The student may be "
        "waiting.",
        fix="Ask the family whether the provider will begin. If not, withdraw the letter and have the vacancy "
        "logged again.",
        meanwhile="The mandate counts as unserved.",
        then="This closes when somebody has recorded a first attend for the service.",
        picture=Picture.LETTER,
        cases=(
            Case(
                open=f"processed IS NOT NULL AND NOT served AND {LETTER_AGE} > %(letter_calendar_days)s",
                waiting=f"processed IS NOT NULL AND NOT served AND {LETTER_AGE} <= %(letter_calendar_days)s",
                since=LETTER_OVER,
                until=LETTER_OVER,
            ),
        ),
    ),
    Entry(
        code=Code.CALL_BEFORE_GATE,
        subject=Subject.CALL,
        hop=Hop.GATE,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.PROVIDER,
        rule="R8",
        one="call came before the transmittal or letter",
        many="calls came before the transmittal or letter",
        why="A non-DOE provider's call counts only after ORCS has processed the transmittal or the letter in SEC "
        "(R8). This call reached none of the systems as it should.",
        fix="Have the provider call again once the transmittal or letter is processed.",
        meanwhile="Nothing is lost: the call is kept here with its day and number.",
        then="This closes when a later call of the same provider is accepted.",
        picture=Picture.CALL,
        cases=(
            Case(open="outcome = %(refused)s AND rule = 'R8' AND NOT followed", since="received"),
            Case(open="needs_gate AND (gate_at IS NULL OR received < gate_at)", since="received"),
        ),
    ),
)
