"""The staircase: foreign keys point down it, and nothing below names what stands on top."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from tests.architecture import tree

STAIRS = ("shared", "audit", "accounts", "providers", "caseloads", "compliance")
BELOW_COMPLIANCE = (
    "orcs_portal/shared",
    "orcs_portal/audit",
    "orcs_portal/accounts",
    "providers",
    "caseloads",
    "templates/accounts",
    "templates/providers",
    "templates/caseloads",
)


def step(model: type[Model]) -> int:
    """Return how high a model stands; Django's own tables lie under the lowest step."""
    label = model._meta.app_label
    return STAIRS.index(label) if label in STAIRS else -1


def links() -> list[tuple[type[Model], str, type[Model]]]:
    """Return every foreign key and many-to-many of our models as owner, name and target."""
    found: list[tuple[type[Model], str, type[Model]]] = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(field, ForeignKey | ManyToManyField) and isinstance(target, type) and step(model) >= 0:
                found.append((model, field.name, target))
    return found


def test_every_model_of_ours_stands_on_a_step() -> None:
    strangers = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in tree.ROOMS}
    assert strangers == set(STAIRS)


def test_every_foreign_key_points_down_the_staircase() -> None:
    found = links()
    up = [f"{owner.__name__}.{name} -> {to.__name__}" for owner, name, to in found if step(to) > step(owner)]
    assert len(found) > 20
    assert not up, up


def test_the_access_record_holds_values_and_no_foreign_keys() -> None:
    assert not [name for owner, name, _to in links() if owner._meta.app_label == "audit"]


def namers(path: Path) -> list[str]:
    """Return where a file names compliance in its code; what its comments explain is free."""
    if path.suffix == ".py":
        return [
            f"{tree.named(path)}:{line}" for line, word in tree.words(tree.parsed(path)) if "compliance" in word.lower()
        ]
    return [tree.named(path)] if "compliance" in path.read_text(encoding="utf-8").lower() else []


@pytest.mark.parametrize("floor", BELOW_COMPLIANCE)
def test_nothing_below_names_compliance(floor: str) -> None:
    held = [
        path for path in tree.files() if tree.ROOT / floor in path.parents and path.suffix in {".py", ".html", ".sql"}
    ]
    assert not [where for path in held for where in namers(path)]


def test_a_task_name_of_compliance_below_it_would_be_seen() -> None:
    module = ast.parse('"""Compliance drains it."""\nring("compliance.tasks.drain")\n')
    assert [word for _line, word in tree.words(module) if "compliance" in word] == ["compliance.tasks.drain"]
