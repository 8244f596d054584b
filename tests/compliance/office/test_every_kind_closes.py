"""Where a demonstration's office answers, every kind of item is seen to close by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.kinds import System
from caseloads.propagation.deliver import drain
from caseloads.propagation.nightly import begin, walk
from compliance.kinds import Code, Condition
from compliance.mismatches.offices import CannotAnswer
from compliance.models import Finding
from compliance.office.answers import ANSWERS, answer
from compliance.reconcile.run import compare
from orcs_portal.accounts.models import User
from orcs_portal.shared import clock
from providers.models.grant import Standing
from tests import build
from tests.compliance.test_truth import city

DAY = date(2026, 11, 17)
AT = clock.at_local(DAY, 17)
# A night for CAP, a day behind it SEC, two days for the caseload, a day for Galaxy's role; and one to spare.
LATER = AT + timedelta(days=4)
FOR_PEOPLE = {Code.CALL_NO_MANDATE, Code.DUPLICATE_CALL}
NEVER_OPEN = {Code.IEP_PENDING, Code.SEC_WAITING, Code.NURSE_EXEMPT}


@pytest.fixture
def by(db: None) -> User:
    user = build.user("asker")
    build.grant(user, Standing.ORCS)
    return user


@pytest.mark.django_db
def test_every_kind_of_item_closes_after_its_office_answered(by: User) -> None:
    city(11, DAY, students=1000)
    begin(now=AT)
    compare(as_of=AT, now=build.REAL)
    asked = _one_of_each()
    assert set(asked) == set(Code) - NEVER_OPEN
    unanswered = {}
    for code, finding in asked.items():
        try:
            answer(finding=finding, by=by, now=AT, real=build.REAL)
        except CannotAnswer as error:
            unanswered[code] = str(error)
    assert set(unanswered) == FOR_PEOPLE, unanswered
    for system in System:
        drain(system, real=lambda: build.REAL, world=lambda: AT)
    walk(until=LATER)
    compare(as_of=LATER, now=build.REAL)
    closed = Finding.objects.filter(pk__in=[one.pk for one in asked.values()], condition=Condition.CLOSED)
    still_open = set(asked) - {Code(code) for code in closed.values_list("code", flat=True)}
    assert still_open == FOR_PEOPLE


def _one_of_each() -> dict[Code, Finding]:
    rows = Finding.objects.filter(condition=Condition.OPEN).order_by("code", "pk")
    return {
        Code(row.code): row for row in rows.select_related("student", "provider", "place", "school", "call", "letter")
    }


def test_an_answer_is_there_for_every_code_that_may_be_open() -> None:
    assert set(ANSWERS) == set(Code) - NEVER_OPEN - FOR_PEOPLE
