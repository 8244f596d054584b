"""Today: the account that adds up, where to start, what waits, and numbers that are lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.kinds import Code, EventKind
from compliance.models import Look
from orcs_portal.shared import clock
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
from tests.compliance.views.floor import Floor, all_ids

DAY = timedelta(days=1)
TODAY = "/today/"


def number(answer: Any, label: str) -> int:  # noqa: ANN401 - the client's own answer
    """Return a line of the account by its first words."""
    return next(int(line["number"]) for line in answer.context["lines"] if line["label"].startswith(label))


def busy(floor: Floor) -> None:
    """Make a day on which everything happened since yesterday evening."""
    evening = build.NOW - timedelta(hours=16)
    Look.objects.create(user=floor.user, at=evening)
    for _ in range(3):
        rows.differing(build.mandated(floor.school))
    rows.differing(build.mandated(floor.school), opened=build.NOW - timedelta(hours=2))
    rows.on_line(Code.SEC_STALE, build.mandated(floor.school), assigned_to=floor.user, due=build.TODAY)
    back = rows.differing(
        build.mandated(floor.school), opened=evening + DAY / 24, regressed=evening + DAY / 24, times_back=1
    )
    rows.event(back, EventKind.SETTLED, evening - DAY)
    rows.differing(build.mandated(floor.school), **rows.settled(build.NOW - timedelta(hours=3)))
    rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    fact = rows.on_line(Code.WRONG_PROVIDER, build.mandated(floor.school))
    rows.changed(fact, **rows.acknowledged(floor.user))
    rows.on_line(Code.SEC_WAITING, build.mandated(floor.school), **rows.waiting())
    therapist = build.provider(at=floor.school)
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=therapist)
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=therapist, **rows.waiting())
    rows.on_line(Code.NO_TRANSMITTAL, build.mandated(floor.school))


def test_the_schools_staff_orcs_auditors_and_agencies_have_the_page(floor: Floor) -> None:
    for client in (floor.me, as_head(floor.school), as_orcs(), as_auditor(Borough.BROOKLYN), as_agency(build.agency())):
        assert client.get(TODAY).status_code == 200


def test_providers_administrators_and_people_without_a_role_have_none(floor: Floor) -> None:
    for client in (as_provider(build.provider(at=floor.school)), as_administrator(), as_nobody()):
        assert client.get(TODAY).status_code == 404
    assert Client().get(TODAY).headers["Location"] == "/sign-in/?next=/today/"


def test_the_account_adds_up(floor: Floor) -> None:
    busy(floor)
    answer = floor.me.get(TODAY)
    lines = {line["label"].split(":")[0]: line["number"] for line in answer.context["lines"]}
    before, new, back, settled, acknowledged = lines.values()
    assert (new, back, settled, acknowledged) == (1, 1, 1, 1)
    assert before + new + back - settled - acknowledged == answer.context["account"].now == 9


def test_every_number_of_the_page_is_a_list_of_exactly_that_many_rows(floor: Floor) -> None:
    busy(floor)
    answer = floor.me.get(TODAY)
    for line in answer.context["lines"]:
        assert len(all_ids(floor.me, line["url"])) == line["number"], line["label"]
    assert len(all_ids(floor.me, "/mismatches/?tab=open")) == answer.context["account"].now
    for tile in answer.context["tiles"][:-1]:
        assert len(all_ids(floor.me, tile["url"])) == tile["number"], tile["name"]
    for one in answer.context["waits"]:
        assert len(all_ids(floor.me, one["url"])) == one["wait"].items
    assert {tile["name"]: tile["number"] for tile in answer.context["tiles"]} == {
        "Mine": 1,
        "Unassigned": 7,
        "Calls due": 2,
        "May not call yet": 1,
        "Vacancies open": 0,
    }


def test_mine_come_first_overdue_first_by_cause(floor: Floor) -> None:
    late = rows.on_line(Code.SEC_ONLY, build.mandated(floor.school), assigned_to=floor.user, due=rows.DUE - DAY)
    for _ in range(2):
        rows.differing(build.mandated(floor.school), assigned_to=floor.user, due=build.TODAY)
    rows.on_line(Code.SEC_STALE, build.mandated(floor.school))
    answer = floor.me.get(TODAY)
    page = main(answer)
    assert "3 items are yours, 1 of them overdue." in page
    starts = [one["start"] for one in answer.context["starts"]]
    assert [one.title for one in starts] == [
        "SEC shows a line that CAP does not have",
        "2 mandates in CAP differ from the IEP",
    ]
    assert [(one.over, one.due_today) for one in starts] == [(3, False), (0, True)]
    assert answer.context["starts"][0]["url"] == f"/mismatches/{late.pk}/"
    assert "All 3 of mine" in page
    assert "1 that nobody has taken" in page


def test_where_nothing_is_mine_it_starts_with_what_nobody_has(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    page = main(floor.me.get(TODAY))
    assert "Nothing is yours this morning. 1 item has nobody." in page
    assert "Nobody has them, overdue first" in page


def test_an_empty_day_says_so(floor: Floor) -> None:
    page = main(floor.me.get(TODAY))
    assert "Nothing is yours this morning, and nothing is without somebody." in page
    assert "Nothing to start with" in page
    assert "Nothing is inside its usual time at the moment." in page
    assert "The first bar is drawn after the first night" in page


def test_what_is_all_handed_over_is_said_so(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    page = main(floor.me.get(TODAY))
    assert "What is open is handed over, and comes back to you on its day." in page


def test_an_auditor_starts_with_all_that_is_open_and_has_no_tiles_of_their_own(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    answer = as_auditor().get(TODAY)
    assert "1 item open." in main(answer)
    assert [tile["name"] for tile in answer.context["tiles"]] == ["Calls due", "May not call yet", "Vacancies open"]
    assert "Mine" not in main(answer)


def test_an_agency_sees_its_own_numbers_and_no_school_tile(floor: Floor) -> None:
    agency = build.agency()
    therapist = build.provider(Affiliation.AGENCY, of=agency, at=floor.school)
    rows.at_place(Code.NOT_IN_PETS, therapist, floor.school, agency=agency)
    answer = as_agency(agency).get(TODAY)
    assert answer.context["account"].now == 1
    assert answer.context["agreement"] is None
    assert [tile["name"] for tile in answer.context["tiles"]] == ["Calls due", "May not call yet"]


def test_a_reload_does_not_empty_the_account_and_a_new_look_does(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(floor)
    for _ in range(2):
        assert number(floor.me.get(TODAY), "New") == 1
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW + timedelta(minutes=31))
    assert number(floor.me.get(TODAY), "New") == 0


def test_the_first_look_is_since_midnight(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school), opened=build.NOW - timedelta(hours=7))
    rows.differing(build.mandated(floor.school), opened=build.NOW - timedelta(hours=8))
    answer = floor.me.get(TODAY)
    assert "You look for the first time: since midnight" in main(answer)
    assert (number(answer, "Open at midnight"), number(answer, "New")) == (1, 1)


def test_waiting_says_until_when_at_the_latest_and_what_is_on_its_way(floor: Floor) -> None:
    for days in (1, 2):
        rows.on_line(Code.SEC_WAITING, build.mandated(floor.school), **rows.waiting(build.NOW + days * DAY))
    therapist = build.provider(at=floor.school)
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=therapist, **rows.waiting())
    page = main(floor.me.get(TODAY)).replace("\xa0", " ")
    assert "2 lines in SEC will follow CAP Normal until Thu, Nov 26, 7:41 am at the latest." in page
    assert "1 first call is due, and not late" in page


def test_the_trend_is_bars_and_the_same_as_a_table(floor: Floor) -> None:
    monday = date(2026, 11, 23)
    for week, count in enumerate((5, 9, 7, 4)):
        rows.day_count(monday - timedelta(weeks=week), floor.school, count)
        rows.day_count(monday - timedelta(weeks=week), build.school(), 100)
    rows.differing(build.mandated(floor.school))
    answer = floor.me.get(TODAY)
    assert [bar.value for bar in answer.context["bars"]] == [4, 7, 9, 5, 1]
    page = main(answer)
    assert "Each Monday" in page
    assert page.count("Open items") >= 2
    said = answer.context["bars_said"]
    assert said.startswith("Open items: 4 on Nov\xa02, at most 9 on Nov\xa016, 1 today.")
    assert answer.content.decode().count(f'aria-label="{said}"') == 2


def test_with_few_mondays_the_trend_shows_days(floor: Floor) -> None:
    for back, count in ((1, 3), (2, 4)):
        rows.day_count(build.TODAY - back * DAY, floor.school, count)
    answer = floor.me.get(TODAY)
    assert [bar.value for bar in answer.context["bars"]] == [4, 3, 0]
    assert "Each day" in main(answer)


def test_how_fresh_each_system_is(floor: Floor) -> None:
    fresh = {one.name: one for one in floor.me.get(TODAY).context["fresh"]}
    assert list(fresh) == ["SESIS", "CAP", "SEC", "Phone line", "Galaxy, PETS"]
    assert {one.state for one in fresh.values()} == {"No night so far", "Live"}


def test_the_record_names_only_whom_the_page_names(floor: Floor) -> None:
    for _ in range(2):
        rows.differing(build.mandated(floor.school))
    alone = rows.on_line(Code.SEC_ONLY, build.mandated(floor.school))
    floor.me.get(TODAY)
    (kept,) = records()
    assert (kept[0], kept[1]) == ("today", [alone.student_id])


@pytest.mark.parametrize("count", [2, 30])
def test_the_page_costs_the_same_however_much_there_is(
    floor: Floor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        rows.differing(build.mandated(floor.school), assigned_to=floor.user)
        rows.on_line(Code.SEC_WAITING, build.mandated(floor.school), **rows.waiting())
    floor.me.get(TODAY)
    with django_assert_num_queries(49):
        floor.me.get(TODAY)
