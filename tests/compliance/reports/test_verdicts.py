"""The verdict on a line of SEC's report, now and on a day gone by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from caseloads.models import Mandate
from compliance.kinds import Code, Condition
from compliance.models import Finding
from compliance.reports.pairing import Pair
from compliance.reports.verdicts import AGREES, CODES, DIFFERS, WAITING, Verdict, standings, stood, verdict
from orcs_portal.accounts.models import User
from providers.kinds import Language, Service, Setting
from tests import build
from tests.caseloads.calls import accepted
from tests.compliance import build as findings
from tests.compliance.reports.lines import read, sec_line

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = build.NOW


@pytest.fixture
def mandate() -> Mandate:
    """Return speech, English, 3 x 30 x 2."""
    return build.mandated(build.school())


def said(pair: Pair, *found: Finding) -> Verdict:
    """Return the verdict of now."""
    return verdict(pair, standings(found, NOW, now=NOW))


def beside(mandate: Mandate, **columns: Any) -> Pair:
    """Return the mandate beside its line of the report."""
    return Pair(read(sec_line(mandate, **columns)), mandate)


def test_a_line_that_is_the_ieps_agrees(mandate: Mandate) -> None:
    assert said(beside(mandate)) == Verdict(AGREES)


@pytest.mark.parametrize("code", [Code.SEC_STALE, Code.SEC_ONLY, Code.CAP_FIELD_DIFFERS, Code.CAP_NOT_ON_IEP])
def test_an_item_about_the_line_makes_it_differ_and_is_named(mandate: Mandate, code: Code) -> None:
    found = findings.on_line(code, mandate)
    assert said(beside(mandate), found) == Verdict(DIFFERS, found.pk, str(code.label))


def test_what_is_inside_its_lag_waits_until_when(mandate: Mandate) -> None:
    found = findings.on_line(Code.SEC_WAITING, mandate, **findings.waiting())
    assert said(beside(mandate), found) == Verdict(WAITING, found.pk, "SEC will follow CAP", found.until)


def test_what_is_open_counts_before_what_waits_and_the_earlier_hop_first(mandate: Mandate) -> None:
    waits = findings.on_line(Code.CAP_FIELD_DIFFERS, mandate, **findings.waiting())
    stale = findings.on_line(Code.SEC_STALE, mandate)
    pair = beside(mandate)
    assert said(pair, waits, stale).item == stale.pk
    unlike = findings.on_line(Code.CAP_NOT_ON_IEP, mandate)
    assert said(pair, stale, unlike).item == unlike.pk


def test_an_item_about_another_line_says_nothing_of_this_one(mandate: Mandate) -> None:
    other = build.mandate(mandate.iep, Service.COUNSELING)
    assert said(beside(mandate), findings.on_line(Code.SEC_STALE, other)).kind == AGREES


def test_an_item_under_the_ieps_key_speaks_of_the_line_that_cap_has_in_another_language(mandate: Mandate) -> None:
    found = findings.on_line(Code.CAP_FIELD_DIFFERS, mandate)
    evidence = {"cap": {"language": Language.SPANISH.value, "setting": Setting.GROUP.value}}
    findings.changed(found, evidence=evidence)
    line = read(sec_line(mandate, language=Language.SPANISH))
    assert said(Pair(line, None), found).item == found.pk


@pytest.mark.parametrize(
    "code", [Code.IEP_NOT_IN_CAP, Code.IEP_ACTION_NEEDED, Code.IEP_KNOWN_ISSUE, Code.CONSENT_MISSING]
)
def test_a_document_that_did_not_arrive_explains_what_differs_and_what_is_missing(mandate: Mandate, code: Code) -> None:
    found = findings.on_document(code, mandate.iep)
    assert said(beside(mandate, frequency=2), found).item == found.pk
    assert said(Pair(None, mandate), found).item == found.pk
    assert said(Pair(read(sec_line(mandate, service=Service.VISION)), None), found).item == found.pk
    assert said(beside(mandate, language=Language.URDU), found).kind == DIFFERS


def test_a_document_that_did_not_arrive_leaves_a_line_that_is_right(mandate: Mandate) -> None:
    assert said(beside(mandate), findings.on_document(Code.IEP_NOT_IN_CAP, mandate.iep)).kind == AGREES


def test_a_document_on_its_way_makes_what_differs_wait(mandate: Mandate) -> None:
    found = findings.on_document(Code.IEP_PENDING, mandate.iep, **findings.waiting())
    assert said(beside(mandate, frequency=2), found) == Verdict(
        WAITING, found.pk, found.get_code_display(), found.until
    )


def test_a_call_that_sec_does_not_show_makes_its_line_differ(mandate: Mandate) -> None:
    provider = build.provider(at=build.school())
    found = findings.on_call(Code.CALL_NOT_IN_SEC, accepted(provider, mandate))
    assert said(beside(mandate), found).item == found.pk
    assert said(beside(mandate, setting=Setting.INDIVIDUAL, first_attend=build.TODAY), found).kind == DIFFERS
    other = build.mandate(mandate.iep, Service.COUNSELING)
    assert said(beside(other), found).kind == AGREES
    assert said(Pair(None, mandate), found) == Verdict(DIFFERS)


def test_what_no_item_explains_differs_all_the_same(mandate: Mandate) -> None:
    assert said(beside(mandate, frequency=2)) == Verdict(DIFFERS)
    assert said(Pair(None, mandate)) == Verdict(DIFFERS)


@pytest.mark.parametrize("columns", [findings.settled(), {"condition": Condition.EXEMPT}])
def test_what_is_settled_or_exempt_says_nothing(mandate: Mandate, columns: dict[str, Any]) -> None:
    assert said(beside(mandate), findings.on_line(Code.SEC_STALE, mandate, **columns)).kind == AGREES


@pytest.mark.parametrize("handling", [findings.handed_over, findings.acknowledged])
def test_what_is_handed_over_or_acknowledged_still_differs(
    mandate: Mandate, handling: Callable[[User], dict[str, Any]]
) -> None:
    found = findings.on_line(Code.SEC_STALE, mandate, **handling(build.user()))
    assert said(beside(mandate), found).item == found.pk


def test_codes_of_later_hops_do_not_make_the_report_wrong() -> None:
    assert not CODES & {Code.AWAITING_PROVIDER, Code.NO_FIRST_ATTEND, Code.NOT_IN_GALAXY, Code.NO_TRANSMITTAL}


@pytest.mark.parametrize(
    ("days_ago", "stands"),
    [(8, None), (7, "open"), (3, "open"), (1, None)],
)
def test_on_a_day_gone_by_it_stood_as_its_times_say(mandate: Mandate, days_ago: int, stands: str | None) -> None:
    found = findings.on_line(Code.SEC_STALE, mandate, **findings.settled(NOW - 2 * DAY))
    then = stood(found, NOW - days_ago * DAY, now=NOW)
    assert (then is not None and then.is_open) is (stands == "open")


def test_before_it_was_open_it_waited_until_then(mandate: Mandate) -> None:
    found = findings.on_line(Code.SEC_STALE, mandate, first_seen=NOW - 8 * DAY)
    then = stood(found, NOW - 7 * DAY - timedelta(hours=1), now=NOW)
    assert then is not None
    assert then.until == found.since
    assert stood(found, NOW - 9 * DAY, now=NOW) is None


def test_what_only_waits_has_waited_since_it_began(mandate: Mandate) -> None:
    found = findings.on_line(Code.SEC_WAITING, mandate, **findings.waiting())
    then = stood(found, NOW - DAY, now=NOW)
    assert then is not None
    assert then.until == found.until
    assert stood(found, NOW - 8 * DAY, now=NOW) is None


def test_after_it_came_back_it_counts_from_then(mandate: Mandate) -> None:
    found = findings.on_line(Code.SEC_STALE, mandate, regressed=NOW - DAY, first_seen=NOW - 7 * DAY)
    now_and_then = [stood(found, NOW - ago, now=NOW) for ago in (timedelta(hours=1), 2 * DAY)]
    assert [one is not None and one.is_open for one in now_and_then] == [True, False]
