"""Findings for tests, as a comparison leaves them; the people and schools around them are the other builders'."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from caseloads.models import Call, Iep, Mandate, RsaLetter
from compliance.kinds import Code, Condition, EventKind, Handling, Owner
from compliance.models import DayCount, Finding, FindingEvent
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.accounts.models import User
from providers.models import Provider, School
from tests import build

DAY = timedelta(days=1)
SINCE = build.NOW - 7 * DAY
DUE = date(2026, 11, 20)
"""Two school days before the builders' today."""


def on_line(code: Code, mandate: Mandate, *, provider: Provider | None = None, **changes: Any) -> Finding:
    """Return an open finding about a mandate's line, at the student's school; ``changes`` name its columns."""
    student = mandate.student
    said = {name: getattr(mandate, name) for name in ("frequency", "duration", "group_size", "language", "setting")}
    columns = {
        "osis": student.osis,
        "student": student,
        "service": mandate.service,
        "language": mandate.language,
        "setting": mandate.setting,
        "school_id": student.enrolments.get().school_id,
        "evidence": {"sesis": {**said, "starts": mandate.starts.isoformat()}},
        **(of_provider(provider) if provider else {}),
    }
    return found(code, **columns | changes)


def differing(mandate: Mandate, *, field: str = "frequency", cap: int = 2, **changes: Any) -> Finding:
    """Return CAP_FIELD_DIFFERS for a line whose field says something else in CAP, and in SEC, which copies it."""
    row = on_line(Code.CAP_FIELD_DIFFERS, mandate)
    sesis = row.evidence["sesis"]
    row.evidence = {"sesis": sesis, "cap": sesis | {field: cap}, "sec": sesis | {field: cap}, "differs": [field]}
    return changed(row, **changes)


def on_document(code: Code, iep: Iep, **changes: Any) -> Finding:
    """Return an open finding about an IEP."""
    final = iep.finalised.isoformat() if iep.finalised else None
    columns = {
        "iep": iep,
        "osis": iep.student.osis,
        "student": iep.student,
        "school_id": iep.student.enrolments.get().school_id,
        "evidence": {"iep": {"version": iep.version, "kind": iep.kind, "final": final, "transfer": iep.transfer}},
    }
    return found(code, **columns | changes)


def at_place(code: Code, provider: Provider, school: School, **changes: Any) -> Finding:
    """Return an open finding about a provider at a school."""
    return found(code, **{"place": school, "school": school, **of_provider(provider)} | changes)


def on_call(code: Code, call: Call, **changes: Any) -> Finding:
    """Return an open finding about a call, at the call's school."""
    columns = {
        "call": call,
        "osis": call.student.osis if call.student else None,
        "student": call.student,
        "service": call.service,
        "language": call.language,
        "school": call.school,
        **of_provider(call.provider),
    }
    return found(code, **columns | changes)


def on_letter(code: Code, letter: RsaLetter, **changes: Any) -> Finding:
    """Return an open finding about an RSA letter."""
    columns = {
        "letter": letter,
        "osis": letter.student.osis,
        "student": letter.student,
        "service": letter.service,
        "language": letter.language,
        "school_id": letter.student.enrolments.get().school_id,
        **of_provider(letter.provider),
    }
    return found(code, **columns | changes)


def of_provider(provider: Provider) -> dict[str, Any]:
    """Return the columns that say which provider."""
    return {"provider": provider, "provider_number": provider.number}


def found(code: Code, **changes: Any) -> Finding:
    """Insert a finding: open for a week and two school days late, unless ``changes`` say otherwise."""
    entry = CATALOGUE[code]
    columns: dict[str, Any] = {
        "code": code,
        "subject": entry.subject,
        "condition": Condition.OPEN,
        "severity": entry.severity,
        "owner": entry.owner,
        "since": SINCE,
        "first_seen": SINCE,
        "opened": SINCE,
        "due": DUE,
    }
    row = Finding.objects.create(**columns | changes)
    row.refresh_from_db()
    return row


def changed(row: Finding, **columns: Any) -> Finding:
    """Return a finding after the comparison, or somebody, has written these columns."""
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    row.refresh_from_db()
    return row


def waiting(until: datetime = build.NOW + 2 * DAY) -> dict[str, Any]:
    """Return the columns of what is only waiting."""
    return {"condition": Condition.WAITING, "until": until, "opened": None, "due": None}


def settled(at: datetime = build.NOW - timedelta(hours=2)) -> dict[str, Any]:
    """Return the columns of what settled by itself."""
    return {"condition": Condition.CLOSED, "settled": at}


def handed_over(by: User, *, look_again: date = build.TODAY + 3 * DAY, ticket: str = "") -> dict[str, Any]:
    """Return the columns of what somebody handed to the CAP-authorized office."""
    return {
        "handling": Handling.HANDED_OVER,
        "handled_by": by,
        "handled": build.NOW - DAY,
        "handed_to": Owner.CAP_OFFICE,
        "assigned_to": by,
        "look_again": look_again,
        "ticket": ticket,
    }


def acknowledged(by: User, at: datetime = build.NOW - timedelta(hours=1)) -> dict[str, Any]:
    """Return the columns of what somebody acknowledged."""
    return {"handling": Handling.ACKNOWLEDGED, "handled_by": by, "handled": at}


def event(of: Finding, kind: EventKind, at: datetime = build.NOW, by: User | None = None, **told: Any) -> FindingEvent:
    """Insert an entry of a finding's timeline."""
    note = told.pop("note", "")
    return FindingEvent.objects.create(finding=of, kind=kind, at=at, by=by, note=note, told=told)


def day_count(day: date, at: School | None, count: int) -> DayCount:
    """Insert how many items were open at a school on a day."""
    return DayCount.objects.create(day=day, school=at, open=count)
