"""CAP against the IEP, and SEC against CAP (R11)."""

from __future__ import annotations

from django.conf import settings

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import download_after, hours, start_of

MANDATED = "language, setting, frequency, duration, group_size, starts, ends"
IN_CAP = "cap_language, cap_setting, cap_frequency, cap_duration, cap_group_size, cap_starts, cap_ends"
NOT_ON_IEP = "mandate_id IS NULL AND cap_id IS NOT NULL"
DAY_AFTER = start_of("ended_on + 1")
SEC_ALONE = "cap_id IS NULL AND sec_id IS NOT NULL"
SEC_LAG_AGO = f"%(at)s - {hours('sec_hours')}"
SAME_SHAPE = (
    "(sec_frequency, sec_duration, sec_group_size) IS NOT DISTINCT FROM (cap_frequency, cap_duration, cap_group_size)"
)
SAME_STATE = (
    "(sec_status, sec_provider, sec_first_attend) IS NOT DISTINCT FROM "
    "((%(sec_words)s::int[])[cap_status], cap_provider, cap_first_attend)"
)
# What only a call's way is behind is the call's: CALL_NOT_IN_SEC, or its waiting.
CALLS_WAY = f"""({SAME_SHAPE} AND cap_first_attend IS NOT NULL AND sec_first_attend IS NULL AND (
    SELECT true FROM caseloads_call c
    WHERE c.outcome = %(accepted)s AND c.school_year = %(year)s AND c.student_id = p.student_id
      AND c.service = p.line >> 7 & 31 AND c.language = p.cap_language LIMIT 1) IS TRUE)"""  # noqa: S608 - only names of this module
SEC_DIFFERS = f"cap_id IS NOT NULL AND NOT ({SAME_SHAPE} AND {SAME_STATE}) AND NOT {CALLS_WAY}"

ASK_HELP_DESK = f"Open a ticket with the SESIS Help Desk, {settings.HELP_DESK_NUMBER}, and keep its number here (R7)."

SYSTEMS = (
    Entry(
        code=Code.CAP_FIELD_DIFFERS,
        subject=Subject.LINE,
        hop=Hop.CAP,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.CAP_OFFICE,
        rule="R11",
        one="mandate in CAP differs from the IEP",
        many="mandates in CAP differ from the IEP",
        why="The final IEP governs (R10). CAP holds the same mandate with other figures, and SEC copies CAP. Nobody "
        "at the school can edit CAP.",
        fix="Ask the CAP-authorized office to correct the fields that differ. The IEP is the evidence.",
        meanwhile="Serve what the IEP says (R10).",
        then="This closes by itself when CAP shows what the IEP says. SEC follows a day later.",
        picture=Picture.LINE,
        cases=(
            Case(
                open=f"mandate_id IS NOT NULL AND cap_id IS NOT NULL AND ({MANDATED}) IS DISTINCT FROM ({IN_CAP})",
                since="cap_since",
            ),
        ),
    ),
    Entry(
        code=Code.CAP_NOT_ON_IEP,
        subject=Subject.LINE,
        hop=Hop.CAP,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.CAP_OFFICE,
        rule="R11",
        one="mandate in CAP is not on the IEP",
        many="mandates in CAP are not on the IEP",
        why="CAP holds a mandate that the latest IEP does not name. It counts as unserved in SEC's report although "
        "nobody is to serve it (R10, R11).",
        fix="Ask the CAP-authorized office to close it. The latest IEP is the evidence.",
        meanwhile="Do not serve it: the latest IEP governs (R10).",
        then="This closes by itself when CAP has closed the mandate. SEC drops it a day later.",
        picture=Picture.LINE,
        cases=(
            Case(
                open=f"{NOT_ON_IEP} AND (ended_on IS NULL OR {DAY_AFTER} < %(night)s)",
                waiting=f"{NOT_ON_IEP} AND {DAY_AFTER} >= %(night)s",
                since=f"GREATEST(cap_since, {download_after(DAY_AFTER)})",
                until=download_after(DAY_AFTER),
            ),
        ),
    ),
    Entry(
        code=Code.SEC_STALE,
        subject=Subject.LINE,
        hop=Hop.SEC,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R11",
        one="line in SEC is behind CAP",
        many="lines in SEC are behind CAP",
        why="SEC copies CAP within 24 hours. This copy is older, so whoever reads SEC's report is misled (R11).",
        fix=ASK_HELP_DESK,
        meanwhile="Go by the IEP and by CAP, not by SEC's report.",
        then="This closes by itself when SEC shows what CAP has.",
        picture=Picture.LINE,
        cases=(
            Case(
                open=f"{SEC_DIFFERS} AND cap_since <= {SEC_LAG_AGO}",
                since=f"cap_since + {hours('sec_hours')}",
            ),
        ),
    ),
    Entry(
        code=Code.SEC_WAITING,
        subject=Subject.LINE,
        hop=Hop.SEC,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.NOBODY,
        rule="R11",
        one="line in SEC will follow CAP",
        many="lines in SEC will follow CAP",
        why="CAP changed less than 24 hours ago. SEC is not expected to show it yet.",
        fix="Nobody needs to act. Look again after the time shown.",
        meanwhile="Go by the IEP and by CAP.",
        then="SEC shows it by itself, or this becomes an item to work on.",
        picture=Picture.LINE,
        cases=(
            Case(
                waiting=f"{SEC_DIFFERS} AND cap_since > {SEC_LAG_AGO}",
                since="cap_since",
                until=f"cap_since + {hours('sec_hours')}",
            ),
            Case(
                waiting=f"{SEC_ALONE} AND closed_since > {SEC_LAG_AGO}",
                since="closed_since",
                until=f"closed_since + {hours('sec_hours')}",
            ),
        ),
    ),
    Entry(
        code=Code.SEC_ONLY,
        subject=Subject.LINE,
        hop=Hop.SEC,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.HELP_DESK,
        rule="R11",
        one="line in SEC is not in CAP",
        many="lines in SEC are not in CAP",
        why="SEC reports a mandate that CAP does not hold, or closed more than 24 hours ago. The report counts it "
        "all the same (R11).",
        fix=ASK_HELP_DESK,
        meanwhile="Go by the IEP and by CAP, not by SEC's report.",
        then="This closes by itself when SEC no longer shows the line, or CAP holds it.",
        picture=Picture.LINE,
        cases=(
            Case(
                open=f"{SEC_ALONE} AND (closed_since IS NULL OR closed_since <= {SEC_LAG_AGO})",
                since=f"COALESCE(closed_since + {hours('sec_hours')}, sec_from)",
            ),
        ),
    ),
)
