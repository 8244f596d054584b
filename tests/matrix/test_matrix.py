"""Every address, by every method, for every role: the answer is the one that somebody wrote down by hand.

A new address fails until it has its rows. Fragments have rows like pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Q
from pytest_django import DjangoDbBlocker, Settings

from caseloads.models import Call
from compliance.mismatches import offices
from orcs_portal.shared import admin, clock
from providers.scope import Standing
from tests import build
from tests.matrix.ask import answers, differing
from tests.matrix.cast import Cast, assemble
from tests.matrix.table import METHODS, Address, Row, addresses, rows
from tests.oracle.oracle import Oracle

ROWS = rows()
ADDRESSES = addresses()
NO_RECORD = {"admin:app_list", "codes", "mismatches-export", "vacancies-export"}
"""Addresses whose parameters name no record: an app, a code of the catalogue, a kind of file."""
BY_ID = [address for address in ADDRESSES if address.parameters and address.name not in NO_RECORD]
ANSWER = re.compile(r"\d{3}|>[\w:-]+")


@pytest.fixture(scope="module")
def assembled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Assemble people and things once, in a transaction around the tests' own; what a cell changes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "real_now", lambda: build.NOW)
            cast = assemble()
        yield cast
        transaction.set_rollback(True)


@pytest.fixture
def cast(assembled: Cast, db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Return the people and things, on the day for which they are built."""
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW)
    monkeypatch.setattr(offices, "_open", [lambda **_asked: "The office did what was asked."])
    return assembled


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_role_gets_what_the_matrix_says(row: Row, cast: Cast, settings: Settings) -> None:
    covered = [address for address in ADDRESSES if row.covers(address.name)]
    assert covered, f"The portal has no address {row.url}"
    wrong = [said for address in covered for said in differing(row, address, cast, settings)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_address_has_a_row_for_every_method(address: Address) -> None:
    covering = [row for row in ROWS if row.covers(address.name)]
    assert {row.method for row in covering} == set(METHODS), f"{address.name} ({address.route}) lacks rows"


def everything(standing: Standing, prefix: str = "") -> Q:
    """Stand in for the scope of schools, and let everybody oversee all of them."""
    return Q(**{f"{prefix}id__isnull": True}) | Q(**{f"{prefix}id__isnull": False})


@pytest.mark.parametrize("address", BY_ID, ids=lambda address: address.name)
def test_without_scope_at_least_one_cell_of_every_address_with_an_id_would_differ(
    address: Address, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch, oracle: Oracle
) -> None:
    monkeypatch.setattr(Standing, "schools_condition", everything)
    monkeypatch.setattr(admin, "is_administrator", lambda _request: True)
    covering = [row for row in ROWS if row.covers(address.name)]
    assert any(differing(row, address, cast, settings) for row in covering)
    oracle.leaks.clear()  # what the pages showed without scope is what this test is for


def test_the_cells_are_written_as_they_are_read() -> None:
    assert not [row.key for row in ROWS for cell in row.expected.values() if not ANSWER.fullmatch(cell)]
    assert len({row.key for row in ROWS}) == len(ROWS)
    assert {row.method for row in ROWS} == set(METHODS)


def test_every_role_of_the_cast_has_a_column_and_every_thing_a_row(cast: Cast) -> None:
    assert {frozenset(row.expected) for row in ROWS} == {frozenset(cast.people)}
    assert {row.about for row in ROWS} - {"a row"} == set(cast.things)


def test_an_address_with_an_id_is_asked_for_a_strangers_and_for_none() -> None:
    ours = [address for address in BY_ID if not address.name.startswith("admin:")]
    assert ours
    for address in ours:
        abouts = {row.about for row in ROWS if row.covers(address.name) and "404" in row.expected.values()}
        assert any(about.startswith("far ") for about in abouts), address.name
        assert any(about.startswith(("no ", "call to nowhere")) for about in abouts), address.name


def test_a_wrong_cell_is_said_with_role_method_and_both_answers(cast: Cast, settings: Settings) -> None:
    row = next(one for one in ROWS if one.key == "GET calls")
    address = next(one for one in ADDRESSES if one.name == "calls")
    wrong = Row(row.url, row.method, row.about, row.expected | {"auditor": "404"})
    assert differing(wrong, address, cast, settings) == [
        "GET calls at calls: auditor by GET got 200, not 404",
        "GET calls at calls: auditor by HEAD got 200, not 404",
    ]


def test_what_one_cell_changed_is_taken_back_before_the_next(cast: Cast, settings: Settings) -> None:
    row = next(one for one in ROWS if one.key == "POST call-record (own student)")
    address = next(one for one in ADDRESSES if one.name == "call-record")
    before = list(Call.objects.values_list("pk"))
    got = list(answers(row, address, cast, settings))
    assert ("provider", "POST", ">call") in got
    assert list(Call.objects.values_list("pk")) == before
