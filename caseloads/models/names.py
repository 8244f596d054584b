"""The words by which a student is found: without case, accents and punctuation, in whatever order they are typed.

PostgreSQL folds names and what is typed by the same expression, so that the two cannot differ, and nothing but its core
is used: no extension, no column that a bulk load might leave empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

# Letters that no decomposition takes apart.  Longer replacements first, then letter for letter.
_LONGER = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"))
_LETTERS = ("đðħıłøŋə", "ddhilone")
# Marks above and below letters: Latin, Greek and Cyrillic ones, Hebrew points, Arabic vowels.
_MARKS = r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff]"


def _folded(text: str) -> str:
    """Return the SQL of a text in lower case without marks; its letters are those of any keyboard where they can be."""
    sql = f'lower({text} COLLATE "pg_c_utf8")'
    for letter, written in _LONGER:
        sql = f"replace({sql}, '{letter}', '{written}')"
    sql = f"translate({sql}, '{_LETTERS[0]}', '{_LETTERS[1]}')"
    return f"(regexp_replace(normalize({sql}, NFKD), '{_MARKS}', '', 'g') COLLATE \"pg_c_utf8\")"


def _words(folded: str) -> str:
    """Return the SQL of a folded text's words; whatever is neither letter nor digit stands between them."""
    return f"string_to_array(trim(regexp_replace({folded}, '[^[:alnum:]]+', ' ', 'g')), ' ')"


def _together(folded: str) -> str:
    """Return the SQL of a folded text written as one word: O'Neill as oneill, de la Cruz as delacruz."""
    return f"string_to_array(regexp_replace({folded}, '[^[:alnum:]]+', '', 'g'), ' ')"


def vector_sql(first: str, last: str) -> str:
    """Return the SQL of ``NameVector`` for two columns, for the migration that builds its index beside writers."""
    names = (_folded(first), _folded(last))
    return f"array_to_tsvector({' || '.join([*map(_words, names), *map(_together, names)])})"


class _Apart(Func):
    """A name's words, each by itself."""

    arity = 1
    template = _words(_folded("%(expressions)s"))


class _Together(Func):
    """A name as one word."""

    arity = 1
    template = _together(_folded("%(expressions)s"))


class NameVector(Func):
    """The words of a student's names, each part by itself and each name run together, for a GIN index."""

    function = "array_to_tsvector"
    arg_joiner = " || "
    output_field = SearchVectorField()

    def __init__(self, first: str = "first_name", last: str = "last_name") -> None:
        super().__init__(_Apart(first), _Apart(last), _Together(first), _Together(last))


TYPED_WORDS = f"SELECT {_words(_folded('%s::text'))}"
"""The statement that returns the words of what somebody typed, folded as names are; a NUL is none of PostgreSQL's."""


class Beginnings(SearchQuery):
    """Names with a word that begins with each of these words, which are letters and digits alone."""

    template = "%(expressions)s::tsquery"

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(" & ".join(f"'{word}':*" for word in words))
