"""A clean city: nothing is planted, and the nights that come find nothing to put right."""

from __future__ import annotations

import pytest

from caseloads.city.build import Built
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.rows import fetch
from caseloads.systems.sec.gateway import SecGateway
from caseloads.systems.sesis import documents
from caseloads.systems.sesis.gateway import SesisGateway
from compliance.kinds import Condition
from compliance.models import Finding
from compliance.reconcile.run import compare
from orcs_portal.shared.clock import at_local
from tests import build as rows
from tests.caseloads.city.building import DAY, count, options

pytestmark = pytest.mark.django_db


def test_nothing_is_planted_in_it(clean: Built) -> None:
    assert (clean.planted, clean.near) == ([], [])


def test_nothing_is_open_in_it_and_much_is_waiting(clean: Built) -> None:
    compare(as_of=options(1).at, now=rows.REAL)
    assert not Finding.objects.filter(condition=Condition.OPEN).exists()
    assert Finding.objects.filter(condition=Condition.WAITING).count() > 20


def test_cap_says_what_the_last_night_would_have_told_it(clean: Built) -> None:
    assert CapGateway().follow(now=at_local(DAY, 1)) == 0
    assert CapGateway().settle(now=at_local(DAY, 2)) == []


def test_sec_shows_what_the_last_night_would_have_shown(clean: Built) -> None:
    lines = "SELECT count(*), count(until_at) FROM caseloads_secline"
    before = fetch(lines)
    assert SecGateway().settle(now=at_local(DAY, 3)) == []
    assert fetch(lines) == before


def test_sesis_has_entered_what_was_due(clean: Built) -> None:
    states = "SELECT count(*) FROM caseloads_entry WHERE state = 2"
    before = count(states)
    SesisGateway().settle(now=options(1).at)
    documents.turn_over(now=options(1).at)
    assert documents.open_by_assignment(now=options(1).at) == 0
    assert count(states) == before


def test_every_document_has_come_down(clean: Built) -> None:
    assert documents.to_download(now=options(1).at) == []
