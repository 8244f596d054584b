"""Looks for students in an answer: by number, by full name, and by a family name that nobody else bears."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"(?<!\d)\d{3}[\s.-]?\d{3}[\s.-]?\d{1,3}(?!\d)")
ADDRESS = re.compile(r"""\b(?:href|action|formaction|src|hx-\w+)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


@dataclass(frozen=True)
class Planted:
    """A student as the suite put it into the database."""

    id: int
    osis: int
    first_name: str
    last_name: str

    @property
    def full_names(self) -> tuple[str, str]:
        """The name in both orders, as spoken words between blanks."""
        return spoken(f"{self.first_name} {self.last_name}"), spoken(f"{self.last_name} {self.first_name}")


@dataclass(frozen=True)
class Page:
    """An answer's text in the forms that are searched."""

    words: str
    numbers: frozenset[int]


def spoken(text: str) -> str:
    """Return the words of a text in lower case, one blank around each, so that whole names are found by ``in``."""
    return f" {' '.join(WORD.findall(text.casefold()))} "


def numbers_in(text: str) -> frozenset[int]:
    """Return the numbers of seven to nine digits, also where blanks or dashes group them."""
    return frozenset(int(re.sub(r"\D", "", found)) for found in NUMBER.findall(text))


def read(content: str) -> Page:
    """Return the page's words and numbers: of the markup as it is, and of the text when every tag is taken out.

    Taken out without a blank, since a number may be set in groups of digits; with one, since names stand in cells.
    """
    plain = unescape(content)
    apart, together = TAG.sub(" ", plain), TAG.sub("", plain)
    return Page(spoken(f"{plain} {apart}"), numbers_in(plain) | numbers_in(apart) | numbers_in(together))


def addresses_in(content: str) -> str:
    """Return all addresses that the page links, posts or fetches to, one a line."""
    return "\n".join(unescape(found) for found in ADDRESS.findall(content))


@cache
def words_of_templates() -> str:
    """Return the words that templates use by themselves: they are not evidence of a student who is called that."""
    return spoken(" ".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html"))))


def found(page: Page, students: Iterable[Planted], *, typed: frozenset[int], known: str) -> list[str]:
    """Return a sentence per student of ``students`` whom the page shows.

    ``typed`` are the numbers that this browser itself sent: a page may show them again. ``known`` are the spoken names
    of everybody whom the user may see; a family name that occurs among them proves nothing.
    """
    return [
        f"student {student.id}: {what}"
        for student in students
        for what in shown(page, student, typed=typed, known=known)
    ]


def shown(page: Page, student: Planted, *, typed: frozenset[int], known: str) -> list[str]:
    """Return how the page shows this one student."""
    ways = []
    if student.osis in page.numbers - typed:
        ways.append("the OSIS")
    names = student.full_names
    if any(name in page.words for name in names) and not any(name in known for name in names):
        ways.append("the full name")
    last = spoken(student.last_name)
    if last in page.words and last not in known and last not in words_of_templates():
        ways.append("the family name")
    return ways
