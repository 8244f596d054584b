"""Of which school and which day SEC's report is asked for, and by whom."""

from __future__ import annotations

import pytest

from providers.kinds import Borough
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.pages import main, records, rows
from tests.caseloads.views.people import (
    Cast,
    as_administrator,
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_nobody,
    as_orcs,
)
from tests.compliance.reports.lines import sec_line
from tests.compliance.views.reports import REPORT, of


def test_the_report_opens_for_those_with_the_school_and_for_nobody_else(people: Cast) -> None:
    where = f"{REPORT}?school={people.scene.school.pk}"
    may = (people.colleague, as_head(people.scene.school), as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor())
    may_not = (people.owner, people.neighbor, people.stranger, as_orcs(Borough.QUEENS), as_agency(build.agency()))
    assert [client.get(where).status_code for client in may] == [200] * 5
    assert [client.get(where).status_code for client in may_not] == [404] * 5
    for client in (as_administrator(), as_nobody()):
        assert client.get(where).status_code == 404
        assert client.get(REPORT).status_code == 404


def test_ones_only_school_need_not_be_said(here: Scene) -> None:
    sec_line(here.mandate)
    answer = as_coordinator(here.school).get(REPORT)
    assert str(here.school) in main(answer)
    assert rows(answer) == 1


def test_of_several_schools_one_is_chosen(here: Scene) -> None:
    other = build.school(name="P.S. 902 The Second School")
    client = as_coordinator(here.school, other)
    answer = client.get(REPORT)
    assert answer.context["report"] is None
    assert str(other) in main(answer)
    assert str(other) in main(client.get(REPORT, {"school": other.pk}))
    client.post("/school/", {"school": here.school.pk})
    assert str(here.school) in main(client.get(REPORT))
    assert client.get(REPORT, {"school": other.pk}).status_code == 404


def test_whoever_has_too_many_schools_types_a_dbn(here: Scene) -> None:
    client = as_orcs(Borough.BROOKLYN)
    assert "School's DBN" in main(client.get(REPORT))
    answer = client.get(REPORT, {"dbn": f" {here.school.dbn.lower()} ", "on": "11/20/2026"})
    assert answer.headers["Location"] == f"{REPORT}?school={here.school.pk}&on=2026-11-20"


@pytest.mark.parametrize("dbn", ["15K000", "24Q902", "nonsense", "%", "15K321' OR 1=1", "\x00", "1" * 5000])
def test_a_dbn_that_is_none_of_ones_own_is_said_to_be_none(here: Scene, dbn: str) -> None:
    build.school("24Q902")
    answer = as_orcs(Borough.BROOKLYN).get(REPORT, {"dbn": dbn})
    assert answer.status_code == 422
    assert "Enter a DBN of one of your schools, such as 15K321" in main(answer)


@pytest.mark.parametrize("school", ["0", "abc", "-1", "1.5", "9" * 40, "\x00"])
def test_a_school_that_is_none_answers_404(here: Scene, school: str) -> None:
    for client in (as_coordinator(here.school), as_orcs()):
        assert client.get(REPORT, {"school": school}).status_code == 404


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-13-45", "Enter the date as month, day and year"),
        ("last week", "Enter the date as month, day and year"),
        ("\x00", "Enter the date as month, day and year"),
        ("9" * 100_000, "Enter the date as month, day and year"),
        ("2026-11-25", "SEC has no report of a day to come"),
        ("12/31/2099", "SEC has no report of a day to come"),
    ],
)
def test_a_day_that_is_none_is_said_in_plain_words(here: Scene, on: str, said: str) -> None:
    answer = as_coordinator(here.school).get(REPORT, of(here, on=on))
    assert answer.status_code == 422
    assert said in main(answer)
    assert answer.context["report"] is None
    assert records() == []


@pytest.mark.parametrize("on", ["", "2026-11-24", "11/24/2026", "Nov 24, 2026", "0001-01-01"])
def test_a_day_is_read_however_it_is_written(here: Scene, on: str) -> None:
    assert as_coordinator(here.school).get(REPORT, of(here, on=on)).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_report_is_only_read(here: Scene, method: str) -> None:
    assert getattr(as_coordinator(here.school), method)(REPORT).status_code == 405
