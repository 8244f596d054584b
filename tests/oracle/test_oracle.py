"""The oracle is tried on pages that leak on purpose: what catches nothing proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from caseloads.models import Student
from orcs_portal.accounts.models import User
from providers.models.grant import Standing
from tests import build
from tests.oracle.oracle import LeakError, Oracle
from tests.oracle.pages import LINKS, QUIET, WAYS


@pytest.fixture(autouse=True)
def leaking_pages(settings: Settings, db: None) -> None:
    settings.ROOT_URLCONF = "tests.oracle.pages"


@pytest.fixture
def caught(oracle: Oracle) -> Iterator[list[str]]:
    """Return the leaks so far, and let the test pass in spite of them."""
    yield oracle.leaks
    oracle.leaks.clear()


@pytest.fixture
def theirs() -> Student:
    return build.student(build.school(), "Ondine", "Vexcroft")


@pytest.fixture
def stranger(theirs: Student) -> Student:
    return build.student(build.school(), "Peregrin", "Quillworth")


@pytest.fixture
def coordinator(theirs: Student) -> User:
    user = build.user()
    build.grant(user, Standing.COORDINATOR, at=theirs.enrolments.get().school)
    return user


@pytest.mark.parametrize("way", WAYS)
def test_a_student_of_another_school_is_caught_in_every_kind_of_answer(
    client: Client, coordinator: User, stranger: Student, caught: list[str], way: str
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError, match=f"student {stranger.pk}"):
        client.get(f"/show/{way}/{stranger.pk}/")
    assert caught


@pytest.mark.parametrize("way", [*WAYS, *QUIET])
def test_a_student_of_ones_own_school_may_be_shown(
    client: Client, coordinator: User, theirs: Student, stranger: Student, way: str, oracle: Oracle
) -> None:
    client.force_login(coordinator)
    client.get(f"/show/{way}/{theirs.pk}/?noted={theirs.pk}")
    assert oracle.pages == 1


@pytest.mark.parametrize("way", [way for way in WAYS if way != "family"])
def test_a_student_shown_without_a_record_is_caught(
    client: Client, coordinator: User, theirs: Student, stranger: Student, caught: list[str], way: str
) -> None:
    client.force_login(coordinator)
    for noted in ("", f"?noted={stranger.pk}"):
        with pytest.raises(LeakError, match=f"no record of student {theirs.pk}"):
            client.get(f"/show/{way}/{theirs.pk}/{noted}")
    assert len(caught) == 2


def test_the_record_of_an_earlier_request_does_not_count(
    client: Client, coordinator: User, theirs: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    client.get(f"/show/name/{theirs.pk}/?noted={theirs.pk}")
    with pytest.raises(LeakError, match="no record"):
        client.get(f"/show/name/{theirs.pk}/")


def test_a_name_that_two_students_bear_does_not_say_who_was_shown(
    client: Client, coordinator: User, theirs: Student, oracle: Oracle
) -> None:
    twin = build.student(theirs.enrolments.get().school, "Ondine", "Vexcroft")
    client.force_login(coordinator)
    client.get(f"/show/name/{twin.pk}/?noted={theirs.pk}")
    assert oracle.pages == 1


@pytest.mark.parametrize("way", LINKS)
def test_a_number_in_an_address_is_caught_whoever_reads_it(
    client: Client, coordinator: User, theirs: Student, caught: list[str], way: str
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError, match="in an address"):
        client.get(f"/show/{way}/{theirs.pk}/?noted={theirs.pk}")
    assert len(caught) == 1


@pytest.mark.parametrize("way", QUIET)
def test_a_surrogate_id_and_a_picture_show_nobody(
    client: Client, coordinator: User, stranger: Student, way: str, oracle: Oracle
) -> None:
    client.force_login(coordinator)
    client.get(f"/show/{way}/{stranger.pk}/")
    assert oracle.pages == 1


def test_nobody_is_shown_to_somebody_who_is_not_signed_in(client: Client, theirs: Student, caught: list[str]) -> None:
    with pytest.raises(LeakError, match="user None"):
        client.get(f"/show/name/{theirs.pk}/")


@pytest.mark.parametrize("address", ["asking", "leaving", "show/name"])
def test_the_reader_is_known_whether_or_not_the_page_asked(
    client: Client, coordinator: User, stranger: Student, caught: list[str], address: str
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError):
        client.get(f"/{address}/{stranger.pk}/")
    reader = None if address == "leaving" else coordinator.pk
    assert all(f"shows user {reader} " in leak for leak in caught)


def test_a_page_shown_after_signing_out_is_nobodys(
    client: Client, coordinator: User, theirs: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError, match="user None"):
        client.get(f"/leaving/{theirs.pk}/")


def test_a_leak_that_a_test_swallows_is_kept_until_its_end(
    client: Client, coordinator: User, stranger: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    for _ in range(2):
        with pytest.raises(LeakError):
            client.get(f"/show/number/{stranger.pk}/")
    assert len(caught) == 2


def test_a_number_that_the_user_typed_may_come_back_to_the_same_browser_only(
    client: Client, coordinator: User, stranger: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    client.post(f"/show/number/{stranger.pk}/", {"osis": stranger.osis})
    client.get(f"/show/number/{stranger.pk}/")
    assert caught == []
    another = Client()
    another.force_login(coordinator)
    with pytest.raises(LeakError):
        another.get(f"/show/number/{stranger.pk}/")


def test_typing_a_number_does_not_buy_the_name(
    client: Client, coordinator: User, stranger: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError, match="the full name"):
        client.post(f"/show/name/{stranger.pk}/", {"osis": stranger.osis})


def test_a_number_in_the_log_is_caught_even_in_a_traceback(
    client: Client, coordinator: User, theirs: Student, caught: list[str]
) -> None:
    client.force_login(coordinator)
    with pytest.raises(LeakError, match=f"the log names student {theirs.pk}: the OSIS"):
        client.get(f"/logging/{theirs.pk}/")
    client.get(f"/show/by id/{theirs.pk}/")
    assert len(caught) == 1


def test_looking_counts_as_no_query_of_the_page(
    client: Client, coordinator: User, theirs: Student, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(coordinator)
    with django_assert_num_queries(3):  # the page's own one, and a savepoint around it
        client.get(f"/show/by id/{theirs.pk}/")
