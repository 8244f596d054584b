"""The first-attend call: due, not needed, or not as it should be (R1, R2, R10)."""

from __future__ import annotations

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import day_of, is_over, over_on, start_of

CALL_DUE = "calls AND (needs_no_paper OR gate_at IS NOT NULL) AND NOT (held AND %(hold)s)"
DUE_FROM = f"GREATEST(assigned_from, {day_of('gate_at')}, %(eve)s)"

CALLS = (
    Entry(
        code=Code.NO_FIRST_ATTEND,
        subject=Subject.LINE,
        hop=Hop.CALL,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.PROVIDER,
        rule="R1",
        one="provider has not called",
        many="providers have not called",
        why="Somebody is assigned, and no first attend is on record. Without the call CAP and SEC show the student "
        "as unserved, and the caseload in SESIS stays empty (R1, R2).",
        fix="Ask the provider to call the phone line after the first session. Print the call sheet: it says what to "
        "key.",
        meanwhile="Sessions may go on. Keep notes until the caseload opens.",
        then="The call reaches CAP overnight, SEC a day later and the caseload within two days. This closes by itself.",
        picture=Picture.SERVED,
        cases=(
            Case(
                open=f"{CALL_DUE} AND {is_over(DUE_FROM, 'call_days')}",
                waiting=f"{CALL_DUE} AND NOT {is_over(DUE_FROM, 'call_days')}",
                since=over_on(DUE_FROM, "call_days"),
                until=over_on(DUE_FROM, "call_days"),
            ),
        ),
    ),
    Entry(
        code=Code.NURSE_EXEMPT,
        subject=Subject.LINE,
        hop=Hop.CALL,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.NOBODY,
        rule="R1",
        one="nurse makes no call",
        many="nurses make no call",
        why="Nurses are the one exception: they do not call, and nothing is missing (R1).",
        fix="Nobody needs to act.",
        meanwhile="The nurse serves and records as usual.",
        then="The assignment opens the nurse's caseload by itself.",
        beside=True,
        picture=Picture.SERVED,
        cases=(Case(exempt="NOT calls", since=start_of("assigned_from")),),
    ),
    Entry(
        code=Code.CALL_NO_MANDATE,
        subject=Subject.CALL,
        hop=Hop.CALL,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.COORDINATOR,
        rule="R10",
        one="call is for a service that no IEP names",
        many="calls are for a service that no IEP names",
        why="No IEP in force mandates the service that was keyed. The call waits without a mandate and reached no "
        "system (R10).",
        fix="Ask the provider what was meant. If the key was wrong, the provider calls again; if the IEP lacks the "
        "service, tell the IEP team.",
        meanwhile="Serve only what the IEP names.",
        then="This closes when a later call of the same provider is accepted, or when you acknowledge it.",
        picture=Picture.CALL,
        cases=(Case(open="outcome = %(unlinked)s AND NOT followed", since="received"),),
    ),
    Entry(
        code=Code.DUPLICATE_CALL,
        subject=Subject.CALL,
        hop=Hop.CALL,
        severity=Severity.LOW,
        days=10,
        owner=Owner.NOBODY,
        rule="R2",
        one="call repeats a first attend",
        many="calls repeat a first attend",
        why="The provider had recorded the first session of this student and service before. The first call stands, "
        "and this one changes nothing.",
        fix="Nobody needs to act. Acknowledge it when you have seen it.",
        meanwhile="Nothing changes: the first date and number stay.",
        then="It stays on record until somebody acknowledges it.",
        picture=Picture.CALL,
        cases=(Case(open="repeats", since="received"),),
    ),
    Entry(
        code=Code.OLD_MANDATE_SERVED,
        subject=Subject.CALL,
        hop=Hop.CALL,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.PROVIDER,
        rule="R10",
        one="session was given under a superseded mandate",
        many="sessions were given under a superseded mandate",
        why="On the day of the session a newer IEP governed, and the call names the older one's mandate. Everyone "
        "serves by the latest IEP (R10).",
        fix="Ask the provider to compare the IEP in force with what is served, and to serve by it from now on.",
        meanwhile="Serve what the latest IEP says.",
        then="It stays on record until somebody acknowledges it.",
        picture=Picture.CALL,
        cases=(Case(open="superseded", since="received"),),
    ),
    Entry(
        code=Code.WRONG_SCHOOL,
        subject=Subject.CALL,
        hop=Hop.CALL,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.SCHOOL,
        rule="R11",
        one="call names another school",
        many="calls name another school",
        why="On the day of the session the student was not enrolled at the school of the call. Reports of both "
        "schools may be wrong.",
        fix="Check where the student was enrolled on that day, and correct the enrollment or ask the provider.",
        meanwhile="Go on serving where the student is enrolled.",
        then="This closes when enrollment and call agree, or when somebody acknowledges it.",
        picture=Picture.CALL,
        cases=(Case(open="elsewhere", since="received"),),
    ),
    Entry(
        code=Code.WRONG_PROVIDER,
        subject=Subject.CALL,
        hop=Hop.CALL,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.COORDINATOR,
        rule="R2",
        one="call is by somebody who was not assigned",
        many="calls are by somebody who was not assigned",
        why="On the day of the call another provider was assigned to this service. CAP and SEC may name the wrong "
        "person.",
        fix="Find out who serves, and put the assignment right. If the caller was wrong, have the assigned provider "
        "call.",
        meanwhile="The student is served. Only the name is in doubt.",
        then="This closes when the caller is assigned from that day on, or when you acknowledge it.",
        picture=Picture.CALL,
        cases=(Case(open="replaced", since="received"),),
    ),
)
