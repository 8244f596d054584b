"""write_extracts: one whole file per kind, in words that people and programs read alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from caseloads.kinds import EntryState, Transfer
from caseloads.models import CapMandate, Entry, Iep, Mandate, SecLine
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from compliance.extracts.layouts import LAYOUTS
from compliance.extracts.writing import write_extracts
from orcs_portal.shared.commands import Exit, Stopped
from providers.kinds import Affiliation, Language, Service, Setting
from providers.models import CalendarDay, GalaxyListing, PetsListing
from tests import build

EXPECTED = {
    "schools", "calendar", "school-years", "contracts", "roster", "providers", "galaxy", "pets", "sesis-status",
    "sesis-mandates", "assignments", "caseload", "cap-mandates", "sec-receipt", "sec-services", "ivr-calls",
    "transmittals", "rsa-letters", "vacancies", "offers", "rsa-hold",
}  # fmt: skip
DAY = timedelta(days=1)


def read(directory: Path, kind: str) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with (directory / f"{kind}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def write(directory: Path, at: datetime = build.NOW) -> Path:
    """Write every file, and return where."""
    for _one in write_extracts(directory, as_of=at):
        pass
    return directory


@pytest.fixture
def mandate(db: None) -> Mandate:
    build.school_year()
    return build.mandated(build.school("15K321"), Service.SPEECH, Language.HAITIAN_CREOLE)


def in_cap(mandate: Mandate, **fields: object) -> CapMandate:
    """Return CAP's row of a mandate."""
    row = {
        "osis": mandate.student.osis,
        "service": mandate.service,
        "language": mandate.language,
        "setting": mandate.setting,
        "frequency": mandate.frequency,
        "duration": mandate.duration,
        "group_size": mandate.group_size,
        "starts": mandate.starts,
        "status": CapStatus.APB,
        "since": build.NOW,
    }
    return CapMandate.objects.create(**(row | fields))


def in_sec(mandate: Mandate, **fields: object) -> SecLine:
    """Return SEC's line of a mandate."""
    row = {
        "osis": mandate.student.osis,
        "service": mandate.service,
        "language": mandate.language,
        "setting": mandate.setting,
        "frequency": mandate.frequency,
        "duration": mandate.duration,
        "group_size": mandate.group_size,
        "status": SecStatus.AWAITING,
        "from_at": build.NOW - DAY,
    }
    return SecLine.objects.create(**(row | fields))


@pytest.mark.django_db
def test_every_kind_is_written_even_where_nothing_is_there(tmp_path: Path) -> None:
    write(tmp_path / "new" / "folder")
    assert {path.stem for path in (tmp_path / "new" / "folder").iterdir()} == EXPECTED == set(LAYOUTS)
    for kind, layout in LAYOUTS.items():
        text = (tmp_path / "new" / "folder" / f"{kind}.csv").read_text()
        assert text.strip() == ",".join(one.heading for one in layout.columns), kind


@pytest.mark.parametrize("kind", sorted(LAYOUTS))
def test_no_kind_names_a_heading_twice(kind: str) -> None:
    headings = [one.heading for one in LAYOUTS[kind].columns]
    assert len(headings) == len(set(headings))


def test_a_mandate_is_written_in_slugs_with_a_padded_number(mandate: Mandate, tmp_path: Path) -> None:
    mandate.student.osis = 1_234_567
    mandate.student.save()
    row = read(write(tmp_path), "sesis-mandates")[0]
    assert (row["osis"], row["service"], row["language"], row["setting"]) == (
        "001234567",
        "speech",
        "haitian-creole",
        "group",
    )
    assert (row["frequency"], row["duration"], row["group_size"]) == ("3", "30", "2")
    assert (row["starts"], row["ends"]) == (mandate.starts.isoformat(), "")


def test_a_document_shows_how_its_transfer_stands(mandate: Mandate, tmp_path: Path) -> None:
    at = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
    Iep.objects.update(transfer=Transfer.ACTION_NEEDED, transfer_at=at)
    row = read(write(tmp_path), "sesis-status")[0]
    assert (row["status"], row["transfer"], row["transfer_at"]) == (
        "final",
        "action-needed",
        "2026-11-09T01:00:00-05:00",
    )
    assert (row["governs_from"], row["governs_until"]) == (build.YEAR[0].isoformat(), "")


def test_times_carry_the_zone_of_their_own_season(mandate: Mandate, tmp_path: Path) -> None:
    in_cap(mandate, since=datetime(2026, 10, 1, 16, 30, tzinfo=UTC))
    assert read(write(tmp_path), "cap-mandates")[0]["since"] == "2026-10-01T12:30:00-04:00"


def test_cap_is_written_with_its_closed_rows(mandate: Mandate, tmp_path: Path) -> None:
    in_cap(mandate, status=CapStatus.CLOSED)
    in_cap(mandate, status=CapStatus.FIRST_ATTENDED, provider_number=512_345, first_attend=date(2026, 11, 2))
    rows = read(write(tmp_path), "cap-mandates")
    assert [row["status"] for row in rows] == ["closed", "first-attended"]
    assert (rows[1]["provider"], rows[1]["first_attend"]) == ("512345", "2026-11-02")


def test_sec_is_written_as_it_stood_at_the_moment(mandate: Mandate, tmp_path: Path) -> None:
    in_sec(mandate, status=SecStatus.AWAITING, from_at=build.NOW - 3 * DAY, until_at=build.NOW)
    in_sec(mandate, status=SecStatus.ASSIGNED, from_at=build.NOW)
    assert [row["status"] for row in read(write(tmp_path), "sec-receipt")] == ["assigned"]
    assert [row["status"] for row in read(write(tmp_path, build.NOW - DAY), "sec-receipt")] == ["awaiting"]
    assert read(write(tmp_path), "sec-services")[0]["group_size"] == "2"


def test_the_caseload_and_who_is_assigned_are_written(mandate: Mandate, tmp_path: Path) -> None:
    provider = build.provider(at=build.school("15K322"))
    build.assignment(provider, mandate)
    Entry.objects.create(
        mandate=mandate,
        student=mandate.student,
        provider=provider,
        school=mandate.student.enrolments.get().school,
        state=EntryState.OPEN,
        since=build.NOW,
    )
    directory = write(tmp_path)
    entry = read(directory, "caseload")[0]
    assert (entry["provider"], entry["state"], entry["dbn"]) == (str(provider.number), "open", "15K321")
    assert read(directory, "assignments")[0]["provider"] == str(provider.number)


def test_the_access_lists_are_written_as_they_are(mandate: Mandate, tmp_path: Path) -> None:
    GalaxyListing.objects.create(dbn="99Z999", provider_number=1, name="Nobody, of ours", added=build.NOW)
    PetsListing.objects.create(provider_number=7, vendor="A vendor", active=True, eligible=False, registered=build.NOW)
    directory = write(tmp_path)
    assert read(directory, "galaxy")[0]["name"] == "Nobody, of ours"
    assert (read(directory, "pets")[0]["active"], read(directory, "pets")[0]["eligible"]) == ("yes", "no")


def test_contracting_is_written(mandate: Mandate, tmp_path: Path) -> None:
    agency = build.agency()
    contract = build.contract(agency, Service.SPEECH, Language.HAITIAN_CREOLE)
    build.transmittal(mandate, contract)
    build.rsa_letter(mandate, build.provider(Affiliation.RSA))
    directory = write(tmp_path)
    assert read(directory, "transmittals")[0]["agency"] == agency.code
    assert read(directory, "rsa-letters")[0]["processed"] == ""
    assert read(directory, "contracts")[0]["borough"] == "brooklyn"


def test_a_day_without_school_is_written_for_all_and_for_one(mandate: Mandate, tmp_path: Path) -> None:
    school = mandate.student.enrolments.get().school
    CalendarDay.objects.create(date=date(2026, 11, 26), kind=CalendarDay.Kind.HOLIDAY, label="Holiday")
    CalendarDay.objects.create(date=date(2026, 11, 26), kind=CalendarDay.Kind.CLOSED, school=school)
    rows = read(write(tmp_path), "calendar")
    assert [(row["dbn"], row["kind"]) for row in rows] == [("", "holiday"), ("15K321", "closed")]


def test_a_second_run_replaces_the_files_and_leaves_no_draft(mandate: Mandate, tmp_path: Path) -> None:
    write(tmp_path)
    Mandate.objects.update(frequency=5, setting=Setting.GROUP)
    assert read(write(tmp_path), "sesis-mandates")[0]["frequency"] == "5"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.django_db(transaction=True)
def test_all_files_show_one_state_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    written = write_extracts(tmp_path, as_of=build.NOW)
    next(written)

    def add() -> None:
        build.mandated(build.school())
        connection.close()

    other = Thread(target=add)
    other.start()
    other.join()
    assert {one.rows for one in written if one.kind in ("roster", "sesis-mandates")} == {0}
    assert Mandate.objects.count() == 1


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    with io.StringIO() as stream:
        yield stream


def test_the_command_says_how_many_rows_each_file_has(mandate: Mandate, tmp_path: Path, out: io.StringIO) -> None:
    call_command("write_extracts", str(tmp_path), "--json", stdout=out)
    said = {row["kind"]: row for row in map(json.loads, out.getvalue().splitlines())}
    assert set(said) == EXPECTED
    assert said["sesis-mandates"]["rows"] == 1
    assert Path(said["roster"]["file"]).exists()


@pytest.mark.django_db
def test_a_directory_that_cannot_be_written_to_ends_with_one_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "a-file"
    taken.write_text("in the way")
    with pytest.raises(Stopped) as stopped:
        call_command("write_extracts", str(taken))
    assert stopped.value.returncode == Exit.NOTHING_DONE
    assert str(stopped.value).startswith(str(taken))
