"""The files of this repository, for the rules that are checked over the whole tree."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("orcs_portal", "providers", "caseloads", "compliance")
UNKEPT = {"var", "build", "htmlcov", "node_modules", "__pycache__"}
KEPT_DOTTED = {".ci", ".dockerignore", ".editorconfig", ".gitignore", ".pre-commit-config.yaml"}
PICTURES = {".png", ".jpg", ".jpeg", ".ico", ".woff2", ".gz"}


class Function(NamedTuple):
    """One function: where it stands, what it is called, and its length in lines."""

    path: Path
    name: str
    length: int


def is_kept(name: str) -> bool:
    """Return whether an entry of a folder belongs to the repository rather than to what it leaves behind."""
    if name.startswith("."):
        return name in KEPT_DOTTED
    return name not in UNKEPT and not name.endswith((".egg-info", ".pyc"))


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the repository, whether it is committed yet or not, sorted."""
    found: list[Path] = []
    for folder, names, leaves in os.walk(ROOT):
        names[:] = [name for name in names if is_kept(name)]
        found += [Path(folder, leaf) for leaf in leaves if is_kept(leaf)]
    return tuple(sorted(found))


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every file that holds text, with its text."""
    for path in files():
        if path.suffix not in PICTURES:
            yield path, path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    """Return a path as a person would write it from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def is_code(path: Path) -> bool:
    """Return whether a file is code that we wrote: Python in one of the rooms, migrations apart."""
    parts = path.relative_to(ROOT).parts
    return path.suffix == ".py" and (parts[0] in ROOMS or parts == ("manage.py",)) and "migrations" not in parts


def code() -> tuple[Path, ...]:
    """Return the Python files of the rooms, migrations apart."""
    return tuple(path for path in files() if is_code(path))


def tests() -> tuple[Path, ...]:
    """Return the Python files of the tests."""
    return tuple(path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == "tests")


def templates() -> tuple[Path, ...]:
    """Return our templates."""
    return tuple(path for path in files() if path.suffix in {".html", ".txt"} and ROOT / "templates" in path.parents)


@cache
def parsed(path: Path) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> list[Function]:
    """Return the functions of a Python file, methods and inner ones included, each with its length in lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        Function(path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(parsed(path))
        if isinstance(node, kinds)
    ]


def docstrings(module: ast.Module) -> set[ast.expr]:
    """Return the nodes that are docstrings."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].value
        for node in ast.walk(module)
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }


def words(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the names and the strings of a module with their lines; comments and docstrings are left out."""
    prose = docstrings(module)
    for node in ast.walk(module):
        match node:
            case ast.Constant(value=str(word)) if node not in prose:
                yield node.lineno, word
            case ast.Name(id=word) | ast.Attribute(attr=word):
                yield node.lineno, word
            case ast.alias(name=word) | ast.ImportFrom(module=str(word)):
                yield node.lineno, word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word) | ast.arg(arg=word):
                yield node.lineno, word


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every call of a Python file as its line and the dotted name that is called."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)
