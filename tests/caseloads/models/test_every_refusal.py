"""Nothing the database refuses goes untried, and no decision stands without its author and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from orcs_portal.shared.fields import all_or_none

TESTS = Path(__file__).resolve().parents[2]
ROOMS = ("providers", "caseloads", "shared")
TARGETS = {
    "contract_for_transmittal": "what a transmittal's composite foreign key points at",
    "provider_with_affiliation": "what access rows and letters point at",
    "iep_with_student": "what a mandate points at",
}
"""Unique by the primary key in them: there to be pointed at, they can refuse nothing."""

WITHOUT_AN_AUTHOR = {
    ("providers.PolicySwitch", "set_at"): "the memo itself set the first hold",
    ("caseloads.ClockMove", "asked"): "a command has no account",
    ("caseloads.SystemSetting", "changed"): "a command has no account",
    ("caseloads.Delivery", "replayed"): "a command has no account",
    ("caseloads.Iep", "finalised"): "a command has no account",
}
"""Acts whose time is known although nobody signed in did them."""


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
    assert len(held) >= 5
    untried = [name for name in (*named, *held) if name not in TARGETS and f'"{name}"' not in tried]
    assert not untried, untried


def authors(row: type[models.Model]) -> Iterator[tuple[models.Field[object, object], models.Field[object, object]]]:
    """Yield each field that says who did something, with the field that says when."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name, field in fields.items():
        act = re.fullmatch(r"(\w+)_by", name)
        if act and field.remote_field and field.remote_field.model._meta.label == settings.AUTH_USER_MODEL:
            yield field, fields.get(act[1]) or fields[f"{act[1]}_at"]


def held_together(row: type[models.Model], author: str, time: str) -> bool:
    """Return whether a constraint holds an author, a time and what was decided together, all set or all null."""
    decided = [field.name for field in row._meta.concrete_fields if field.null]
    return any(
        constraint.condition == all_or_none(decision, *order)
        for constraint in row._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        for decision in decided
        for order in ((author, time), (time, author))
    )


def test_a_decision_its_author_and_its_time_are_all_set_or_all_null() -> None:
    found = [(row, author, time) for row in rows() for author, time in authors(row)]
    triples = 0
    for row, author, time in found:
        if (row._meta.label, time.name) in WITHOUT_AN_AUTHOR or not (author.null or time.null):
            continue
        triples += 1
        assert held_together(row, author.name, time.name), f"{row._meta.label}: {author.name} and {time.name}"
    assert triples == 2, "an access request's decision and an offer's answer"


def test_no_exception_outlives_its_reason() -> None:
    found = {(row._meta.label, time.name) for row in rows() for author, time in authors(row) if author.null}
    assert set(WITHOUT_AN_AUTHOR) <= found
