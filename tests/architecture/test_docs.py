"""The pages beside the code: decisions, changes, and that what they point to exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture import tree

DECISIONS = sorted((tree.ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|#|mailto:)([^)\s#]+)")
PAGES = [path for path in tree.files() if path.suffix == ".md"]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_options_choice_and_price(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert re.match(rf"# {int(path.name[:4])}\. \S", text)
    assert headings == ["Question", "Options", "Choice", "Price"]
    assert len(text.splitlines()) <= 60


def test_the_changelog_begins_with_what_is_unreleased() -> None:
    headings = re.findall(r"^## (.+)$", (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


@pytest.mark.parametrize("path", PAGES, ids=tree.named)
def test_what_a_page_points_to_exists(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (path.parent / target).exists()]
