"""The list of vacancies: whose it shows, how it is narrowed and sorted, and that every number is its rows (R12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from caseloads.models import Vacancy
from providers.kinds import Language, Service
from providers.models import CalendarDay
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import LIST, as_agent_of, as_designee_of, as_orcs_of, as_stranger_of_orcs
from tests.caseloads.views.pages import all_rows, main, records, rows
from tests.caseloads.views.people import as_agency, as_auditor, as_coordinator, as_head, as_nobody, as_orcs, as_provider

DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def more(here: Bench, number: int) -> None:
    """Log vacancies of other services and languages at the school, each of another age."""
    kinds = [(service, language) for service in Service for language in Language][1:]
    for place, (service, language) in zip(range(number), kinds, strict=False):
        row = Vacancy.objects.create(
            school=here.school,
            service=service,
            language=language,
            unserved_since=build.TODAY - place * DAY,
            logged_by=here.designee,
            logged=build.NOW,
        )
        row.mandates.add(build.mandated(here.school, service, language))


def test_the_school_orcs_and_an_auditor_see_it_with_age_and_minutes(here: Bench) -> None:
    here.log()
    wide = (as_orcs(), as_orcs_of(here), as_auditor())
    for client in (as_designee_of(here), as_coordinator(here.school), as_head(here.school), *wide):
        answer = client.get(LIST, {"tab": "open"})
        assert rows(answer) == 1
        said = main(answer)
        assert "180 minutes a week reach no child" in said
        assert "11 school days" in said
        assert "396" in said
    assert records() == []


def test_a_day_without_school_is_not_counted(here: Bench) -> None:
    here.log()
    CalendarDay.objects.create(date=build.TODAY - 4 * DAY, kind=1)
    CalendarDay.objects.create(date=build.TODAY - 5 * DAY, kind=3, school=here.school)
    assert "9 school days" in main(as_designee_of(here).get(LIST))


def test_strangers_and_agencies_that_were_not_asked_do_not(here: Bench) -> None:
    here.log()
    for client in (as_coordinator(build.school()), as_stranger_of_orcs(), as_agent_of(here)):
        answer = client.get(LIST)
        assert (answer.status_code, rows(answer)) == (200, 0)


def test_people_without_vacancies_have_no_such_page(here: Bench) -> None:
    assert as_provider(build.provider()).get(LIST).status_code == 404
    assert as_nobody().get(LIST).status_code == 404
    assert Client().get(LIST).headers["Location"] == "/sign-in/?next=/vacancies/"


def test_an_agency_sees_what_it_was_asked_and_nothing_of_the_others(here: Bench) -> None:
    vacancy = here.log()
    here.offer(vacancy)
    here.offer(vacancy, here.other)
    answer = as_agent_of(here).get(LIST)
    said = main(answer)
    assert rows(answer) == 1
    assert "Asked of you Answer by Nov 27" in said
    assert str(here.other) not in said
    assert not any(line.student.full_name in said for line in here.lines)
    assert [tab["label"] for tab in answer.context["tabs"]] == ["To act on", "All open", "Closed"]
    assert [tab["count"] for tab in answer.context["tabs"]] == [1, 1, 0]


def test_what_an_agency_has_answered_is_not_its_act_any_more(here: Bench) -> None:
    vacancy = here.log()
    here.answer(here.offer(vacancy), accepted=False)
    answer = as_agent_of(here).get(LIST)
    assert [tab["count"] for tab in answer.context["tabs"]] == [0, 1, 0]
    assert "You declined" in main(as_agent_of(here).get(LIST, {"tab": "open"}))


@pytest.mark.parametrize(
    ("until", "stage", "acts"),
    [
        ("logged", "to offer", 1),
        ("offered", "offered", 0),
        ("declined", "to offer", 1),
        ("accepted", "transmittal to send", 1),
        ("sent", "provider to be named", 0),
    ],
)
def test_every_stage_has_its_words_and_says_whether_orcs_acts(here: Bench, until: str, stage: str, acts: int) -> None:
    vacancy = here.log()
    if until != "logged":
        asked = here.offer(vacancy)
        if until != "offered":
            here.answer(asked, accepted=until != "declined")
    if until == "sent":
        here.send(vacancy)
    answer = as_orcs_of(here).get(LIST, {"tab": "open"})
    assert answer.context["rows"][0]["stage"].words.lower() == stage
    assert [tab["count"] for tab in answer.context["tabs"]] == [acts, 1, 0]


def test_an_offer_that_nobody_answers_is_orcss_act_once_it_is_late(here: Bench) -> None:
    vacancy = here.log()
    asked = here.offer(vacancy)
    type(asked).objects.update(offered=build.NOW - 5 * DAY)
    in_time = as_orcs_of(here).get(LIST)
    assert [tab["count"] for tab in in_time.context["tabs"]] == [0, 1, 0]
    type(asked).objects.update(offered=build.NOW - 6 * DAY)
    late = as_orcs_of(here).get(LIST)
    assert [tab["count"] for tab in late.context["tabs"]] == [1, 1, 0]
    assert "Offer unanswered Test Kestrel, due Nov 23" in main(late)


def test_with_every_agency_declined_the_hold_is_said(here: Bench) -> None:
    vacancy = here.log()
    for agency in (here.agency, here.other):
        here.answer(here.offer(vacancy, agency), accepted=False)
    assert "All agencies declined 2 of 2. RSA is on hold (R13)" in main(as_orcs_of(here).get(LIST))


def test_every_tab_and_every_tile_holds_as_many_rows_as_it_says(here: Bench) -> None:
    here.accepted()
    more(here, 30)
    client = as_orcs_of(here)
    first = client.get(LIST)
    for tab in first.context["tabs"]:
        assert all_rows(client, tab["url"]) == tab["count"], tab
    for tile in first.context["tiles"]:
        assert all_rows(client, tile["url"]) == tile["figure"], tile
    assert sum(tile["figure"] for tile in first.context["tiles"]) == 31


def test_the_longest_unserved_stands_first_and_the_most_minutes_when_asked(here: Bench) -> None:
    here.log()
    more(here, 4)
    client = as_designee_of(here)
    ages = [row["age"] for row in client.get(LIST).context["rows"]]
    assert ages == sorted(ages, reverse=True)
    minutes = [row["minutes"] for row in client.get(LIST, {"sort": "minutes"}).context["rows"]]
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[0] == 180
    assert rows(client.get(LIST, {"sort": "school"})) == 5


def test_filters_narrow_the_list_and_are_taken_away_one_by_one(here: Bench) -> None:
    here.log()
    more(here, 5)
    client = as_orcs()
    answer = client.get(LIST, {"tab": "open", "service": "speech", "language": "english", "school": here.school.dbn})
    assert rows(answer) == 1
    chips = answer.context["chips"]
    assert [(chip["name"], chip["value"]) for chip in chips] == [
        ("School", here.school.dbn),
        ("Service", "Speech-language"),
        ("Language", "English"),
    ]
    assert rows(client.get(chips[2]["url"])) == 6
    assert rows(client.get(LIST, {"tab": "open", "borough": "queens"})) == 0
    assert "No vacancy is like this" in main(client.get(LIST, {"tab": "open", "borough": "queens"}))


@pytest.mark.parametrize(
    "query",
    [{"tab": "x"}, {"sort": "\x00"}, {"stage": "x"}, {"school": "\x00"}, {"service": "1"}, {"page": "9" * 99}],
)
def test_what_cannot_be_read_narrows_nothing(here: Bench, query: dict[str, str]) -> None:
    here.log()
    assert rows(as_designee_of(here).get(LIST, query)) == 1


def test_a_closed_one_stands_under_closed(here: Bench) -> None:
    vacancy = here.log()
    Vacancy.objects.filter(pk=vacancy.pk).update(closing=2, closed=build.NOW, closed_by=here.designee)
    client = as_designee_of(here)
    assert rows(client.get(LIST)) == 0
    assert "Withdrawn" in main(client.get(LIST, {"tab": "closed"}))


def test_an_agency_elsewhere_sees_nothing(here: Bench) -> None:
    here.offer(here.log())
    assert rows(as_agency(build.agency()).get(LIST)) == 0


@pytest.mark.parametrize("number", [3, 20])
def test_the_page_costs_the_same_whatever_its_length(
    here: Bench, number: int, django_assert_num_queries: object
) -> None:
    here.offer(here.log())
    more(here, number)
    client = as_orcs_of(here)
    with django_assert_num_queries(21):  # type: ignore[operator] # pytest-django's fixture
        client.get(LIST, {"tab": "open"})
