"""Templates: each is used and each that is named exists; none carries style, script or handlers of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

from tests.architecture import tree

FOLDER = tree.ROOT / "templates"
STATIC = tree.ROOT / "static"
NAMED = re.compile(r"[\"']([\w/.-]+\.(?:html|txt))[\"']")
STATIC_NAMED = re.compile(
    r"""(?:static\s+|url\(|from\s+|import\s+)["']?\.{0,2}/?([\w/.-]+\.(?:css|js|svg|png|woff2))["']?"""
)
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
CALLED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}

FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script with a body": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an hx-on handler": re.compile(r"\bhx-on\b"),
    "markup let through unescaped": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "an exclamation mark": re.compile(r"(?<![<\[&{])!(?![=-])"),
}


def name(path: Path) -> str:
    """Return a template's name as Django knows it."""
    return path.relative_to(FOLDER).as_posix()


def bare(path: Path) -> str:
    """Return a template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def said() -> set[str]:
    """Return every template's name that code or another template says."""
    in_code = {word for path in tree.code() for _line, word in tree.words(tree.parsed(path))}
    return in_code | {match for path in tree.templates() for match in NAMED.findall(bare(path))}


def comes_with_a_package(template: str) -> bool:
    """Return whether an installed package has a template of this name, which ours stands in for or builds on."""
    return any((folder / template).exists() for folder in map(Path, get_app_template_dirs("templates")))


def test_every_template_is_used() -> None:
    unused = {name(path) for path in tree.templates()} - said() - CALLED_BY_DJANGO
    assert not {template for template in unused if not comes_with_a_package(template)}


def test_every_template_that_a_template_names_exists() -> None:
    ours = {name(path) for path in tree.templates()}
    missing = {(name(path), match) for path in tree.templates() for match in NAMED.findall(bare(path))}
    assert not {(where, what) for where, what in missing if what not in ours and not comes_with_a_package(what)}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert not [name(path) for path in tree.templates() if FORBIDDEN[what].search(bare(path))]


@pytest.mark.parametrize(
    ("what", "markup"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("a style element", "<style>p { color: red }</style>"),
        ("a script with a body", "<script>go()</script>"),
        ("a script with a body", '<script type="module">go()</script>'),
        ("a handler", '<button type="button" onclick="go()">'),
        ("a javascript address", '<a href="javascript:go()">'),
        ("an hx-on handler", '<a hx-on:click="go()">'),
        ("markup let through unescaped", "{{ student|safe }}"),
        ("an exclamation mark", "<p>Saved!</p>"),
    ],
)
def test_what_a_template_may_not_hold_would_be_seen(what: str, markup: str) -> None:
    assert FORBIDDEN[what].search(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<!doctype html>",
        '<script src="/static/js/app.js" defer></script>',
        '<p class="style">on this page</p>',
        "{% if a != b %}once{% endif %}",
        '<option value="1" data-one="2">',
    ],
)
def test_what_is_allowed_is_not_seen(markup: str) -> None:
    assert not [what for what, pattern in FORBIDDEN.items() if pattern.search(markup)]


def test_every_static_file_is_used() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in tree.files() if path.suffix in {".html", ".css", ".js", ".py"}
    ]
    said = {match.rsplit("/", 1)[-1] for text in texts for match in STATIC_NAMED.findall(text)}
    held = {path for path in tree.files() if STATIC in path.parents}
    assert not [tree.named(path) for path in held if path.name not in said]
