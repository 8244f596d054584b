"""Reads ``docs/memo.md``: one row a rule, and what each of its cells names."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from tests.architecture import tree

PAGE = tree.ROOT / "docs" / "memo.md"
NAME = re.compile(r"`([^`]+)`")
NOT_YET = "*not yet*"


class Row(NamedTuple):
    """A rule, what it says, and the cells for code, test and screen."""

    rule: str
    says: str
    code: str
    test: str
    screen: str

    @property
    def is_not_yet(self) -> bool:
        """True where any cell still waits for its piece."""
        return NOT_YET in (self.code, self.test, self.screen)


def rows(text: str) -> list[Row]:
    """Return the table's rows; raises ``TypeError`` for one with too many or too few cells."""
    lines = [line for line in text.splitlines() if re.match(r"\|\s*R\d+\s*\|", line)]
    return [Row(*(cell.strip() for cell in line.strip().strip("|").split("|"))) for line in lines]


def names(cell: str) -> tuple[str, ...]:
    """Return what a cell names, in order."""
    return tuple(NAME.findall(cell))


def is_filled(cell: str) -> bool:
    """Return whether a cell holds names and nothing else, or says *not yet* and nothing else."""
    return cell == NOT_YET or (bool(names(cell)) and not NAME.sub("", cell).strip())


def is_a_test(name: str) -> bool:
    """Return whether a test of this path and name is in the tree."""
    path, _, function = name.partition("::")
    file = tree.ROOT / path
    if not (path.startswith("tests/") and file.is_file()):
        return False
    module = ast.parse(file.read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    return function.startswith("test_") and function in found
