"""CAP against the IEP, and SEC against CAP (R11)."""

from __future__ import annotations

from django.conf import settings

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Entry

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
    ),
)
