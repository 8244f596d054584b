"""Which line of SEC's report stands for which mandate of the IEP, before anything is called missing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from caseloads.models import Mandate
from caseloads.systems.sec.report import ReportLine
from compliance.reports.pairing import Pair, pairs
from providers.kinds import Language, Service, Setting
from tests import build
from tests.compliance.reports.lines import read, sec_line

pytestmark = pytest.mark.django_db

ENGLISH, SPANISH = Language.ENGLISH, Language.SPANISH


@pytest.fixture
def mandate() -> Mandate:
    """Return speech, English, 3 x 30 x 2."""
    return build.mandated(build.school())


def ids(found: Sequence[Pair]) -> set[tuple[int | None, int | None]]:
    """Return the pairs as ids of line and mandate."""
    return {(pair.line.id if pair.line else None, pair.mandate.pk if pair.mandate else None) for pair in found}


def shown(mandate: Mandate, **columns: object) -> ReportLine:
    """Return a line of the report that is the mandate's but for some columns."""
    return read(sec_line(mandate, **columns))


def test_the_same_key_is_one_line_and_agrees(mandate: Mandate) -> None:
    (pair,) = pairs([shown(mandate)], [mandate])
    assert pair.line is not None
    assert (pair.mandate, pair.differs) == (mandate, ())


@pytest.mark.parametrize("field", ["frequency", "duration", "group_size"])
def test_a_figure_that_differs_is_named(mandate: Mandate, field: str) -> None:
    (pair,) = pairs([shown(mandate, **{field: getattr(mandate, field) + 1})], [mandate])
    assert pair.differs == (field,)


def test_another_language_and_another_setting_are_paired_and_named(mandate: Mandate) -> None:
    (pair,) = pairs([shown(mandate, language=SPANISH)], [mandate])
    assert pair.differs == ("language",)
    (pair,) = pairs([shown(mandate, setting=Setting.INDIVIDUAL, group_size=1, language=SPANISH)], [mandate])
    assert pair.differs == ("group_size", "language", "setting")


def test_another_service_is_no_pair(mandate: Mandate) -> None:
    line = shown(mandate, service=Service.COUNSELING)
    assert ids(pairs([line], [mandate])) == {(line.id, None), (None, mandate.pk)}


def test_the_same_key_comes_before_any_other_match(mandate: Mandate) -> None:
    alone = build.mandate(mandate.iep, group_size=1)
    same, other = shown(alone), shown(mandate, language=SPANISH)
    assert ids(pairs([other, same], [alone, mandate])) == {(same.id, alone.pk), (other.id, mandate.pk)}


def test_the_same_language_comes_before_the_same_setting(mandate: Mandate) -> None:
    group_in_spanish = build.mandate(mandate.iep, language=SPANISH)
    line = shown(mandate, language=SPANISH, setting=Setting.INDIVIDUAL, group_size=1)
    assert ids(pairs([line], [mandate, group_in_spanish])) == {(line.id, group_in_spanish.pk), (None, mandate.pk)}


def test_each_is_used_once(mandate: Mandate) -> None:
    first, second = shown(mandate), shown(mandate, language=SPANISH)
    assert ids(pairs([first, second], [mandate])) == {(first.id, mandate.pk), (second.id, None)}


def test_nothing_and_nothing_make_nothing() -> None:
    assert pairs([], []) == []


def test_what_lacks_its_other_half_differs_in_no_field(mandate: Mandate) -> None:
    assert Pair(None, mandate).differs == Pair(shown(mandate), None).differs == ()
