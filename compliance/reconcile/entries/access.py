"""Access to SESIS: DOE staff through Galaxy (R6), everyone else through PETS (R9)."""

from __future__ import annotations

from compliance.kinds import Code, Hop, Owner, Severity, Subject
from compliance.reconcile.entry import Case, Entry, Picture
from compliance.reconcile.moments import hours, start_of

GALAXY_LAG_AGO = f"%(at)s - {hours('galaxy_hours')}"

ACCESS = (
    Entry(
        code=Code.NOT_IN_GALAXY,
        subject=Subject.PLACE,
        hop=Hop.ACCESS,
        severity=Severity.NORMAL,
        days=2,
        owner=Owner.SCHOOL,
        rule="R6",
        one="DOE provider cannot open SESIS",
        many="DOE providers cannot open SESIS",
        why="The provider serves at this school and is not on its Galaxy list, so SESIS gives no access here (R6).",
        fix="Ask the head of school to add the provider to the school's Galaxy.",
        meanwhile="The provider serves and keeps notes. Calls count all the same.",
        then="SESIS access follows within 24 hours, and caseloads open by themselves.",
        picture=Picture.PLACE,
        cases=(
            Case(
                open="route = %(galaxy)s AND serves_from IS NOT NULL AND added IS NULL",
                waiting=f"route = %(galaxy)s AND serves_from IS NOT NULL AND added > {GALAXY_LAG_AGO}",
                since=start_of("serves_from"),
                until=f"added + {hours('galaxy_hours')}",
            ),
        ),
    ),
    Entry(
        code=Code.NOT_IN_PETS,
        subject=Subject.PLACE,
        hop=Hop.ACCESS,
        severity=Severity.NORMAL,
        days=2,
        owner=Owner.AGENCY,
        rule="R9",
        one="non-DOE provider is not active in PETS",
        many="non-DOE providers are not active in PETS",
        why="Non-DOE providers come into SESIS through PETS, and this one is missing there, not active, or not "
        "eligible (R9).",
        fix="Have the agency ask central to register the provider in PETS. For an independent provider ORCS asks. "
        "Never add them to Galaxy.",
        meanwhile="The provider serves and keeps notes. Calls count all the same.",
        then="When PETS shows the provider as active and eligible, SESIS access and caseloads open by themselves.",
        picture=Picture.PLACE,
        cases=(
            Case(
                open="route = %(pets)s AND serves_from IS NOT NULL AND usable IS NOT TRUE",
                since=start_of("serves_from"),
                owner="access_owner",
            ),
        ),
    ),
    Entry(
        code=Code.NON_DOE_IN_GALAXY,
        subject=Subject.PLACE,
        hop=Hop.ACCESS,
        severity=Severity.URGENT,
        days=1,
        owner=Owner.SCHOOL,
        rule="R9",
        one="non-DOE provider is on a Galaxy list",
        many="non-DOE providers are on a Galaxy list",
        why="Galaxy is for DOE staff. Adding anybody else skips the security that is meant for non-DOE staff (R9).",
        fix="Have the head of school remove the provider from Galaxy today, and send them to their agency for PETS.",
        meanwhile="The provider does not use the access that came through Galaxy.",
        then="This closes by itself when Galaxy no longer lists the provider.",
        picture=Picture.PLACE,
        cases=(Case(open="route = %(pets)s AND added IS NOT NULL", since="added"),),
    ),
)
