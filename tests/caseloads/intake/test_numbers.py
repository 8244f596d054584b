"""Numbers are drawn until one is free, and give up loudly."""

from __future__ import annotations

import random

import pytest

from caseloads import intake
from caseloads.models import Call, Delivery
from providers.kinds import Affiliation, Service
from tests import build
from tests.caseloads.calls import Scene, asked, call, scene

pytestmark = pytest.mark.django_db


class Counting(random.Random):
    """Counts what is drawn from it."""

    draws = 0

    def randrange(self, *bounds: int) -> int:  # type: ignore[override] # as many bounds as are passed on
        self.draws += 1
        return super().randrange(*bounds)


class Stuck(Counting):
    """Always draws the same number."""

    def randrange(self, *bounds: int) -> int:  # type: ignore[override] # as above
        self.draws += 1
        return bounds[0]


@pytest.fixture
def here() -> Scene:
    return scene()


def others(here: Scene, count: int) -> list[int]:
    """Return the numbers of more students of the scene's provider."""
    mandates = [build.mandated(here.school) for _ in range(count)]
    return [mandate.student.osis for mandate in mandates]


def test_a_number_that_is_taken_is_drawn_again(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "RNG", Counting(7))
    first = call(here.provider, asked(here.osis)).call
    (osis,) = others(here, 1)
    again = Counting(7)
    monkeypatch.setattr(intake, "RNG", again)
    second = call(here.provider, asked(osis)).call
    assert first is not None
    assert second is not None
    assert first.confirmation != second.confirmation
    assert again.draws == 2
    assert Delivery.objects.filter(call=second).count() == 3


def test_references_are_drawn_again_too(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    for _ in range(3):
        monkeypatch.setattr(intake, "RNG", Counting(7))
        call(provider, asked(here.osis))
    references = set(Call.objects.values_list("reference", flat=True))
    assert len(references) == 3


def test_a_confirmation_and_a_reference_may_share_their_digits(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for service in (Service.SPEECH, Service.COUNSELING):
        drawn = Counting(7)
        monkeypatch.setattr(intake, "RNG", drawn)
        call(here.provider, asked(here.osis, service=service))
        assert drawn.draws == 1


def test_without_a_free_number_nothing_is_kept(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = Stuck()
    monkeypatch.setattr(intake, "RNG", stuck)
    call(here.provider, asked(here.osis))
    (osis,) = others(here, 1)
    stuck.draws = 0
    with pytest.raises(RuntimeError, match="No free confirmation number"):
        call(here.provider, asked(osis))
    assert stuck.draws == intake.DRAWS == 20
    assert Call.objects.count() == 1


def test_many_calls_have_as_many_numbers(here: Scene) -> None:
    for osis in others(here, 20):
        call(here.provider, asked(osis))
    numbers = Call.objects.values_list("confirmation", flat=True)
    assert len(set(numbers)) == len(numbers) == 20
