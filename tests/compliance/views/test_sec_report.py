"""The page of SEC's report: every number with its rows, what a row says, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from caseloads.models import Mandate
from compliance.kinds import Code
from compliance.models import Run
from orcs_portal.audit.models import Verb
from providers.kinds import Service
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.pages import all_rows, main, records, rows
from tests.caseloads.views.people import (
    as_coordinator,
)
from tests.compliance import build as findings
from tests.compliance.reports.lines import sec_line
from tests.compliance.views.reports import PAGE, REPORT, many, of, several


def test_every_number_is_that_of_the_rows_behind_it(here: Scene) -> None:
    several(here)
    client = as_coordinator(here.school)
    answer = client.get(REPORT, of(here))
    counts = {tab["label"]: tab["count"] for tab in answer.context["tabs"]}
    assert counts == {"All lines": 4, "Agree": 1, "Waiting": 1, "Differ": 2, "Not on the report": 2}
    for number in [*answer.context["tabs"], *answer.context["tiles"]]:
        assert all_rows(client, number["url"]) == number["count"], number
    assert "4 lines on the report: 1 agrees, 1 waits, 2 differ. 2 more that the IEPs give are not on it." in main(
        answer
    )


def test_a_word_of_secs_narrows_the_tabs_and_can_be_removed(here: Scene) -> None:
    several(here)
    client = as_coordinator(here.school)
    answer = client.get(REPORT, of(here, status="assigned", show="differs"))
    assert rows(answer) == 1
    assert "SEC says: Provider assigned" in main(answer)
    tabs = {tab["label"]: tab for tab in answer.context["tabs"]}
    assert (tabs["All lines"]["count"], tabs["Differ"]["count"], tabs["Not on the report"]["count"]) == (2, 1, 2)
    for tab in answer.context["tabs"]:
        assert all_rows(client, tab["url"]) == tab["count"]
    assert all_rows(client, answer.context["status"]["url"]) == 2


@pytest.mark.parametrize("query", [{"show": "nonsense"}, {"status": "nonsense"}, {"page": "s999"}, {"page": "\x00"}])
def test_what_is_no_list_or_page_narrows_nothing(here: Scene, query: dict[str, str]) -> None:
    several(here)
    assert rows(as_coordinator(here.school).get(REPORT, of(here, **query))) == 4


def test_a_row_says_what_sec_says_and_what_is_to_be_thought_of_it(here: Scene) -> None:
    several(here)
    text = main(as_coordinator(here.school).get(REPORT, of(here)))
    assert f"Receiving {here.provider.full_name} First attend Nov 24" in text
    assert "Agrees With CAP and the IEP" in text
    assert "Waiting SEC will follow CAP, normal until Thu, Nov 26, 7:41 am" in text
    assert "Differs SEC is behind CAP" in text
    assert "No item explains it yet: the next comparison looks at it The IEP says 3 × 30 × 2" in text


def test_the_item_that_explains_a_line_is_one_step_away(here: Scene) -> None:
    sec_line(here.mandate)
    found = findings.on_line(Code.SEC_STALE, here.mandate)
    answer = as_coordinator(here.school).get(REPORT, of(here))
    assert f'href="/mismatches/{found.pk}/"'.encode() in answer.content
    assert f'href="/students/{here.mandate.student_id}/"'.encode() in answer.content


def test_what_the_iep_does_not_name_and_a_provider_nobody_knows_are_said(here: Scene) -> None:
    sec_line(here.mandate, service=Service.VISION, provider_number=999_999)
    text = main(as_coordinator(here.school).get(REPORT, of(here)))
    assert "The IEP does not name it" in text
    assert "Provider 999999, not known here" in text


def test_a_language_that_differs_is_said_with_the_figures(here: Scene) -> None:
    sec_line(here.mandate, language=2)
    assert "The IEP says 3 × 30 × 2, English" in main(as_coordinator(here.school).get(REPORT, of(here)))


def test_the_whole_list_turns_its_pages_and_prints_on_one(here: Scene) -> None:
    many(here, PAGE + 12)
    client = as_coordinator(here.school)
    first = client.get(REPORT, of(here))
    assert rows(first) == PAGE
    assert "Rows 1 to 50 of 62" in main(first)
    assert all_rows(client, first.request["PATH_INFO"] + f"?school={here.school.pk}") == 62
    second = client.get(first.context["pager"]["next_url"])
    assert (rows(second), second.context["pager"]["next_url"]) == (12, "")
    assert client.get(second.context["pager"]["previous_url"]).context["rows"] == first.context["rows"]
    whole = client.get(first.context["whole_url"])
    assert (rows(whole), whole.context["pager"]) == (62, None)
    assert b"paper-wide" in whole.content
    assert b"data-print" in whole.content
    assert "Show in pages" in main(whole)
    assert b"data-print" not in first.content


def test_a_page_that_begins_with_a_row_that_is_gone_is_the_first(here: Scene) -> None:
    many(here, PAGE + 2)
    client = as_coordinator(here.school)
    following = client.get(REPORT, of(here)).context["pager"]["next_url"]
    key = parse_qs(urlsplit(following).query)["page"][0]
    assert key.startswith("s")
    assert client.get(REPORT, of(here, page=f"{key}0")).context["pager"]["first"] == 1


def test_those_on_the_page_are_on_the_access_record(here: Scene) -> None:
    several(here)
    client = as_coordinator(here.school)
    client.get(REPORT, of(here, show="agrees"))
    client.get(REPORT, of(here, show="missing"))
    (first, second) = records()
    assert first == ("sec-report", [here.mandate.student_id], "SEC's report of a school", Verb.SHOWN)
    assert len(second[1]) == 2


def test_no_address_on_the_page_holds_more_than_school_day_and_words(here: Scene) -> None:
    several(here)
    answer = as_coordinator(here.school).get(REPORT, of(here, on="2026-11-23"))
    for number in [*answer.context["tabs"], *answer.context["tiles"]]:
        query = parse_qs(urlsplit(number["url"]).query)
        assert set(query) <= {"school", "on", "show", "status"}
        assert query["on"] == ["2026-11-23"]


def test_a_day_gone_by_says_so_and_today_says_as_of_when(here: Scene) -> None:
    sec_line(here.mandate)
    client = as_coordinator(here.school)
    assert "As SEC shows it, today, 7:41 am." in main(client.get(REPORT, of(here)))
    past = main(client.get(REPORT, of(here, on="2026-11-20")))
    assert "SEC report of Fri, Nov 20, 2026" in past
    assert "As SEC showed it at the end of that day" in past


def test_as_of_when_everything_was_compared_is_said(here: Scene) -> None:
    client = as_coordinator(here.school)
    assert "Nothing has been compared yet" in main(client.get(REPORT, of(here)))
    hour = timedelta(hours=1)
    for full, ago in ((True, 2 * hour), (False, hour)):
        Run.objects.create(as_of=build.NOW - ago, full=full, started=build.REAL, finished=build.REAL)
    assert "Compared today, 5:41 am." in main(client.get(REPORT, of(here)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "SEC shows no line of this school"),
        ({"on": "2026-11-20"}, "SEC showed no line of this school"),
        ({"show": "differs"}, "Nothing differs"),
        ({"show": "waiting"}, "Nothing is waiting"),
        ({"show": "agrees"}, "No line agrees"),
        ({"status": "receiving"}, "SEC says this of no line in this list"),
    ],
)
def test_an_empty_list_says_why(here: Scene, query: dict[str, str], said: str) -> None:
    assert said in main(as_coordinator(here.school).get(REPORT, of(here, **query)))


def test_a_school_whose_every_mandate_is_there_misses_nothing(here: Scene) -> None:
    sec_line(here.mandate)
    assert "Nothing is missing" in main(as_coordinator(here.school).get(REPORT, of(here, show="missing")))


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_costs_the_same_whatever_its_length(
    here: Scene, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    many(here, count)
    client = as_coordinator(here.school)
    with django_assert_num_queries(17):
        client.get(REPORT, of(here))


def test_the_students_page_leads_to_the_report_of_the_school(here: Scene) -> None:
    client: Client = as_coordinator(here.school)
    mandate: Mandate = here.mandate
    assert f"{REPORT}?school={here.school.pk}".encode() in client.get(f"/students/{mandate.student_id}/").content
