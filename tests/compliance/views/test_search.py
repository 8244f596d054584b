"""Finding a student by name, OSIS or a call's number, among one's own, without a trace of what was typed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from caseloads.models import Enrolment, Student
from orcs_portal.audit.models import Verb
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.pages import main, records, rows, words
from tests.caseloads.views.people import (
    Cast,
    as_administrator,
    as_agency,
    as_auditor,
    as_coordinator,
    as_nobody,
    as_orcs,
    as_provider,
)
from tests.compliance.views.looking import NOTHING, SEARCH, look_for, named, names


def test_the_form_opens_by_itself_and_asks_nothing(people: Cast) -> None:
    answer = people.colleague.get(SEARCH)
    assert answer.status_code == 200
    assert "Find a student" in main(answer)
    assert records() == []


def test_only_whoever_sees_students_looks_for_them(people: Cast) -> None:
    for client in (as_administrator(), as_nobody()):
        assert client.get(SEARCH).status_code == 404
        assert look_for(client, "Testing").status_code == 404


def test_the_school_finds_whom_its_neighbors_and_strangers_do_not(people: Cast) -> None:
    osis = people.scene.osis
    for client in (people.owner, people.colleague, as_orcs(), as_auditor()):
        assert look_for(client, osis).headers["Location"] == f"/students/{people.student}/"
        assert names(look_for(client, f"student {osis}")) == [people.scene.mandate.student.full_name]
    for client in (people.neighbor, people.stranger):
        assert NOTHING in main(look_for(client, "testing"))
        assert NOTHING in main(look_for(client, osis))


@pytest.mark.parametrize("client", ["neighbor", "stranger"])
def test_a_strangers_student_reads_as_one_who_does_not_exist(people: Cast, client: str) -> None:
    asks = getattr(people, client)
    theirs, nobodys = (look_for(asks, osis) for osis in (people.scene.osis, 123_456_789))
    assert NOTHING in main(theirs)
    assert (main(theirs), theirs.status_code) == (main(nobodys), nobodys.status_code)


@pytest.mark.parametrize(
    "typed", ["amara", "OKONKWO", "okonkwo, am", "Amara Okonkwo-Reyes", "reyes", "okonkworeyes", "a o"]
)
def test_a_name_is_found_in_any_order_and_by_its_beginnings(here: Scene, typed: str) -> None:
    named(here, "Amara", "Okonkwo-Reyes")
    assert names(look_for(as_coordinator(here.school), typed)) == ["Amara Okonkwo-Reyes"]


def test_those_found_stand_by_family_name_whatever_its_case_and_accents(here: Scene) -> None:
    for first, last in (("Al", "Zhou"), ("Al", "Țîrlea"), ("Al", "al-Hashimi"), ("Al", "Tse")):
        named(here, first, last)
    assert names(look_for(as_coordinator(here.school), "al")) == ["Al al-Hashimi", "Al Țîrlea", "Al Tse", "Al Zhou"]


def test_more_than_fifty_are_cut_off_and_said_to_be(here: Scene) -> None:
    for number in range(51):
        named(here, "Maria", f"Lopez-{number:02}")
    client = as_coordinator(here.school)
    answer = look_for(client, "maria lopez")
    assert rows(answer) == 50
    assert "More than 50 students found" in main(answer)
    assert "Type more of the name" in main(answer)
    Student.objects.filter(last_name="Lopez-50").update(last_name="Other")
    answer = look_for(client, "maria lopez")
    assert (rows(answer), "50 students found" in main(answer), answer.context["more"]) == (50, True, False)


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "a\x00b", "a" * 101, "x" * 1_000_000])
def test_what_is_no_search_is_said_to_be_none_and_finds_nothing(here: Scene, typed: str) -> None:
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)
    assert records() == []


@pytest.mark.parametrize("typed", ["a", "'", "--", "a'", "(((", "%", "_", "\\", "!", "&|", ":*", "<->"])
def test_less_than_two_letters_find_nobody(here: Scene, typed: str) -> None:
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.status_code == 422
    assert "Type at least two letters of the name" in main(answer)


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE caseloads_student; --",
        "te_ting",
        "!testing & nobody",
        "testing' OR '1'='1",
        "\N{RIGHT-TO-LEFT OVERRIDE}gnitset",
        "\N{PILE OF POO}\N{ZERO WIDTH JOINER}",
        "\N{COMBINING ACUTE ACCENT}" * 50,
        " ".join("abcdefghijklmnopqrstuvwxyz"),
    ],
)
def test_what_means_something_elsewhere_is_only_letters_here(here: Scene, typed: str) -> None:
    answer = look_for(as_coordinator(here.school), typed)
    assert answer.status_code == 200
    assert NOTHING in main(answer)
    assert Student.objects.exists()


@pytest.mark.parametrize("typed", ["tes%", "test:*", "!testing", "testing <-> student", "(testing)", "testing*"])
def test_signs_between_letters_do_not_matter(here: Scene, typed: str) -> None:
    assert names(look_for(as_coordinator(here.school), typed)) == [here.mandate.student.full_name]


def test_markup_comes_back_as_text(here: Scene) -> None:
    answer = look_for(as_coordinator(here.school), "<script>alert(1)</script>")
    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in answer.content


def test_one_letter_is_a_whole_name_in_some_scripts(here: Scene) -> None:
    named(here, "子晴", "王")
    assert names(look_for(as_coordinator(here.school), "王")) == ["子晴 王"]


def test_what_was_typed_stands_in_no_address_title_session_or_log(
    people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    name = f"student {people.scene.osis}"
    with caplog.at_level(logging.DEBUG):
        answer = look_for(people.colleague, name)
        opened = look_for(people.colleague, people.scene.osis)
    assert "<title>Find a student - ORCS Portal</title>" in " ".join(answer.content.decode().split())
    assert str(people.scene.osis) not in opened.headers["Location"]
    for session in Session.objects.all():
        assert str(people.scene.osis) not in str(session.get_decoded())
    assert str(people.scene.osis) not in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_typed_is_kept_where_the_session_has_ended(people: Cast) -> None:
    answer = look_for(Client(), "Okonkwo-Reyes")
    assert answer.status_code == 200
    assert "Sign in" in words(answer)
    assert b"Okonkwo" not in answer.content
    assert b'name="resume" value=""' in answer.content or b'name="resume"' not in answer.content
    assert b'value="/search/"' in answer.content


def test_those_found_are_on_the_access_record_and_nobody_is_for_nothing(people: Cast) -> None:
    look_for(people.colleague, "testing")
    ((what, students, purpose, verb),) = records()
    assert (what, students, purpose, verb) == ("search", [people.student], "Looked for a student", Verb.SHOWN)
    look_for(people.colleague, "nobody at all")
    assert len(records()) == 1


@pytest.mark.parametrize("count", [1, 50])
def test_a_search_costs_the_same_whatever_it_finds(
    here: Scene, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        named(here, "Maria", f"Lopez-{number:02}")
    client = as_coordinator(here.school)
    with django_assert_num_queries(14):
        look_for(client, "maria lopez")


def test_a_provider_finds_the_students_assigned_to_them_and_no_others(here: Scene) -> None:
    named(here, "Testing", "Unassigned")
    gone = build.mandated(here.school)
    build.assignment(here.provider, gone, ends=build.BEFORE)
    answer = look_for(as_provider(here.provider), "testing")
    assert names(answer) == [here.mandate.student.full_name]
    assert "among the students assigned to you" in main(answer)
    assert "The school's coordinator assigns providers" in main(look_for(as_provider(here.provider), "unassign"))


def test_an_agency_finds_the_students_transmitted_to_it(here: Scene) -> None:
    agency = build.agency()
    build.transmittal(here.mandate, build.contract(agency))
    named(here, "Testing", "Kept")
    assert names(look_for(as_agency(agency), "testing")) == [here.mandate.student.full_name]
    assert NOTHING in main(look_for(as_agency(build.agency()), "testing"))


def test_whoever_has_left_is_found_citywide_alone(here: Scene) -> None:
    Enrolment.objects.filter(student=here.mandate.student).update(ends=build.BEFORE)
    found = look_for(as_orcs(), "testing")
    assert names(found) == [here.mandate.student.full_name]
    assert "Not enrolled today" in main(found)
    assert NOTHING in main(look_for(as_coordinator(here.school), "testing"))


def test_a_borough_finds_its_own(here: Scene) -> None:
    far = build.student(build.school("24Q902"), "Testing", "Far")
    answer = look_for(as_orcs(here.school.borough), "testing")  # type: ignore[arg-type] # stored as its value
    assert names(answer) == [here.mandate.student.full_name]
    assert "the students of Brooklyn" in main(answer)
    assert NOTHING in main(look_for(as_orcs(here.school.borough), f"{far.osis:09}"))  # type: ignore[arg-type] # as above


def test_the_chosen_school_alone_is_searched(here: Scene) -> None:
    other = build.school(name="P.S. 902 The Second School")
    build.student(other, "Testing", "Second")
    client = as_coordinator(here.school, other)
    assert len(names(look_for(client, "testing"))) == 2
    client.post("/school/", {"school": here.school.pk})
    answer = look_for(client, "testing secon")
    assert NOTHING in main(answer)
    assert "The student is at another of your schools" in main(answer)


def test_the_field_is_on_every_page_of_whoever_may_search(people: Cast) -> None:
    for client, page in ((people.owner, "/caseload/"), (people.colleague, "/calls/"), (people.colleague, "/nowhere/")):
        assert b'<form class="find" action="/search/" method="post"' in client.get(page).content
    assert b'class="find"' not in as_administrator().get("/nowhere/").content
    assert b'class="find"' not in Client().get("/sign-in/").content


def test_another_method_is_refused(people: Cast) -> None:
    assert people.colleague.put(SEARCH).status_code == 405
