"""``build_city``: what it prints and writes, what it refuses, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from caseloads.city.faults.scenario import CODES, NEVER_OPEN
from caseloads.models import Student
from orcs_portal.shared.clock import at_local, local_day
from orcs_portal.shared.models import WorldClock
from providers.models import School
from tests.caseloads.commands.conftest import Ended, Run
from tests.providers.directories import HARBOR, HEADING, QUARRY, directory, row

ASKED = {"--students": "60", "--seed": "3", "--as-of": "2026-11-23"}


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    """Set DEMO, and no clock: the city brings its own."""
    settings.DEMO = True


def build(run: Run, *more: object, **changed: str) -> Ended:
    """Run the command as it is asked for here, with options more or changed."""
    asked = ASKED | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    return run("build_city", *(part for option in asked.items() for part in option), *more)


def figures(ended: Ended) -> list[int]:
    """Return what the one line that is printed says."""
    (line,) = ended.lines
    return [int(cell) for cell in line.split()]


@pytest.mark.django_db
def test_it_prints_students_mandates_faults_near_misses_rows_and_seconds(run: Run) -> None:
    ended = build(run)
    students, mandates, planted, near, rows, _seconds = figures(ended)
    assert (ended.code, students) == (0, 60)
    assert 80 < mandates < 200
    assert planted == 29
    assert near > planted
    assert rows > 1000
    assert Student.objects.count() == 60


@pytest.mark.django_db
def test_as_json_there_is_one_object(run: Run) -> None:
    (line,) = build(run, "--json").lines
    assert list(json.loads(line)) == ["students", "mandates", "planted", "near", "rows", "seconds"]


@pytest.mark.django_db
def test_the_worlds_clock_shows_five_that_afternoon(run: Run) -> None:
    build(run)
    seen = WorldClock.objects.get().seen
    assert seen == at_local(local_day(seen), 17)
    assert local_day(seen).isoformat() == "2026-11-23"


@pytest.mark.django_db
def test_what_was_planted_is_written_a_line_each(run: Run, tmp_path: Path) -> None:
    build(run, "--planted", tmp_path / "planted", "--near", tmp_path / "near")
    planted = [json.loads(line) for line in (tmp_path / "planted").read_text().splitlines()]
    assert {one["code"] for one in planted} <= set(CODES) - NEVER_OPEN
    assert all(list(one)[:5] == ["code", "osis", "service", "language", "setting"] for one in planted)
    assert all(
        set(one) <= {"code", "osis", "service", "language", "setting", "provider", "dbn", "call"} for one in planted
    )
    (line,) = [one for one in planted if one["code"] == "CAP_FIELD_DIFFERS"]
    assert len(line["osis"]) == 9
    assert line["setting"] in {"individual", "group"}
    (place,) = [one for one in planted if one["code"] == "NOT_IN_GALAXY"]
    assert School.objects.filter(dbn=place["dbn"]).exists()
    assert place["osis"] is None


@pytest.mark.django_db
def test_what_only_seems_so_is_written_with_what_it_is(run: Run, tmp_path: Path) -> None:
    build(run, "--near", tmp_path / "near")
    near = [json.loads(line) for line in (tmp_path / "near").read_text().splitlines()]
    assert {one["state"] for one in near} == {"waiting", "exempt", "agree"}
    assert all(one["what"] for one in near)
    assert {"IEP_PENDING", "SEC_WAITING", "NURSE_EXEMPT"} & {one["code"] for one in near}


@pytest.mark.django_db
def test_a_clean_city_writes_empty_files(run: Run, tmp_path: Path) -> None:
    ended = build(run, "--planted", tmp_path / "planted", "--near", tmp_path / "near", rate="0")
    assert figures(ended)[2:4] == [0, 0]
    assert (tmp_path / "planted").read_text() == (tmp_path / "near").read_text() == ""


@pytest.mark.django_db
def test_the_schools_of_a_directory_are_loaded_and_filled(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("".join(directory(HARBOR, QUARRY, row())), encoding="utf-8")
    assert build(run, "--schools", file).code == 0
    assert School.objects.count() == 3
    assert School.objects.filter(enrolments__isnull=False).distinct().count() == 3
    grades = set(Student.objects.values_list("enrolments__grade", flat=True))
    assert grades <= {"K", "1", "2", "6", "7", "8"}


@pytest.mark.django_db
def test_without_a_directory_the_schools_that_are_there_are_filled(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("".join(directory(HARBOR, QUARRY)), encoding="utf-8")
    assert run("load_schools", file).code == 0
    build(run)
    assert School.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("students", "0"),
        ("students", "many"),
        ("seed", "-1"),
        ("as_of", "yesteryear"),
        ("as_of", "2026-02-30"),
        ("rate", "2"),
        ("rate", "x"),
    ],
)
def test_nonsense_is_wrong_use_and_nothing_is_built(run: Run, option: str, value: str) -> None:
    ended = build(run, **{option: value})
    assert (ended.code, ended.lines) == (2, [])
    assert ended.said.startswith(f"--{option.replace('_', '-')}: ")
    assert not School.objects.exists()


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_stops_it_before_anything_is_built(run: Run, tmp_path: Path) -> None:
    ended = build(run, "--planted", tmp_path / "nowhere" / "planted")
    assert (ended.code, ended.lines) == (2, [])
    assert ended.said.endswith("cannot be written: No such file or directory.")
    assert not School.objects.exists()


@pytest.mark.django_db
def test_a_directory_that_is_none_builds_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("".join(directory(HARBOR, heading=HEADING.replace("name", "title"))), encoding="utf-8")
    ended = build(run, "--schools", file)
    assert (ended.code, ended.said) == (
        4,
        "Nothing was built: schools.csv is no school directory: it lacks the column name.",
    )
    assert not School.objects.exists()


@pytest.mark.django_db
def test_a_directory_of_bad_rows_alone_builds_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("".join(directory(row("15Z951"))), encoding="utf-8")
    ended = build(run, "--schools", file)
    assert (ended.code, ended.said) == (4, "Nothing was built: schools.csv lists no school.")


@pytest.mark.django_db
def test_a_directory_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    assert build(run, "--schools", tmp_path / "none.csv").code == 2


@pytest.mark.django_db
def test_without_demo_nothing_is_built(run: Run, settings: Settings) -> None:
    settings.DEMO = False
    ended = build(run)
    assert (ended.code, ended.lines) == (4, [])
    assert "exists only where DEMO is set" in ended.said
    assert not School.objects.exists()
