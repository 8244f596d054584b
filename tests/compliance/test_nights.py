"""After every night what was planted is still found, and nothing is found that the city or the night did not cause.

Some of it the night itself puts right, as the field's rules say; what may close so is listed here with the reason, and
everything else stays open until somebody acts.  What is new was waiting before, and its wait is over.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

import pytest

from caseloads.propagation.nightly import begin, begin_further, walk
from compliance.kinds import Condition
from compliance.models import Finding
from compliance.reconcile.run import compare
from orcs_portal.shared import clock
from tests import build as rows
from tests.compliance.test_truth import Key, city, found, found_key, planted_key

NIGHTS = 3
DAY = date(2026, 11, 17)
STUDENTS = 5000 if os.environ.get("TRUTH") == "all" else 1000

MAY_CLOSE = {
    ("AWAITING_PROVIDER", "nobody assigned on the tenth day"): "the eleventh day makes it VACANCY_NOT_REPORTED",
    ("NON_DOE_IN_GALAXY", "an agency's provider on a school's list until today"): "the list's line ends",
    ("SEC_ONLY", "closed in CAP for a day to the minute"): "SEC's night takes what CAP said a day before",
    ("SEC_STALE", "behind for a day to the minute"): "SEC's night takes what CAP said a day before",
    ("CASELOAD_ENDED", "a service that the new IEP has dropped"): "SESIS's night turns entries over (R10)",
}
"""What closes by itself, and why."""

BY_THE_CALENDAR = {
    "VACANCY_NOT_REPORTED": "AWAITING_PROVIDER",
}
"""Codes that another code becomes as days pass."""


def becomes_true_by_date(what: str) -> bool:
    """Return whether a near miss says of itself that its last day is today or its first one tomorrow."""
    return "today" in what or "tomorrow" in what


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_what_was_planted_stays_through_the_nights_and_nothing_else_appears() -> None:
    built = city(11, DAY, students=STUDENTS)
    at = clock.at_local(DAY, 17)
    begin(now=at)
    begin_further(now=at)
    compare(as_of=at, now=rows.REAL)
    planted = {planted_key(one): (one.code, one.what) for one in built.planted}
    dated = [one.subject for one in built.near if becomes_true_by_date(one.what)]
    turning = {one.osis or one.provider for one in dated}
    assert found(Condition.OPEN) == set(planted)
    for _night in range(NIGHTS):
        waits, opened = waiting(), found(Condition.OPEN)
        at += timedelta(days=1)
        walk(until=at)
        compare(as_of=at, now=rows.REAL)
        still = found(Condition.OPEN)
        closed = {key: planted[key] for key in planted if key not in still and planted[key] not in MAY_CLOSE}
        assert closed == {}
        new = [key for key in still - opened if waits.get(key, at + timedelta(1)) > at]
        assert [key for key in new if not is_explained(key, opened, turning)] == []


def waiting() -> dict[Key, datetime]:
    """Return until when what is waiting waits."""
    rows = Finding.objects.filter(condition=Condition.WAITING, until__isnull=False).select_related("call", "place")
    return {found_key(row): row.until for row in rows if row.until is not None}


def is_explained(key: Key, opened: set[Key], turning: set[int | None]) -> bool:
    """Return whether an item is what another one has become, or comes of a day that the city named."""
    code, *subject = key
    earlier = BY_THE_CALENDAR.get(str(code))
    return (earlier, *subject) in opened or subject[0] in turning
