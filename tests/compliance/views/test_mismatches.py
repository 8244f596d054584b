"""The list of mismatches: whose it shows, that every number is its rows, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from compliance.kinds import Code
from providers.kinds import Affiliation, Borough
from tests import build
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import (
    as_administrator,
    as_agency,
    as_auditor,
    as_head,
    as_nobody,
    as_orcs,
    as_provider,
)
from tests.compliance import build as rows
from tests.compliance.views.floor import LIST, Floor, all_ids, every_group, ids
from tests.compliance.views.mixture import mixed

DAY = timedelta(days=1)
BACK = {"regressed": build.NOW - DAY, "opened": build.NOW - DAY, "times_back": 1}


def test_the_coordinator_the_head_orcs_and_an_auditor_see_the_item(floor: Floor) -> None:
    item = rows.differing(build.mandated(floor.school))
    wide = (as_head(floor.school), as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor(), as_auditor(Borough.BROOKLYN))
    for client in (floor.me, *wide):
        assert ids(client.get(LIST)) == [item.pk]


def test_a_stranger_and_another_borough_do_not(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    for client in (floor.stranger, as_orcs(Borough.QUEENS), as_agency(build.agency())):
        answer = client.get(LIST)
        assert answer.status_code == 200
        assert ids(answer) == []
        assert {tab["count"] for tab in answer.context["tabs"]} == {0}
    assert records() == []


def test_an_agency_sees_what_it_has_to_do_and_is_offered_no_act(floor: Floor) -> None:
    agency = build.agency()
    therapist = build.provider(Affiliation.AGENCY, of=agency, at=floor.school)
    item = rows.at_place(Code.NOT_IN_PETS, therapist, floor.school, agency=agency)
    answer = as_agency(agency).get(LIST)
    assert ids(answer) == [item.pk]
    assert b"<form id=" not in answer.content
    assert "Hand" not in main(answer).replace("Handed over", "")


def test_providers_administrators_and_people_without_a_role_have_no_such_page(floor: Floor) -> None:
    provider = build.provider(at=floor.school)
    for client in (as_provider(provider), as_administrator(), as_nobody()):
        assert client.get(LIST).status_code == 404
    assert Client().get(LIST).headers["Location"] == "/sign-in/?next=/mismatches/"


@pytest.mark.parametrize(
    "query", ["", "?severity=high", "?owner=provider", "?school=15k910", "?code=CAP_FIELD_DIFFERS", "?age=overdue"]
)
def test_the_count_of_every_tab_is_the_number_of_rows_behind_it(floor: Floor, query: str) -> None:
    mixed(floor)
    tabs = floor.me.get(LIST + (query or "?tab=open")).context["tabs"]
    assert [tab["label"] for tab in tabs][:3] == ["Mine", "Unassigned", "All open"]
    for tab in tabs:
        assert len(all_ids(floor.me, tab["url"])) == tab["count"], tab["label"]


def test_every_item_stands_under_the_tab_of_its_state_once(floor: Floor) -> None:
    made = mixed(floor)
    tabs = {tab["label"]: all_ids(floor.me, tab["url"]) for tab in floor.me.get(LIST).context["tabs"]}
    apart = [*tabs["All open"], *tabs["Waiting"], *tabs["Acknowledged"], *tabs["Settled, 7 days"]]
    assert sorted(apart) == sorted(one.pk for one in made)
    assert set(tabs["Mine"]) | set(tabs["Unassigned"]) | set(tabs["Handed over"]) == set(tabs["All open"])


def test_causes_say_how_many_items_and_students_and_show_the_first_three(floor: Floor) -> None:
    iep = build.iep(build.student(floor.school))
    two = [build.mandate(iep, group_size=size) for size in (1, 2)]
    for mandate in (*two, *(build.mandated(floor.school) for _ in range(3))):
        rows.differing(mandate)
    answer = floor.me.get(LIST + "?tab=open")
    (group,) = answer.context["groups"]
    assert (group["cause"].items, group["cause"].students, group["more"]) == (5, 4, 2)
    assert len(ids(answer)) == 3
    assert "5 mandates in CAP differ from the IEP" in main(answer)
    assert "Show the other 2" in main(answer)
    assert len(ids(floor.me.get(group["url"]))) == 5


def test_causes_and_their_items_come_most_overdue_first(floor: Floor) -> None:
    late = rows.on_line(Code.SEC_STALE, build.mandated(floor.school), due=rows.DUE - 5 * DAY)
    soon = rows.differing(build.mandated(floor.school), due=build.TODAY + DAY)
    later = rows.differing(build.mandated(floor.school), due=build.TODAY + 2 * DAY)
    never = rows.differing(build.mandated(floor.school), due=None)
    assert ids(floor.me.get(LIST + "?tab=open")) == [late.pk, soon.pk, later.pk, never.pk]
    assert ids(floor.me.get(LIST + "?tab=open&code=CAP_FIELD_DIFFERS")) == [soon.pk, later.pk, never.pk]


def test_more_causes_than_a_page_holds_go_on_and_come_back(floor: Floor) -> None:
    codes = [
        Code.CAP_FIELD_DIFFERS,
        Code.CAP_NOT_ON_IEP,
        Code.SEC_STALE,
        Code.SEC_ONLY,
        Code.AWAITING_PROVIDER,
        Code.VACANCY_NOT_REPORTED,
        Code.NO_TRANSMITTAL,
        Code.AGENCY_NOT_STARTED,
        Code.RSA_UNUSED,
        Code.NO_FIRST_ATTEND,
    ]
    for code in codes:
        rows.on_line(code, build.mandated(floor.school))
    first = floor.me.get(LIST + "?tab=open")
    assert "Causes 1 to 8 of 10" in main(first)
    second = floor.me.get(first.context["pager"]["next_url"])
    assert "Causes 9 to 10 of 10" in main(second)
    assert floor.me.get(second.context["pager"]["previous_url"]).context["groups"][0]["cause"].code == (
        first.context["groups"][0]["cause"].code
    )
    assert {group["cause"].code for group in every_group(floor.me, LIST + "?tab=open")} == set(codes)


def test_without_a_tab_it_is_ones_own_list_or_all_where_nothing_is_ones_own(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    assert floor.me.get(LIST).context["tab"] == "open"
    mine = rows.differing(build.mandated(floor.school), assigned_to=floor.user)
    answer = floor.me.get(LIST)
    assert (answer.context["tab"], ids(answer)) == ("mine", [mine.pk])


def test_a_filter_is_a_chip_that_leads_to_the_list_without_it(floor: Floor) -> None:
    mixed(floor)
    answer = floor.me.get(
        LIST + "?tab=open&code=NO_FIRST_ATTEND&severity=normal&owner=provider&school=15K910&age=overdue"
    )
    labels = [chip["label"] for chip in answer.context["chips"]]
    assert labels == [
        "Cause: Provider has not called",
        "Severity: Normal",
        "Who acts: Provider",
        "School: 15K910",
        "Overdue",
    ]
    for chip in answer.context["chips"]:
        kept = parse_qs(urlsplit(chip["url"]).query)
        assert len(kept) == 5
        assert kept["tab"] == ["open"]
    assert len(all_ids(floor.me, answer.context["clear_url"])) == 12


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("age=overdue", 10),
        ("age=today", 2),
        ("age=in-time", 0),
        ("state=untouched", 11),
        ("state=look-again", 0),
        ("state=came-back", 0),
        ("severity=normal", 5),
        ("owner=cap-office", 7),
        ("school=24Q911", 0),
        ("code=NOT_IN_GALAXY", 1),
    ],
)
def test_every_filter_narrows_to_what_it_says(floor: Floor, query: str, count: int) -> None:
    mixed(floor)
    assert len(all_ids(floor.me, f"{LIST}?tab=open&{query}")) == count


def test_the_filters_of_what_is_open_do_not_follow_to_what_waits(floor: Floor) -> None:
    mixed(floor)
    tabs = {
        tab["label"]: tab["url"] for tab in floor.me.get(LIST + "?tab=open&age=overdue&sort=newest").context["tabs"]
    }
    assert parse_qs(urlsplit(tabs["Waiting"]).query) == {"tab": ["waiting"]}
    assert parse_qs(urlsplit(tabs["Mine"]).query) == {"tab": ["mine"], "age": ["overdue"], "sort": ["newest"]}


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nonsense"},
        {"code": "\x00"},
        {"severity": "x" * 70000},
        {"school": "<script>"},
        {"owner": "nobody-known"},
        {"sort": "student__osis"},
        {"changed": "new"},
        {"changed": "new", "since": "0001-01-01T00:00:00+23:00"},
        {"changed": "new", "since": "yesterday"},
        {"page": "\x00"},
        {"page": "a" * 70000},
        {"page": "99999999999999999999"},
        {"age": "old"},
    ],
)
def test_what_cannot_be_read_narrows_nothing(floor: Floor, query: dict[str, str]) -> None:
    rows.differing(build.mandated(floor.school))
    answer = floor.me.get(LIST, query)
    assert answer.status_code == 200
    assert len(ids(answer)) == 1
    assert answer.context["chips"] == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "name"])
def test_pages_of_a_sorted_list_show_every_item_once_in_order(floor: Floor, sort: str) -> None:
    made = [
        rows.differing(build.mandated(floor.school), opened=rows.SINCE + timedelta(minutes=7 * n % 60))
        for n in range(60)
    ]
    shown = all_ids(floor.me, f"{LIST}?tab=open&sort={sort}")
    keys: dict[str, Any] = {
        "newest": lambda one: (-one.opened.timestamp(), -one.pk),
        "oldest": lambda one: (one.opened, one.pk),
        "name": lambda one: (one.student.last_name, one.student.first_name, one.pk),
    }
    assert shown == [one.pk for one in sorted(made, key=keys[sort])]
    first = floor.me.get(f"{LIST}?tab=open&sort={sort}")
    second = floor.me.get(first.context["pager"]["next_url"])
    assert ids(floor.me.get(second.context["pager"]["previous_url"])) == ids(first)
    assert "Rows 26 to 50 of 60" in main(second)


def test_a_borough_is_not_sorted_by_name(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    answer = as_orcs(Borough.BROOKLYN).get(LIST + "?tab=open&sort=name")
    assert "name" not in {sort["value"] for sort in answer.context["sorts"]}
    assert answer.context["groups"]
