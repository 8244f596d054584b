"""The eyes of the other rules: what is looked at, and that nothing of the machine is."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture import tree


def test_the_tree_holds_the_rooms_and_the_files_beside_them() -> None:
    kept = {tree.named(path) for path in tree.files()}
    assert {"manage.py", "pyproject.toml", "Dockerfile", ".ci/run", "providers/kinds.py"} <= kept


def test_the_tree_leaves_out_what_running_leaves_behind() -> None:
    first = {tree.named(path).split("/", 1)[0] for path in tree.files()}
    assert first.isdisjoint({".git", ".venv", "var", ".mypy_cache", "__pycache__"})


def test_migrations_and_tests_are_not_counted_as_code() -> None:
    assert tree.code()
    assert not [path for path in tree.code() if "migrations" in path.parts or "tests" in path.parts]


def test_functions_are_found_with_their_lengths(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text("class A:\n    def b(self):\n        def c():\n            return 1\n        return c\n")
    assert [(one.name, one.length) for one in tree.functions(path)] == [("b", 4), ("c", 2)]


def test_words_leave_out_comments_and_docstrings() -> None:
    source = '"""Prose."""\n\n\ndef act(*, by):\n    """More prose."""\n    return said.aloud("loud")  # remark\n'
    assert {word for _line, word in tree.words(ast.parse(source))} == {"act", "by", "said", "aloud", "loud"}


def test_calls_are_found_by_their_dotted_name(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text("x = 1\ntimezone.now()\n")
    assert list(tree.calls(path)) == [(2, "timezone.now")]
