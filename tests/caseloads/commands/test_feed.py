"""``feed``: a system is fed by the simulation or by extracts, and what waits for it goes the same way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from caseloads.facts import Asked
from caseloads.intake import record
from caseloads.kinds import FedBy, Origin, System
from caseloads.models import SystemSetting
from providers.kinds import Service
from tests import build
from tests.caseloads.commands.conftest import Cast, Run

COLUMNS = ["system", "fed_by", "waiting", "awaited"]


@pytest.fixture(autouse=True)
def called(cast: Cast) -> None:
    """Record a call, which waits for each system."""
    asked = Asked(cast.speech.student.osis, Service.SPEECH, None, build.TODAY - timedelta(days=1))
    record(provider=cast.therapist, asked=asked, origin=Origin.FORM, now=build.NOW, real=build.REAL)


def rows(lines: list[str]) -> dict[str, tuple[str, int, int]]:
    """Return what feeds each system, and how many deliveries wait and are awaited."""
    found = [json.loads(line) for line in lines]
    assert all(list(one) == COLUMNS for one in found)
    return {one["system"]: (one["fed_by"], one["waiting"], one["awaited"]) for one in found}


def test_without_a_system_it_only_says_how_each_is_fed(run: Run) -> None:
    ended = run("feed", "--json")
    assert (ended.code, rows(ended.lines)) == (0, {system.slug: ("simulation", 1, 0) for system in System})
    assert not SystemSetting.objects.filter(fed_by=FedBy.EXTRACTS).exists()


def test_what_waits_for_a_system_fed_by_extracts_is_awaited_and_sent_once_it_is_simulated_again(run: Run) -> None:
    ended = run("feed", "sec", "extracts", "--json")
    assert (ended.code, rows(ended.lines)["sec"]) == (0, ("extracts", 0, 1))
    assert rows(ended.lines)["cap"] == ("simulation", 1, 0)
    setting = SystemSetting.objects.get(system=System.SEC)
    assert (setting.fed_by, setting.changed_by) == (FedBy.EXTRACTS, None)
    again = run("feed", "sec", "simulation", "--json")
    assert (again.code, rows(again.lines)["sec"]) == (0, ("simulation", 1, 0))


@pytest.mark.parametrize(("fed_by", "words"), [("simulation", "the simulation"), ("extracts", "extracts")])
def test_a_system_fed_that_way_already_ends_with_four(run: Run, fed_by: str, words: str) -> None:
    if fed_by == "extracts":
        run("feed", "cap", "extracts")
    changed = list(SystemSetting.objects.values_list("system", "changed"))
    ended = run("feed", "cap", fed_by)
    assert (ended.code, ended.lines, ended.said) == (4, [], f"CAP is fed by {words} already.")
    assert list(SystemSetting.objects.values_list("system", "changed")) == changed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("crm", "extracts"), "system: 'crm' is not one of: cap, sec, sesis."),
        (("cap", "fax"), "fed_by: 'fax' is not one of: simulation, extracts."),
        (("cap",), "fed_by: '' is not one of: simulation, extracts."),
    ],
)
def test_what_is_no_system_or_no_source_is_wrong_use(run: Run, typed: tuple[str, ...], said: str) -> None:
    ended = run("feed", *typed)
    assert (ended.code, ended.lines, ended.said) == (2, [], said)
