"""A second delivery, a lost reply and a swapped pair change nothing."""

from __future__ import annotations

import pytest

from tests.faults.campaign import Campaign

pytestmark = pytest.mark.timeout(300)

LOSE, DUPLICATE = 5, 6


def test_with_nothing_wrong_each_call_has_one_effect_in_each_system(campaign: Campaign) -> None:
    made = campaign.call_anew(20)
    assert len(set(made)) == 20
    campaign.assert_once_each(made)
