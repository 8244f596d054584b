"""The list of vacancies as a file: every row, safe to open, on record."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from caseloads.models import Offer, Vacancy
from caseloads.queries.vacancy_export import HEADINGS
from orcs_portal.audit.models import AccessRecord
from providers.models import School
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import LIST, as_agent_of, as_designee_of, as_orcs_of, as_stranger_of_orcs
from tests.caseloads.views.test_vacancies import more
from tests.compliance.views.test_exports import body, cells

CSV, XLSX = f"{LIST}export.csv", f"{LIST}export.xlsx"


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def lines(client: Client, url: str = CSV) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(body(client, url).decode("utf-8-sig"))))


def test_a_row_says_what_the_list_says(here: Bench) -> None:
    vacancy = here.log()
    (row,) = lines(as_orcs_of(here))
    assert tuple(row) == HEADINGS
    assert (row["Vacancy"], row["School"]) == (vacancy.number, here.school.dbn)
    assert (row["Service"], row["Language"]) == ("Speech-language", "English")
    assert (row["School days"], row["Students"], row["Minutes a week"], row["Minutes lost"]) == (
        "11",
        "2",
        "180",
        "396",
    )
    assert (row["Stage"], row["Closed"]) == ("To offer", "")
    assert row["Unserved since"] == vacancy.unserved_since.isoformat()


@pytest.mark.parametrize("sort", ["age", "minutes", "school"])
def test_the_file_holds_every_row_of_the_list_in_its_order(here: Bench, sort: str) -> None:
    here.log()
    more(here, 29)
    client = as_designee_of(here)
    address = client.get(LIST, {"tab": "open", "sort": sort}).context["exports"]["csv"]
    pages = [client.get(LIST, {"tab": "open", "sort": sort, "page": page}).context["rows"] for page in ("1", "2")]
    listed = [row["number"] for rows in pages for row in rows]
    assert [row["Vacancy"] for row in lines(client, address)] == listed
    assert len(listed) == 30


def test_the_workbook_holds_the_same(here: Bench) -> None:
    here.log()
    more(here, 3)
    head, *rows = cells(as_orcs_of(here), XLSX)
    assert tuple(head) == HEADINGS
    assert [row[0] for row in rows] == [row["Vacancy"] for row in lines(as_orcs_of(here))]


def test_filters_and_tabs_narrow_the_file(here: Bench) -> None:
    vacancy = here.log()
    more(here, 5)
    client = as_orcs_of(here)
    assert [row["Vacancy"] for row in lines(client, f"{CSV}?service=speech&language=english")] == [vacancy.number]
    assert lines(client, f"{CSV}?tab=closed") == []
    Vacancy.objects.filter(pk=vacancy.pk).update(closing=2, closed=build.NOW, closed_by=here.designee)
    (row,) = lines(client, f"{CSV}?tab=closed")
    assert (row["Stage"], row["Closed"]) == ("Withdrawn", build.TODAY.isoformat())


def test_what_looks_like_a_formula_is_text(here: Bench) -> None:
    here.log()
    School.objects.filter(pk=here.school.pk).update(name="=HYPERLINK(1)")
    (row,) = lines(as_orcs_of(here))
    assert row["School name"] == "'=HYPERLINK(1)"
    assert cells(as_orcs_of(here), XLSX)[1][2] == "=HYPERLINK(1)"


def test_an_agency_gets_its_own_and_a_stranger_none(here: Bench) -> None:
    vacancy = here.log()
    assert lines(as_agent_of(here)) == []
    here.offer(vacancy)
    Offer.objects.update(offered=build.NOW - timedelta(days=1))
    assert [row["Vacancy"] for row in lines(as_agent_of(here), f"{CSV}?tab=open")] == [vacancy.number]
    assert lines(as_stranger_of_orcs()) == []


def test_that_it_was_taken_is_on_record_and_with_whom_it_counts_and_it_names_no_student(here: Bench) -> None:
    here.log()
    lines(as_orcs_of(here))
    kept = AccessRecord.objects.latest("pk")
    assert (kept.what, kept.purpose) == ("vacancies-export", "The list of vacancies as a file, 1 row")
    assert sorted(kept.students) == sorted(here.students)
    said = body(as_orcs_of(here), CSV).decode()
    assert not [line.student.last_name for line in here.lines if line.student.last_name in said]


def test_other_kinds_are_not_found(here: Bench) -> None:
    assert as_orcs_of(here).get(f"{LIST}export.doc").status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_the_file_costs_the_same_whatever_its_length(
    here: Bench, number: int, django_assert_num_queries: object
) -> None:
    more(here, number)
    client = as_orcs_of(here)
    lines(client)
    with django_assert_num_queries(17):  # type: ignore[operator] # pytest-django's fixture
        assert len(lines(client)) == number
