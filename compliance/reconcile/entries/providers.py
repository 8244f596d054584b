"""Who is to serve, and whose caseload is no longer right."""

from __future__ import annotations

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import day_of, download_after, is_over, over_on, start_of

UNSERVED = "cap_status = %(apb)s AND NOT assigned AND NOT vacant"
WAITED_FROM = f"GREATEST({day_of('cap_since')}, %(eve)s)"
LONGER_THAN_A_SEARCH = is_over(WAITED_FROM, "awaiting_days")
LONGER_THAN_A_VACANCY = is_over(WAITED_FROM, "vacancy_days")
DAY_AFTER = start_of("last_day + 1")

PROVIDERS = (
    Entry(
        code=Code.AWAITING_PROVIDER,
        subject=Subject.LINE,
        hop=Hop.PROVIDER,
        severity=Severity.HIGH,
        days=5,
        owner=Owner.SCHOOL,
        rule="R15",
        one="mandate has nobody assigned",
        many="mandates have nobody assigned",
        why="CAP waits for a provider by the board, and nobody is assigned. A DOE provider is due within two school "
        "days.",
        fix="Assign a provider of the school, or have the school's designee log a vacancy (R15).",
        meanwhile="Tell the IEP team and the family that the service has not begun.",
        then="This closes when somebody is assigned or a vacancy is logged. CAP follows overnight.",
        picture=Picture.NEED,
        cases=(
            Case(
                open=f"{UNSERVED} AND {LONGER_THAN_A_SEARCH} AND NOT {LONGER_THAN_A_VACANCY}",
                waiting=f"{UNSERVED} AND NOT {LONGER_THAN_A_SEARCH}",
                since=over_on(WAITED_FROM, "awaiting_days"),
                until=over_on(WAITED_FROM, "awaiting_days"),
            ),
        ),
    ),
    Entry(
        code=Code.VACANCY_NOT_REPORTED,
        subject=Subject.LINE,
        hop=Hop.PROVIDER,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.COORDINATOR,
        rule="R15",
        one="mandate is unserved and no vacancy is logged",
        many="mandates are unserved and no vacancy is logged",
        why="Nobody has served for more than ten school days, and ORCS cannot contract out what was not reported "
        "(R12, R15).",
        fix="Have the school's designee log a vacancy for the mandate, or assign a provider of the school.",
        meanwhile="Tell the IEP team and the family that the service has not begun.",
        then="ORCS offers the vacancy to agencies. This closes when it is logged or somebody is assigned.",
        picture=Picture.NEED,
        cases=(
            Case(
                open=f"{UNSERVED} AND {LONGER_THAN_A_VACANCY}",
                since=over_on(WAITED_FROM, "vacancy_days"),
            ),
        ),
    ),
    Entry(
        code=Code.CASELOAD_ENDED,
        subject=Subject.LINE,
        hop=Hop.PROVIDER,
        severity=Severity.NORMAL,
        days=5,
        owner=Owner.SCHOOL,
        rule="R10",
        one="ended student is still on a caseload",
        many="ended students are still on a caseload",
        why="The student left, or the mandate ended, and SESIS still shows it on the provider's caseload. Sessions "
        "could be recorded that no IEP asks for (R10).",
        fix="End the caseload entry in SESIS.",
        meanwhile="Do not serve or record sessions under it.",
        then="This closes by itself when SESIS shows the entry as ended.",
        beside=True,
        picture=Picture.ENTRY,
        cases=(Case(open=f"{DAY_AFTER} < %(night)s", since=download_after(DAY_AFTER)),),
    ),
    Entry(
        code=Code.OVER_CASELOAD,
        subject=Subject.LOAD,
        hop=Hop.PROVIDER,
        severity=Severity.LOW,
        days=10,
        owner=Owner.COORDINATOR,
        one="caseload is over the limit",
        many="caseloads are over the limit",
        why="The provider has more students of this service than one person may serve.",
        fix="Move students to another provider, or have the school's designee log a vacancy for those who are too "
        "many.",
        meanwhile="The students stay on the caseload and are served.",
        then="This closes by itself when the caseload is within the limit.",
        beside=True,
        picture=Picture.LOAD,
        cases=(Case(open="students > most", since="newest"),),
    ),
)
