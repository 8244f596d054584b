"""``reconcile`` and ``findings`` at the command line: what they print, and one sentence for what makes no sense."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from compliance.kinds import Code
from compliance.models import Finding, Run
from orcs_portal.shared.commands import Exit
from tests.compliance.reconcile.worlds import AT, World, change, floor

pytestmark = pytest.mark.django_db
WHEN = AT.isoformat()


@pytest.fixture
def world() -> World:
    """Return a world in which SEC is behind."""
    floor()
    made = World()
    change(made.sec, frequency=5)
    return made


def printed(*arguments: str) -> list[str]:
    """Run a command and return the lines that it prints."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def test_reconcile_prints_a_line_for_each_code_and_the_seconds(world: World) -> None:
    *rows, last = [json.loads(line) for line in printed("reconcile", "--as-of", WHEN, "--json")]
    assert [row["code"] for row in rows] == [code.name for code in Code]
    stale = next(row for row in rows if row["code"] == "SEC_STALE")
    assert stale == {"code": "SEC_STALE", "open": 1, "waiting": 0, "new": 1, "resolved": 0, "regressed": 0}
    assert last["seconds"] > 0
    assert Run.objects.get().as_of == AT


def test_a_day_means_five_in_the_afternoon(world: World) -> None:
    assert printed("reconcile", "--as-of", "2026-11-24")[-1].startswith("seconds")
    assert Run.objects.get().as_of == AT


def test_findings_prints_what_reconcile_found(world: World) -> None:
    printed("reconcile", "--as-of", WHEN)
    (line,) = printed("findings", "--json")
    said = json.loads(line)
    assert (said["code"], said["state"], said["dbn"]) == ("SEC_STALE", "open", world.school.dbn)
    assert (said["osis"], said["owner"]) == (f"{world.student.osis:09}", "help-desk")
    assert said["evidence"]["sec"]["frequency"] == 5
    assert printed("findings", "--json", "--school", world.school.dbn.lower(), "--code", "SEC_STALE") == [line]
    assert printed("findings", "--json", "--state", "waiting") == []
    assert printed("findings", "--json", "--code", "SEC_ONLY") == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("reconcile", "--as-of", "yesterdayish"), "--as-of"),
        (("reconcile", "--as-of", "2026-02-30"), "--as-of"),
        (("reconcile", "--as-of", "2026-11-24T25:00"), "--as-of"),
        (("findings", "--code", "NO_SUCH_CODE"), "--code"),
        (("findings", "--state", "half-open"), "--state"),
        (("findings", "--school", "99Z999"), "--school"),
        (("findings", "--school", ""), "--school"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_writes_nothing(arguments: tuple[str, ...], named: str) -> None:
    with pytest.raises(CommandError) as stopped:
        printed(*arguments)
    assert stopped.value.returncode == Exit.WRONG_USE
    assert named in str(stopped.value)
    assert "\n" not in str(stopped.value).strip()
    assert not Run.objects.exists()
    assert not Finding.objects.exists()
