"""The document: a final IEP on its way from SESIS to CAP (R11)."""

from __future__ import annotations

from django.conf import settings

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import day_of, download_after, start_of

PENDING_DAYS = f"(width_bucket(%(day)s, business_days) - width_bucket({day_of('moved_at')}, business_days))"
PENDING_UNTIL = start_of(
    f"business_days[width_bucket({day_of('moved_at')}, business_days) + %(pending_business_days)s + 1]"
)

DOCUMENTS = (
    Entry(
        code=Code.CONSENT_MISSING,
        subject=Subject.DOCUMENT,
        hop=Hop.DOCUMENT,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.SCHOOL,
        rule="R11",
        one="first IEP waits for consent",
        many="first IEPs wait for consent",
        why="A first IEP stays out of CAP until the parent's consent is recorded. Until then nobody can be "
        "assigned, and SEC shows nothing (R11).",
        fix="Ask the parent for consent, and record it in SESIS when it is given.",
        meanwhile="No service begins before consent.",
        then="The next nightly download takes the IEP to CAP, and this closes by itself.",
        picture=Picture.DOCUMENT,
        cases=(
            Case(
                open="without_consent AND finalised < %(night)s",
                waiting="without_consent AND finalised >= %(night)s",
                since=download_after("finalised"),
                until=download_after("finalised"),
            ),
        ),
    ),
    Entry(
        code=Code.IEP_ACTION_NEEDED,
        subject=Subject.DOCUMENT,
        hop=Hop.DOCUMENT,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.IEP_TEAM,
        rule="R11",
        one="IEP was refused by CAP and needs a correction",
        many="IEPs were refused by CAP and need a correction",
        why="The download found a fault in the document itself. A final IEP cannot be edited, so CAP and SEC keep "
        "showing what was there before (R11).",
        fix="Ask the IEP team to correct the document in SESIS and make it final again.",
        meanwhile="Serve by the final IEP: it binds, whatever CAP shows (R10).",
        then="The corrected version goes to CAP the next night, and this closes by itself.",
        picture=Picture.DOCUMENT,
        cases=(Case(open="transfer = %(action_needed)s", since="moved_at"),),
    ),
    Entry(
        code=Code.IEP_KNOWN_ISSUE,
        subject=Subject.DOCUMENT,
        hop=Hop.DOCUMENT,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R11",
        one="IEP is stuck on the technical side",
        many="IEPs are stuck on the technical side",
        why="The document is in order, and the download knows that it cannot carry it. Only the technical team can "
        "free it (R11).",
        fix=f"Open a ticket with the SESIS Help Desk, {settings.HELP_DESK_NUMBER}, and keep its number here (R7).",
        meanwhile="Serve by the final IEP: it binds, whatever CAP shows (R10).",
        then="When the technical team has freed it, the nightly download takes it to CAP, and this closes by itself.",
        picture=Picture.DOCUMENT,
        cases=(Case(open="transfer = %(known_issue)s", since="moved_at"),),
    ),
    Entry(
        code=Code.IEP_NOT_IN_CAP,
        subject=Subject.DOCUMENT,
        hop=Hop.DOCUMENT,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.IEP_TEAM,
        rule="R11",
        one="final IEP never reached CAP",
        many="final IEPs never reached CAP",
        why="SESIS holds a final IEP and CAP does not have all of it. SEC copies CAP, so its report is wrong for "
        "this student too (R11).",
        fix="Have the IEP team check the document in SESIS. If nothing is wrong with it, hand it to the SESIS Help "
        f"Desk, {settings.HELP_DESK_NUMBER} (R7).",
        meanwhile="Serve by the final IEP: it binds, whatever CAP shows (R10).",
        then="Once the download has carried it, CAP shows it the next morning and SEC a day later. This closes by "
        "itself.",
        picture=Picture.DOCUMENT,
        cases=(
            Case(
                open="transfer = %(never)s AND ready_at < %(night)s",
                waiting="transfer = %(never)s AND ready_at >= %(night)s",
                since=download_after("ready_at"),
                until=download_after("ready_at"),
            ),
            Case(
                open=f"transfer = %(pending)s AND {PENDING_DAYS} > %(pending_business_days)s",
                since=PENDING_UNTIL,
            ),
            Case(
                open="transfer = %(successful)s AND lacking > 0 AND moved_at < %(night)s",
                waiting="transfer = %(successful)s AND lacking > 0 AND moved_at >= %(night)s",
                since=download_after("moved_at"),
                until=download_after("moved_at"),
                owner="%(help_desk)s",
            ),
        ),
    ),
    Entry(
        code=Code.IEP_PENDING,
        subject=Subject.DOCUMENT,
        hop=Hop.DOCUMENT,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.NOBODY,
        rule="R11",
        one="IEP is on its way to CAP",
        many="IEPs are on their way to CAP",
        why="The download took the document up and has not finished. That is normal for up to four business days.",
        fix="Nobody needs to act. Look again after the date shown.",
        meanwhile="Serve by the final IEP (R10).",
        then="It reaches CAP by itself, or becomes an item to work on.",
        picture=Picture.DOCUMENT,
        cases=(
            Case(
                waiting=f"transfer = %(pending)s AND {PENDING_DAYS} <= %(pending_business_days)s",
                since="moved_at",
                until=PENDING_UNTIL,
            ),
        ),
    ),
)
