"""Who looked at a student's record, by the access record: person, page, day, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from caseloads.queries.moment import Moment
from orcs_portal.accounts.models import User
from orcs_portal.audit.models import AccessRecord, Verb
from orcs_portal.shared.clock import NEW_YORK

MOST = 12


def look_rows(student_id: int, *, at: Moment) -> list[dict[str, Any]]:
    """Return who last looked at or changed a student's record, newest first, a row per person, purpose and day.

    Two queries.  The record keeps real time; it is said on the world's clock, as that runs now.
    """
    day = TruncDate("at", tzinfo=NEW_YORK)
    records = AccessRecord.objects.filter(students__contains=[student_id]).annotate(day=day).order_by()
    groups = records.values("by_id", "by_name", "purpose", "verb", "day").annotate(
        times=Count("pk"), last=Max("at"), newest=Max("pk")
    )
    latest: list[Mapping[str, Any]] = list(groups.order_by("-last", "-newest")[:MOST])
    names = dict(User.objects.filter(pk__in={one["by_id"] for one in latest}).values_list("pk", "full_name"))
    return [_look(one, names, at) for one in latest]


def _look(group: Mapping[str, Any], names: dict[int, str], at: Moment) -> dict[str, Any]:
    last: datetime = group["last"]
    return {
        "name": names.get(group["by_id"]) or group["by_name"],
        "purpose": group["purpose"],
        "changed": group["verb"] == Verb.CHANGED,
        "times": group["times"],
        "at": at.in_world(last),
    }
