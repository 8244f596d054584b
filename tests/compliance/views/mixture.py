"""Items of every state and several causes."""

from __future__ import annotations

from datetime import timedelta

from compliance.kinds import Code
from compliance.models import Finding
from tests import build
from tests.caseloads.calls import accepted
from tests.compliance import build as rows
from tests.compliance.views.floor import Floor

DAY = timedelta(days=1)


def mixed(floor: Floor, number: int = 5) -> list[Finding]:
    """Make items of every state and several causes."""
    made = [rows.differing(build.mandated(floor.school), due=rows.DUE + n * DAY) for n in range(number)]
    made.append(rows.differing(build.mandated(floor.school), assigned_to=floor.user))
    made.append(rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user)))
    therapist = build.provider(at=floor.school)
    made += [rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=therapist) for _ in range(4)]
    made.append(rows.on_line(Code.SEC_WAITING, build.mandated(floor.school), **rows.waiting()))
    made.append(rows.differing(build.mandated(floor.school), **rows.settled()))
    call = accepted(therapist, build.mandated(floor.school))
    made.append(rows.on_call(Code.WRONG_PROVIDER, call, **rows.acknowledged(floor.user)))
    made.append(rows.at_place(Code.NOT_IN_GALAXY, therapist, floor.school, due=build.TODAY))
    return made
