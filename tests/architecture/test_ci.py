"""What the check of a submission runs, and that it cannot pass without the browser."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from coverage import CoverageData
from coverage.exceptions import CoverageException

from tests.architecture import reached, tree
from tests.architecture.journeys import verdict

SCRIPT = tree.ROOT / ".ci" / "run"
CASE = '<testcase classname="{module}" name="{name}">{inside}</testcase>'


def report(folder: Path, *cases: str) -> Path:
    """Write a JUnit report of the given cases and return its path."""
    path = folder / "tests.xml"
    path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>", encoding="utf-8")
    return path


def test_a_run_with_journeys_passes_and_says_how_many(tmp_path: Path) -> None:
    cases = [CASE.format(module="tests.journeys.test_call", name=f"test_{n}", inside="") for n in range(3)]
    assert verdict(report(tmp_path, *cases)) == (True, "Browser journeys that ran: 3.")


def test_a_run_without_journeys_fails(tmp_path: Path) -> None:
    other = CASE.format(module="tests.providers.test_scope", name="test_a", inside="")
    assert verdict(report(tmp_path, other)) == (False, "No browser journey ran.")


def test_a_skipped_journey_fails_and_is_named(tmp_path: Path) -> None:
    ran = CASE.format(module="tests.journeys.test_call", name="test_ran", inside="")
    skipped = CASE.format(module="tests.journeys.test_call", name="test_skipped", inside="<skipped/>")
    good, sentence = verdict(report(tmp_path, ran, skipped))
    assert not good
    assert sentence == "Browser journeys that were skipped: test_skipped."


def test_a_skip_elsewhere_is_no_journey(tmp_path: Path) -> None:
    ran = CASE.format(module="tests.journeys.test_call", name="test_ran", inside="")
    elsewhere = CASE.format(module="tests.faults.test_kill", name="test_x", inside="<skipped/>")
    assert verdict(report(tmp_path, ran, elsewhere))[0]


def test_a_missing_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.xml"):
        verdict(tmp_path / "none.xml")


def test_the_script_can_be_run_and_stops_at_the_first_failure() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert os.access(SCRIPT, os.X_OK)
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text


def test_the_script_runs_tests_then_checks_then_faults() -> None:
    steps = re.findall(r"^make (\w+)", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert steps == ["test", "check", "faults"]


def test_the_whole_suite_is_measured_by_the_script_and_a_part_of_it_never() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    measured = [line for line in script.splitlines() if "--cov" in line]
    assert [line.split(" ARGS=")[0] for line in measured] == ["make test"]
    assert script.index("-m tests.architecture.reached") > script.index("--cov")
    assert "--cov" not in " ".join(makefile_lines("test"))


def test_a_run_at_the_floor_passes_and_one_under_it_fails() -> None:
    assert reached.verdict(reached.FLOOR)[0]
    good, sentence = reached.verdict(reached.FLOOR - 0.1)
    assert not good
    assert sentence == (
        f"Lines that the tests reach: {reached.FLOOR - 0.1:.1f} %; the floor is {reached.FLOOR:.1f} %, "
        f"and what is new has to be tried."
    )


def test_a_run_well_above_the_floor_asks_to_raise_it() -> None:
    assert "may be raised" in reached.verdict(reached.FLOOR + reached.ROOM)[1]
    assert "may be raised" not in reached.verdict(reached.FLOOR + reached.ROOM - 0.1)[1]


def test_what_a_run_reached_is_read_from_what_it_wrote_down(tmp_path: Path) -> None:
    code = tree.ROOT / "orcs_portal" / "embedded" / "health.py"
    lines = code.read_text(encoding="utf-8").splitlines()
    written = CoverageData(basename=str(tmp_path / "measured"))
    written.add_lines({str(code): range(1, len(lines) + 1)})
    written.write()
    assert reached.share(tmp_path / "measured") == 100.0
    written.erase()
    written.add_lines({str(code): [1]})
    written.write()
    assert reached.share(tmp_path / "measured") < 50.0


def test_a_run_that_measured_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CoverageException, match="No data to report"):
        reached.share(tmp_path / "none")


def test_every_folder_of_tests_is_run_by_make_test_or_by_a_command_of_its_own() -> None:
    options = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    tests = tree.ROOT / "tests"
    folders = {path.relative_to(tests).parts[0] for path in tree.tests() if path.name.startswith("test_")}
    run = {Path(name).name for name in options["testpaths"]}
    assert run == {"tests"} or folders - run <= {"faults", "benchmarks"}


def makefile_lines(target: str) -> list[str]:
    """Return the recipe of a target of the Makefile, with the variable for .venv/bin written out."""
    text = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    match = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    assert match, f"the Makefile has no target {target}"
    return [line.strip().lstrip("@").replace("$(BIN)", ".venv/bin") for line in match[1].splitlines()]


def test_every_hook_before_a_commit_is_ours_and_a_line_of_make_check() -> None:
    repos = yaml.safe_load((tree.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    lines = " ".join(makefile_lines("check"))
    assert [repo["repo"] for repo in repos] == ["local"]
    entries = [hook["entry"] for hook in repos[0]["hooks"]]
    assert len(entries) >= 8
    assert not [entry for entry in entries if entry not in lines]
