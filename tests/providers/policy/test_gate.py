"""R8: a non-DOE call counts from the day of its own paper on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from providers.kinds import Affiliation
from providers.policy.rules import gate
from providers.policy.verdict import Gate, Paper

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def test_doe_staff_need_no_paper() -> None:
    opened = gate(Affiliation.DOE, transmittal_on=None, rsa_letter_on=None, today=TODAY)
    assert opened == Gate(Paper.NONE, None)
    assert opened.is_open


def test_a_paper_does_not_bind_doe_staff() -> None:
    opened = gate(Affiliation.DOE, transmittal_on=TODAY, rsa_letter_on=TODAY, today=TODAY)
    assert opened.since is None
    assert opened.is_open


@pytest.mark.parametrize(
    ("transmittal_on", "is_open"),
    [(None, False), (YESTERDAY, True), (TODAY, True), (TOMORROW, False)],
    ids=["never", "the day before", "the same day", "only tomorrow"],
)
def test_the_transmittal_opens_the_agencys_gate_from_its_day_on(transmittal_on: date | None, *, is_open: bool) -> None:
    found = gate(Affiliation.AGENCY, transmittal_on=transmittal_on, rsa_letter_on=None, today=TODAY)
    assert found.paper is Paper.TRANSMITTAL
    assert found.is_open is is_open
    assert found.since == (transmittal_on if is_open else None)


@pytest.mark.parametrize(
    ("letter_on", "is_open"),
    [(None, False), (YESTERDAY, True), (TODAY, True), (TOMORROW, False)],
    ids=["never", "the day before", "the same day", "only tomorrow"],
)
def test_the_letter_opens_the_independent_providers_gate_from_its_day_on(
    letter_on: date | None, *, is_open: bool
) -> None:
    found = gate(Affiliation.RSA, transmittal_on=None, rsa_letter_on=letter_on, today=TODAY)
    assert found.paper is Paper.RSA_LETTER
    assert found.is_open is is_open
    assert found.since == (letter_on if is_open else None)


def test_a_letter_does_not_open_the_agencys_gate() -> None:
    assert not gate(Affiliation.AGENCY, transmittal_on=None, rsa_letter_on=YESTERDAY, today=TODAY).is_open


def test_a_transmittal_does_not_open_the_independent_providers_gate() -> None:
    assert not gate(Affiliation.RSA, transmittal_on=YESTERDAY, rsa_letter_on=None, today=TODAY).is_open
