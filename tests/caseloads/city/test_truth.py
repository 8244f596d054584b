"""What is planted is what the comparison finds, all of it and nothing else; the rest is seen for what it is."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.truth import Planted
from compliance.kinds import Code, Condition
from compliance.models import Finding
from compliance.reconcile.run import compare
from tests import build as rows
from tests.caseloads.city.building import built, options

STATES = {Condition.OPEN: "open", Condition.WAITING: "waiting", Condition.EXEMPT: "exempt"}
LETTERS = ("RSA_UNDER_HOLD", "RSA_WITHOUT_AGENCIES", "RSA_UNUSED")
Key = tuple[object, ...]


def found() -> dict[Key, str]:
    """Return what the comparison said: how each code stands, by its subject."""
    every = Finding.objects.exclude(condition=Condition.CLOSED).select_related("call", "place")
    return {_key(one): STATES[Condition(one.condition)] for one in every}


def _key(one: Finding) -> Key:
    code, call = Code(one.code).name, one.call
    if call is not None:
        return (code, call.confirmation or call.reference)
    if one.place is not None:
        return (code, one.provider_number, one.place.dbn)
    if one.iep_id is not None:
        return (code, one.osis)
    line = (one.osis, one.service, one.language)
    return (code, *line, one.provider_number) if one.letter_id else (code, *line, one.setting, one.provider_number)


def key(one: Planted) -> Key:
    """Return the same of what was planted."""
    subject = one.subject
    if subject.call is not None:
        return (one.code, subject.call)
    if subject.dbn is not None:
        return (one.code, subject.provider, subject.dbn)
    line = (subject.osis, subject.service, subject.language)
    if one.code in LETTERS:
        return (one.code, *line, subject.provider)
    if subject.service is None:
        return (one.code, subject.osis)
    return (one.code, *line, subject.setting, subject.provider)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 11, 12), date(2026, 9, 18), date(2027, 6, 9)])
def test_everything_planted_is_found_and_nothing_else(day: date) -> None:
    with built(options(900, seed=day.toordinal(), day=day)) as city:
        compare(as_of=options(1, day=day).at, now=rows.REAL)
        said = found()
        assert {one for one, state in said.items() if state == "open"} == {key(one) for one in city.planted}
        for one in city.near:
            assert said.get(key(one), "agree") == one.state, one
