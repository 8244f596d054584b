"""The items of the matrix: near, far, the agency's, one handed over, and one that may be acknowledged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from caseloads.models import Call
from compliance.kinds import Code
from compliance.mismatches.seen import mark_of
from compliance.models import Finding
from orcs_portal.accounts.models import User
from providers.models import Agency
from tests import build
from tests.compliance import build as rows
from tests.matrix.thing import NOBODY_HAS_THIS, Thing

ACT = UUID("0a7f6c1e-6f5d-4a64-8f0c-3c9f7d2b1e55")


def items(near: Call, far: Call, agency: Agency) -> dict[str, Thing]:
    """Return the items by name, each with a whole form to post."""
    watcher = User.objects.create_user("watcher", full_name="Somebody who has handed something over")
    mine, theirs = rows.differing(mandate_of(near)), rows.differing(mandate_of(far))
    sent = build.mandated(school_of(near))
    build.transmittal(sent, agency.contracts.get())
    agencys = rows.on_line(Code.AGENCY_NOT_STARTED, sent, agency=agency)
    handed = rows.differing(build.mandated(school_of(near)), **rows.handed_over(watcher))
    ticked = {**posted(mine), "item": f"{mine.pk}:{mark_of(mine)}", "sent": "bar", "list": "tab=open"}
    return {
        "item": one(mine),
        "far item": one(theirs),
        "agency's item": one(agencys),
        "handed item": one(handed),
        "handed in production": Thing({"finding_id": handed.pk}, posted(handed), demo=False),
        "far handed item": one(rows.differing(build.mandated(school_of(far)), **rows.handed_over(watcher))),
        "fact": one(rows.on_call(Code.WRONG_PROVIDER, near)),
        "no item": Thing({"finding_id": NOBODY_HAS_THIS}, posted(None)),
        "ticked": Thing(data=ticked),
        "an act": Thing(data={"act": str(ACT)}),
        "a code": Thing({"code": "SEC_ONLY"}),
        "no code": Thing({"code": "SEC_SOMETHING"}),
        "a workbook": Thing({"kind": "xlsx"}),
        "no kind": Thing({"kind": "doc"}),
    }


def mandate_of(call: Call) -> Any:  # noqa: ANN401 - the call's first mandate
    """Return the mandate that a call marks."""
    assert call.student is not None
    return call.student.mandates.get(pk=call.mandates[0])


def school_of(call: Call) -> Any:  # noqa: ANN401 - a school
    """Return the school of a call."""
    return call.school


def one(finding: Finding) -> Thing:
    """Return an item, and what every act on it is posted with."""
    return Thing({"finding_id": finding.pk}, posted(finding))


def posted(finding: Finding | None) -> dict[str, Any]:
    """Return a whole form: its mark, a day to look again, a note, a reason, and that nobody is to have it."""
    return {
        "mark": "" if finding is None else mark_of(finding),
        "look_again": "12/01/2026",
        "note": "Seen by the matrix",
        "reason": "Known to the school",
        "to": "nobody",
    }
