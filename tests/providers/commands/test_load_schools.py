"""``load_schools``: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command

from providers.models import School
from tests.providers.directories import HARBOR, HEADING, QUARRY, directory, row

pytestmark = pytest.mark.django_db


class Ended(NamedTuple):
    """How the command ended: exit code, standard output, standard error, and its sentence."""

    code: int
    out: str
    errors: list[str]
    said: str = ""


def load(file: Path, *options: str) -> Ended:
    """Run the command."""
    out, errors = StringIO(), StringIO()
    try:
        call_command("load_schools", str(file), *options, stdout=out, stderr=errors, no_color=True)
    except CommandError as stopped:
        return Ended(stopped.returncode, out.getvalue(), errors.getvalue().splitlines(), str(stopped))
    return Ended(0, out.getvalue(), errors.getvalue().splitlines())


def written(folder: Path, *rows: str, heading: str = HEADING, encoding: str = "utf-8") -> Path:
    """Return a file with these rows."""
    file = folder / "schools.csv"
    file.write_text("".join(directory(*rows, heading=heading)), encoding=encoding)
    return file


def counts(ended: Ended) -> list[int]:
    """Return the figures of the one line that is printed."""
    (line,) = ended.out.splitlines()
    return [int(cell) for cell in line.split()]


def test_it_prints_rows_new_changed_same_and_refused(tmp_path: Path) -> None:
    ended = load(written(tmp_path, HARBOR, QUARRY))
    assert (ended.code, counts(ended), ended.errors) == (0, [2, 2, 0, 0, 0], [])


def test_a_rerun_changes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, HARBOR, QUARRY)
    load(file)
    assert counts(load(file)) == [2, 0, 0, 2, 0]
    assert School.objects.count() == 2


def test_bad_rows_are_told_with_line_and_reason_and_the_others_loaded(tmp_path: Path) -> None:
    ended = load(written(tmp_path, HARBOR, row("15Z951"), row(name=""), HARBOR))
    assert (ended.code, counts(ended)) == (3, [4, 1, 0, 0, 3])
    assert ended.errors == [
        "Line 3: '15Z951' is not a DBN such as 15K321.",
        "Line 4: 20K953 has no name.",
        "Line 5: 15K951 is listed twice, first on line 2.",
    ]


def test_nothing_is_done_where_every_row_is_refused(tmp_path: Path) -> None:
    ended = load(written(tmp_path, row("15Z951")))
    assert (ended.code, counts(ended)) == (4, [1, 0, 0, 0, 1])


def test_as_json_there_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    ended = load(written(tmp_path, HARBOR, row("15Z951")), "--json")
    assert json.loads(ended.out) == {"rows": 2, "new": 1, "changed": 0, "same": 0, "refused": 1}
    assert ended.code == 3


def test_a_missing_column_is_one_sentence_and_nothing_is_done(tmp_path: Path) -> None:
    ended = load(written(tmp_path, HARBOR, heading=HEADING.replace("borough", "area")))
    assert (ended.code, ended.out, ended.errors) == (4, "", [])
    assert ended.said == "Nothing was loaded: schools.csv is no school directory: it lacks the column borough."
    assert not School.objects.exists()


def test_a_mark_before_the_heading_as_spreadsheets_write_it_is_read_over(tmp_path: Path) -> None:
    assert load(written(tmp_path, HARBOR, encoding="utf-8-sig")).code == 0


def test_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_bytes(HEADING.encode() + b"\n15K951,P.S. 951 Caf\xe9\n")
    ended = load(file)
    assert (ended.code, ended.said) == (
        4,
        "Nothing was loaded: schools.csv is no school directory: the file is not written in UTF-8.",
    )


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    ended = load(tmp_path / "none.csv")
    assert (ended.code, ended.out) == (2, "")
    assert ended.said.endswith("none.csv cannot be read: No such file or directory.")
