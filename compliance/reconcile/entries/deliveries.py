"""An accepted call that did not reach every system (R2)."""

from __future__ import annotations

from django.conf import settings

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import cap_night_after, hours

WITHOUT_ACCESS = (
    f"CASE WHEN route = %(galaxy)s THEN added IS NULL OR added > %(at)s - {hours('galaxy_hours')} ELSE NOT usable END"
)

ASK_HELP_DESK = (
    f"Open a ticket with the SESIS Help Desk, {settings.HELP_DESK_NUMBER}, with the confirmation number, and keep the "
    "ticket's number here (R7)."
)

DELIVERIES = (
    Entry(
        code=Code.CALL_NOT_IN_CAP,
        subject=Subject.CALL,
        hop=Hop.DELIVERY,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R2",
        one="accepted call never reached CAP",
        many="accepted calls never reached CAP",
        why="The call was accepted, a night has passed, and CAP still shows no first attend. SEC copies CAP, so "
        "both count the student as unserved (R2).",
        fix=ASK_HELP_DESK,
        meanwhile="The provider need not call again: the confirmation number is the proof.",
        then="This closes by itself when CAP shows the first attend.",
        picture=Picture.DELIVERY,
        cases=(
            Case(
                open="cap_lacks AND received < %(cap_night)s",
                waiting="cap_lacks AND received >= %(cap_night)s",
                since=cap_night_after("received"),
                until=cap_night_after("received"),
            ),
        ),
    ),
    Entry(
        code=Code.CALL_NOT_IN_SEC,
        subject=Subject.CALL,
        hop=Hop.DELIVERY,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R2",
        one="accepted call never reached SEC",
        many="accepted calls never reached SEC",
        why="CAP has had the first attend for more than 24 hours, and SEC's report does not show it (R2).",
        fix=ASK_HELP_DESK,
        meanwhile="Go by CAP. The provider need not call again.",
        then="This closes by itself when SEC shows the first attend.",
        picture=Picture.DELIVERY,
        cases=(
            Case(
                open=f"sec_lags_from <= %(at)s - {hours('sec_hours')}",
                waiting=f"sec_lags_from > %(at)s - {hours('sec_hours')}",
                since=f"sec_lags_from + {hours('sec_hours')}",
                until=f"sec_lags_from + {hours('sec_hours')}",
            ),
        ),
    ),
    Entry(
        code=Code.CALL_NOT_ON_CASELOAD,
        subject=Subject.CALL,
        hop=Hop.DELIVERY,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R3",
        one="accepted call did not open the caseload",
        many="accepted calls did not open the caseload",
        why="The call was accepted more than 48 hours ago, the provider has access, and SESIS does not show the "
        "student on the caseload (R3).",
        fix=ASK_HELP_DESK,
        meanwhile="The provider keeps notes and enters attendance once the student appears.",
        then="This closes by itself when the student is on the caseload.",
        picture=Picture.DELIVERY,
        cases=(
            Case(
                open=f"NOT on_caseload AND received <= %(at)s - {hours('caseload_hours')}",
                waiting=f"NOT on_caseload AND received > %(at)s - {hours('caseload_hours')}",
                since=f"received + {hours('caseload_hours')}",
                until=f"received + {hours('caseload_hours')}",
                behind=WITHOUT_ACCESS,
            ),
        ),
    ),
)
