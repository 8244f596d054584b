"""The city's school directory is read row by row and loaded by difference."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orcs_portal.shared.models import Touched
from providers.directory import COLUMNS, Listed, NotADirectory, Refused, load_directory, read_directory
from providers.kinds import Borough
from providers.models import School
from tests import build
from tests.providers.directories import HARBOR, HEADING, QUARRY, directory, row


def listed(*rows: str) -> list[Listed]:
    """Return the schools of these rows, none of which is refused."""
    found, refused = read_directory(directory(*rows))
    assert not refused
    return found


def refused(*rows: str) -> list[Refused]:
    """Return what is refused of these rows."""
    return read_directory(directory(*rows))[1]


def test_a_school_is_read_with_its_own_words() -> None:
    assert listed(HARBOR, QUARRY) == [
        Listed("15K951", "P.S. 951 The Test Harbor", Borough.BROOKLYN, "Elementary", "PK,0K,01,02"),
        Listed("07X952", "The Test Quarry School", Borough.BRONX, "K-8", "0K,01"),
    ]


def test_blanks_around_and_inside_and_a_small_letter_do_not_matter() -> None:
    (found,) = listed(row(" 20k953 ", " M.S. 953   The Test  Meadow "))
    assert (found.dbn, found.name) == ("20K953", "M.S. 953 The Test Meadow")


def test_an_empty_line_is_no_row() -> None:
    assert len(listed(HARBOR, "", QUARRY)) == 2


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_file_that_lacks_a_column_is_no_directory(missing: str) -> None:
    heading = HEADING.replace(missing, "something")
    with pytest.raises(NotADirectory, match=f"it lacks the column {missing}$"):
        read_directory(directory(HARBOR, heading=heading))


def test_several_missing_columns_are_named_together() -> None:
    with pytest.raises(NotADirectory, match="it lacks the columns name, type, category"):
        read_directory(["dbn\n", "15K951\n"])


def test_an_empty_file_is_no_directory() -> None:
    with pytest.raises(NotADirectory):
        read_directory([])


def test_a_column_more_and_another_order_do_not_matter() -> None:
    turned = ",".join([*reversed(HEADING.split(",")), "notes"])
    cells = 'Open,DOE,15,15,Brooklyn,"0K,01",Elementary,General Academic,P.S. 951 The Test Harbor,15K951,old'
    assert read_directory(directory(cells, heading=turned))[0][0].dbn == "15K951"


def test_what_is_no_csv_is_no_directory() -> None:
    with pytest.raises(NotADirectory, match="what follows line 1 cannot be read as CSV"):
        read_directory(directory('15K951,"P.S. 951" and more,,,,,,,,'))


@pytest.mark.parametrize("dbn", ["", "15K95", "5K951", "15Z951", "15K9511", "1 5K951", "15-951"])
def test_a_wrong_dbn_is_refused_with_its_line(dbn: str) -> None:
    (one,) = refused(HARBOR, row(dbn))
    assert one == Refused(3, f"{dbn!r} is not a DBN such as 15K321")


def test_a_school_without_a_name_is_refused() -> None:
    assert refused(row(name="  ")) == [Refused(2, "20K953 has no name")]


def test_the_second_row_of_a_school_is_refused_and_the_first_loaded() -> None:
    found, bad = read_directory(directory(HARBOR, row("15K951", "Something else")))
    assert [one.name for one in found] == ["P.S. 951 The Test Harbor"]
    assert bad == [Refused(3, "15K951 is listed twice, first on line 2")]


@pytest.mark.parametrize("borough", ["Queens", "Kings"])
def test_a_borough_that_is_not_the_dbns_is_refused(borough: str) -> None:
    assert refused(row(borough=borough)) == [Refused(2, f"20K953 is not in {borough}")]


def test_a_school_without_a_borough_is_refused() -> None:
    assert refused(row(borough="")) == [Refused(2, "20K953 is not in a borough without a name")]


@pytest.mark.parametrize("line", ["20K953,M.S. 953,General Academic", f"{HARBOR},more"])
def test_a_row_of_another_length_is_refused(line: str) -> None:
    assert refused(line) == [Refused(2, "it has more or fewer cells than the heading")]


def test_a_name_with_a_nul_character_is_refused() -> None:
    assert refused(row(name="Harbor\0View")) == [Refused(2, "it holds a NUL character, which no name has")]


def test_a_name_that_does_not_fit_is_refused() -> None:
    assert refused(row(name="x" * 161)) == [Refused(2, "20K953 has a name of 161 characters, and 160 fit")]
    assert listed(row(name="x" * 160))


@pytest.mark.django_db
def test_new_schools_are_written_and_everything_is_touched() -> None:
    loaded = load_directory(listed=listed(HARBOR, QUARRY), now=build.NOW)
    assert (loaded.new, loaded.changed, loaded.same) == (2, 0, 0)
    row = School.objects.get(dbn="07X952")
    assert (row.name, row.borough, row.category, row.grades) == (
        "The Test Quarry School",
        Borough.BRONX,
        "K-8",
        "0K,01",
    )
    assert list(Touched.objects.values_list("kind", "at")) == [(Touched.Kind.ALL, build.NOW)]


@pytest.mark.django_db
def test_a_second_time_changes_nothing() -> None:
    load_directory(listed=listed(HARBOR, QUARRY), now=build.NOW)
    before = list(School.objects.values_list())
    loaded = load_directory(listed=listed(QUARRY, HARBOR), now=build.NOW + timedelta(days=1))
    assert (loaded.new, loaded.changed, loaded.same) == (0, 0, 2)
    assert list(School.objects.values_list()) == before
    assert Touched.objects.count() == 1


@pytest.mark.django_db
def test_only_what_changed_is_written_and_what_is_not_listed_stays() -> None:
    other = build.school("15K960", "P.S. 960 The Test School")
    load_directory(listed=listed(HARBOR, QUARRY), now=build.NOW)
    renamed = HARBOR.replace("The Test Harbor", "The Renamed Harbor")
    loaded = load_directory(listed=listed(renamed, QUARRY, row()), now=build.NOW)
    assert (loaded.new, loaded.changed, loaded.same) == (1, 1, 1)
    assert School.objects.get(dbn="15K951").name == "P.S. 951 The Renamed Harbor"
    other.refresh_from_db()
    assert other.name == "P.S. 960 The Test School"
