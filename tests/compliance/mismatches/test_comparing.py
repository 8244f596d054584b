"""Side by side: which system governs, and where the others agree, differ, wait or say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from caseloads.kinds import Outcome
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from compliance.kinds import Code
from compliance.mismatches.comparing import Cell, Comparison, Row, compare
from compliance.mismatches.evidence import FIELDS, Words
from compliance.models import Finding
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place

LINE = {"frequency": 3, "duration": 30, "group_size": 2, "language": 1, "setting": 1}
FREQUENCY = FIELDS["frequency"]


def side_by_side(row: Finding, providers: Mapping[int, str] | None = None) -> Comparison:
    """Return a line's comparison on the builders' Tuesday."""
    comparison = compare(row, Words(build.NOW, providers or {}))
    assert comparison is not None
    return comparison


def line_of(row: Finding, label: str = FREQUENCY, providers: Mapping[int, str] | None = None) -> Row:
    """Return one field."""
    return next(one for one in side_by_side(row, providers).rows if one.label == label)


def cell(row: Finding, system: str, label: str = FREQUENCY, providers: Mapping[int, str] | None = None) -> Cell:
    """Return what one system says of a field."""
    return next(one for one in line_of(row, label, providers).cells if one.system == system)


def item(here: Place, code: Code = Code.CAP_FIELD_DIFFERS, **evidence: Any) -> Finding:
    """Return an item about a line with this evidence."""
    return rows.on_line(code, build.mandated(here.school), evidence=evidence)


def test_of_cap_the_iep_governs_and_sec_has_only_copied(here: Place) -> None:
    row = rows.differing(build.mandated(here.school))
    said = [(one.system, one.value, one.said, one.governs) for one in line_of(row).cells]
    assert said == [
        ("SESIS", "3", "Governs", True),
        ("CAP", "2", "Differs", False),
        ("SEC", "2", "Copied from CAP", False),
        ("IVR", "Not asked", "", False),
    ]
    assert (line_of(row).said, line_of(row).odd) == ("CAP differs", True)


def test_of_sec_it_is_cap_that_governs(here: Place) -> None:
    row = item(here, Code.SEC_STALE, sesis=LINE, cap=LINE, sec=LINE | {"duration": 45}, differs=["duration"])
    assert [one["governs"] for one in side_by_side(row).systems] == [False, True, False, False]
    assert cell(row, "SEC", FIELDS["duration"]).said == "Differs"
    assert cell(row, "CAP", FIELDS["duration"]).said == "Governs"
    assert line_of(row, FIELDS["duration"]).said == "SEC differs"


def test_what_only_waits_says_until_when_and_not_that_it_differs(here: Place) -> None:
    evidence = {"sesis": LINE, "cap": LINE, "sec": LINE | {"duration": 45}, "differs": ["duration"]}
    until = build.NOW + timedelta(days=1)
    row = rows.on_line(Code.SEC_WAITING, build.mandated(here.school), evidence=evidence, **rows.waiting(until))
    shown = cell(row, "SEC", FIELDS["duration"])
    assert shown.said.replace("\xa0", " ") == "Waiting until tomorrow, 7:41 am"
    assert shown.tone == "wait"
    assert (line_of(row, FIELDS["duration"]).said, line_of(row, FIELDS["duration"]).odd) == ("SEC waits", False)
    assert (side_by_side(row).differ, side_by_side(row).waiting) == (0, 1)


def test_fields_that_agree_are_counted_as_such(here: Place) -> None:
    compared = side_by_side(rows.differing(build.mandated(here.school)))
    assert (compared.differ, compared.waiting) == (1, 0)
    assert compared.agree == sum(one.same for one in compared.rows)
    assert {one.label for one in compared.rows if one.same} >= {FIELDS["duration"], FIELDS["group_size"]}


def test_every_row_is_counted_at_most_once(here: Place) -> None:
    compared = side_by_side(rows.differing(build.mandated(here.school), field="group_size", cap=8))
    assert compared.differ + compared.waiting + compared.agree <= len(compared.rows)


@pytest.mark.parametrize(("system", "missing"), [("CAP", "cap"), ("SEC", "sec")])
def test_a_system_without_the_line_says_so_in_every_field(here: Place, system: str, missing: str) -> None:
    evidence = {name: LINE for name in ("sesis", "cap", "sec") if name != missing}
    row = item(here, Code.CAP_FIELD_DIFFERS, **evidence)
    values = {one.label: cell(row, system, one.label).value for one in side_by_side(row).rows}
    assert values
    assert set(values.values()) == {"No such line"}


def test_what_a_system_has_no_place_for_is_not_called_nothing(here: Place) -> None:
    row = item(here, sesis=LINE | {"starts": "2026-09-10"}, cap=LINE | {"starts": "2026-09-10"}, sec=LINE)
    assert cell(row, "SEC", FIELDS["starts"]).value == "Not kept"


def test_the_accepted_call_is_the_source_of_provider_and_first_attend(here: Place) -> None:
    calls = [
        {"id": 1, "provider": 7, "session_on": "2026-11-02", "outcome": Outcome.REFUSED},
        {"id": 2, "provider": 9, "session_on": "2026-11-03", "outcome": Outcome.ACCEPTED},
    ]
    kept = LINE | {"provider": 9, "first_attend": "2026-11-03"}
    row = item(here, sesis=LINE, cap=kept, sec=LINE, ivr={"calls": calls}, assigned=[9])
    names = {9: "Odile Marsh", 7: "Ray Teal"}
    shown = cell(row, "IVR", FIELDS["provider"], names)
    assert (shown.value, shown.said) == ("Odile Marsh", "Source")
    assert cell(row, "IVR", FIELDS["first_attend"], names).value.replace("\xa0", " ") == "Nov 3"
    assert cell(row, "IVR").value == "Not asked"


def test_without_an_accepted_call_the_line_says_that_there_is_none(here: Place) -> None:
    row = item(here, Code.NO_FIRST_ATTEND, sesis=LINE, cap=LINE)
    assert cell(row, "IVR", FIELDS["service"]).value == "No call"
    assert side_by_side(row).systems[3]["read"] == "No accepted call"


def test_a_number_nobody_has_is_shown_as_a_number(here: Place) -> None:
    row = item(here, sesis=LINE, cap=LINE | {"provider": 424242})
    assert cell(row, "CAP", FIELDS["provider"]).value == "Number 424242, not known here"


def test_a_status_is_said_in_each_systems_own_words_and_never_held_against_another(here: Place) -> None:
    row = item(here, sesis=LINE, cap=LINE | {"status": CapStatus.CLOSED}, sec=LINE | {"status": SecStatus.RECEIVING})
    assert cell(row, "CAP", FIELDS["status"]).value == CapStatus.CLOSED.label
    assert cell(row, "SEC", FIELDS["status"]).value == SecStatus.RECEIVING.label
    assert not line_of(row, FIELDS["status"]).odd


def test_an_unknown_code_of_a_system_is_shown_as_it_came(here: Place) -> None:
    row = item(here, sesis=LINE, cap=LINE | {"setting": 99}, differs=["setting"])
    assert (cell(row, "CAP", FIELDS["setting"]).value, cell(row, "CAP", FIELDS["setting"]).said) == ("99", "Differs")


def test_fields_of_which_nobody_says_anything_are_left_out(here: Place) -> None:
    row = item(here, sesis={"frequency": 3}, cap={"frequency": 3})
    assert FIELDS["ends"] not in {one.label for one in side_by_side(row).rows}


def test_what_is_not_about_a_line_has_no_table(here: Place) -> None:
    row = rows.on_document(Code.IEP_NOT_IN_CAP, build.iep(build.student(here.school)))
    assert compare(row, Words(build.NOW, {})) is None
