"""Nothing the database refuses goes untried, and no decision stands without its author and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from orcs_portal.shared.fields import all_or_none, author_only_with_time

TESTS = Path(__file__).resolve().parents[2]
ROOMS = ("providers", "caseloads", "shared")
TARGETS = {
    "contract_for_transmittal": "what a transmittal's composite foreign key points at",
    "provider_with_affiliation": "what access rows and letters point at",
    "iep_with_student": "what a mandate points at",
    "mandate_with_student": "what an entry points at",
    "call_with_student": "what a delivery points at",
}
"""Unique by the primary key in them: there to be pointed at, they can refuse nothing."""


def rows() -> Iterator[type[models.Model]]:
    """Yield the models of these rooms."""
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models()


def composite_keys() -> list[str]:
    """Return the foreign keys over more than one column, which the models cannot name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) > 1")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_every_constraint_is_tried() -> None:
    tried = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.glob("*/models/test_*.py"))
    named = [constraint.name for row in rows() for constraint in row._meta.constraints]
    held = composite_keys()
    assert len(held) >= 7
    untried = [name for name in (*named, *held) if name not in TARGETS and f'"{name}"' not in tried]
    assert not untried, untried


def authors(row: type[models.Model]) -> Iterator[tuple[models.Field[object, object], models.Field[object, object]]]:
    """Yield each field that says who did something, with the field that says when."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name, field in fields.items():
        act = re.fullmatch(r"(\w+)_by", name)
        if act and field.remote_field and field.remote_field.model._meta.label == settings.AUTH_USER_MODEL:
            yield field, fields.get(act[1]) or fields[f"{act[1]}_at"]


def checks(row: type[models.Model]) -> list[object]:
    """Return the conditions of a model's check constraints."""
    return [one.condition for one in row._meta.constraints if isinstance(one, models.CheckConstraint)]


def held_together(row: type[models.Model], author: str, time: str) -> bool:
    """Return whether a constraint holds an author, a time and what was decided together, all set or all null."""
    decided = [field.name for field in row._meta.concrete_fields if field.null]
    wholes = [all_or_none(decision, *order) for decision in decided for order in ((author, time), (time, author))]
    return any(condition in wholes for condition in checks(row))


def test_no_author_stands_without_a_time() -> None:
    """What was decided, by whom and when are all set or all null; what a command may do has a time and no author."""
    found = [(row, author, time) for row in rows() for author, time in authors(row) if time.null]
    decisions = [one for one in found if held_together(one[0], one[1].name, one[2].name)]
    acts = [one for one in found if author_only_with_time(one[1].name, one[2].name) in checks(one[0])]
    assert {row._meta.label for row, _, _ in decisions} == {
        "providers.AccessRequest",
        "caseloads.Offer",
        "caseloads.Vacancy",
    }
    assert {row._meta.label for row, _, _ in acts} == {
        "caseloads.Iep",
        "caseloads.Delivery",
        "caseloads.SystemSetting",
        "caseloads.RsaLetter",
        "providers.AccessRequest",
    }
    assert [one for one in found if one not in decisions and one not in acts] == []
