"""Fifty at the same moment, with real threads and real transactions."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from caseloads.intake import Form, FormUsed, Recorded
from caseloads.kinds import Outcome
from caseloads.models import Call, Delivery
from caseloads.propagation.bell import BELL
from orcs_portal.shared.models import Touched
from providers.models import Provider
from tests import build
from tests.caseloads.calls import asked, call, scene
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the rings instead of starting the bell's thread."""
    rung: list[int] = []
    monkeypatch.setattr(BELL, "ring", lambda: rung.append(1))
    return rung


def number(recorded: Recorded) -> str:
    """Return the number that a caller hears."""
    assert recorded.call is not None
    return str(recorded.call.confirmation)


def test_fifty_posts_of_one_form_make_one_call(rings: list[int]) -> None:
    here = scene()
    form = Form(uuid4(), "a" * 64)
    answers = at_once([partial(call, here.provider, asked(here.osis), form=form)] * 50)
    assert len({number(one) for one in answers}) == 1
    assert not any(one.repeated for one in answers)
    assert (Call.objects.count(), Delivery.objects.count(), Touched.objects.count()) == (1, 3, 1)
    assert len(rings) == 1


def test_of_one_form_with_two_bodies_one_wins_and_the_other_is_told() -> None:
    here = scene()
    other = build.mandated(here.school).student.osis
    token = uuid4()

    def post(osis: int, digest: str) -> str:
        try:
            return number(call(here.provider, asked(osis), form=Form(token, digest)))
        except FormUsed as used:
            return f"used by {used.call.confirmation}"

    heard = Counter(at_once([partial(post, here.osis, "a" * 64), partial(post, other, "b" * 64)] * 25))
    row = Call.objects.get()
    assert heard == {row.confirmation: 25, f"used by {row.confirmation}": 25}
    assert Delivery.objects.count() == 3


def test_two_providers_twenty_five_times_each_have_one_first_attend_each() -> None:
    here = scene()
    second = build.provider(at=here.school)

    def post(provider: Provider) -> tuple[int, str]:
        form = Form(uuid4(), "a" * 64)
        return provider.pk, number(call(provider, asked(here.osis), form=form))

    heard = Counter(at_once([partial(post, here.provider), partial(post, second)] * 25))
    assert sorted(heard.values()) == [25, 25]
    rows = Call.objects.filter(outcome=Outcome.ACCEPTED)
    assert {(row.provider_id, row.confirmation) for row in rows} == set(heard)
    assert (Delivery.objects.count(), Touched.objects.count()) == (6, 2)


def test_refusals_at_the_same_moment_all_get_numbers_of_their_own() -> None:
    here = scene()
    unmandated = build.student(here.school).osis
    answers = at_once([partial(call, here.provider, asked(unmandated))] * 24)
    references = {one.call.reference for one in answers if one.call}
    assert len(references) == Call.objects.filter(outcome=Outcome.UNLINKED).count() == 24
