"""Finds decisions by affiliation or role: what only the policy may make.

A decision is a comparison, a match, a table, a query's condition, SQL or a template's condition that asks who employs
somebody or what they do.  Handing the value on, showing it, or filtering by what a user picked is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture import tree

LISTS = {"Affiliation", "Role"}
FIELDS = {"affiliation", "role"}
CONDITIONS = {"filter", "exclude", "get", "Q", "When", "FilteredRelation"}
SQL = re.compile(
    r"\b(?:affiliation|role)\b\s*(?:=(?!\x22)|<>|!=|in\b|not\s+in\b)(?!\s*\w+\.(?:affiliation|role)\b)"
    r"|\bcase\s+(?:\w+\.)?(?:affiliation|role)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"{%\s*(?:if|elif|with)\b[^%]*\b(?:affiliation|role)\b[^%]*%}")


def in_python(source: str, *, rows: bool = False) -> list[tuple[int, str]]:
    """Return the decisions in a Python file, each with its line and text.

    In a module of ``rows`` the conditions of queries are left out: there they are the database's own refusals.
    """
    module = ast.parse(source)
    prose = {node for node in tree.docstrings(module) if isinstance(node, ast.Constant)}
    nodes = (node for node in ast.walk(module) if node not in prose)
    return sorted({(node.lineno, ast.unparse(node)) for node in nodes if _decides(node, rows=rows)})  # type: ignore[attr-defined]  # every kind that decides has a line


def in_template(text: str) -> list[tuple[int, str]]:
    """Return the conditions in a template that ask for affiliation or role."""
    return [(text.count("\n", 0, found.start()) + 1, found[0]) for found in TAG.finditer(text)]


def _decides(node: ast.AST, *, rows: bool) -> bool:
    match node:
        case ast.Compare():
            sides = [node.left, *node.comparators]
            return any(map(_speaks, sides)) and not any(_is_none(side) for side in sides)
        case ast.Match(subject=asked) | ast.Subscript(slice=asked):
            return _speaks(asked)
        case ast.Dict(keys=keys):
            return any(key is not None and _is_member(key) for key in keys)
        case ast.Call():
            return not rows and _last(node.func) in CONDITIONS and _names_a_member(node)
        case ast.Constant(value=str(text)):
            return SQL.search(text) is not None
    return False


def _speaks(node: ast.expr) -> bool:
    """Return whether an expression is somebody's affiliation or role, or one of the lists."""
    return _names_a_member(node) or any(_last(inner) in FIELDS for inner in _parts(node))


def _names_a_member(node: ast.expr) -> bool:
    return any(_is_member(inner) for inner in ast.walk(node) if isinstance(inner, ast.expr))


def _is_member(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return _last(node.value) in LISTS and node.attr.isupper()
    return isinstance(node, ast.Name) and node.id == "NON_DOE"


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression and what a tuple or a conversion such as ``Role(...)`` holds."""
    yield node
    match node:
        case ast.Tuple(elts=inner) | ast.List(elts=inner) | ast.Set(elts=inner) | ast.Call(args=inner):
            yield from inner


def _last(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
