"""Finding students by name: what is typed and what is kept are folded alike, whatever the script."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseloads.models import Student
from caseloads.models.names import TYPED_WORDS, Beginnings, NameVector
from caseloads.systems.rows import fetch

pytestmark = pytest.mark.django_db

NAMES = {
    ("Thị Minh Châu", "Nguyễn-Fairweather"): [
        "nguyen",
        "Chau Nguyen",
        "nguyen, thi",
        "FAIRWEATHER",
        "thị",
        "minh fair",
    ],
    ("D'Angelo", "O’Shaughnessy-Petrov"): ["dangelo", "d'angelo", "O'Shaugh", "oshaughnessypetrov", "petrov d"],
    ("Bogdan", "Țîrlea"): [
        "tirlea",
        "ȚÎRLEA",
        "Bogdan T",
        "t\N{COMBINING COMMA BELOW}i\N{COMBINING CIRCUMFLEX ACCENT}r",
    ],
    ("Łukasz", "Đặng"): ["lukasz", "dang lu", "Đang ł"],
    ("Søren", "Strauß-Æbelø"): ["soren", "strauss", "aebelo", "STRAUSS"],
    ("Maximiliano Ezequiel", "de la Cruz-Restrepo"): ["cruz", "delacruz", "dela cruz", "restrepo max", "maximilianoe"],
    ("Ярослава", "Шевченко"): ["шев", "ШЕВЧЕНКО ярослава"],
    ("子晴", "王"): ["王", "王 子", "子晴"],
    ("مُحَمَّد", "الأنصاري"): ["محمد", "مُحَمَّد"],
    ("İbrahim", "Y\N{LATIN SMALL LETTER DOTLESS I}lmaz"): ["ibrahim", "yilmaz"],
    ("Αικατερίνη", "Παπαδημητρίου"): ["αικατερινη", "ΠΑΠΑΔΗΜΗΤΡΙΟΥ"],
}


def typed(text: str) -> list[str]:
    """Return the words of what somebody typed."""
    return list(fetch(TYPED_WORDS, [text])[0][0])


def found(text: str) -> list[str]:
    """Return the family names that a search finds."""
    rows = Student.objects.annotate(words=NameVector()).filter(words=Beginnings(typed(text)))
    return [one.last_name for one in rows]


@pytest.fixture
def everybody() -> None:
    """Keep a student of every name."""
    Student.objects.bulk_create(
        Student(osis=number, first_name=first, last_name=last) for number, (first, last) in enumerate(NAMES, start=1)
    )


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in NAMES.items() for text in texts])
def test_a_name_is_found_however_it_is_typed(name: tuple[str, str], text: str, everybody: None) -> None:
    assert found(text) == [name[1]]


@pytest.mark.parametrize("text", ["guyen", "chau guyen", "shaugh x", "cruzde", "nguyen nobody"])
def test_the_middle_of_a_word_and_a_word_too_many_find_nobody(text: str, everybody: None) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["", " ", "'", "-–.", "(:*&|!<->)", "\\", "\N{COMBINING ACUTE ACCENT}"])
def test_what_holds_no_letter_has_no_words(text: str) -> None:
    assert typed(text) == []


@pytest.mark.parametrize("text", ["a:*", "a & !b", "a <-> b", "'a'':*", "a\\", "a|b", "%a_", "a;drop table x"])
def test_what_means_something_to_a_query_is_between_words(text: str, everybody: None) -> None:
    assert all(word.isalnum() for word in typed(text))
    found(text)


@pytest.mark.parametrize(("first", "last"), [("", "Only"), ("Only", ""), ("'", "-"), ("-", "Only")])
def test_a_name_of_nothing_is_kept_all_the_same(first: str, last: str) -> None:
    Student.objects.create(osis=1, first_name=first, last_name=last)
    assert Student.objects.annotate(words=NameVector()).count() == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
)
def test_whoever_types_a_whole_name_finds_it(first: str, last: str) -> None:
    Student.objects.all().delete()
    Student.objects.create(osis=1, first_name=first, last_name=last)
    for text in (f"{first} {last}", f"{last}, {first}", first, last):
        assert found(text) == [last] if typed(text) else typed(text) == []


def test_a_city_is_searched_by_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO caseloads_student (osis, first_name, last_name)"
            " SELECT i, 'Given' || (i % 977), 'Family' || (i % 3001) FROM generate_series(1, 20000) i"
        )
        cursor.execute("ANALYZE caseloads_student")
    rows = Student.objects.annotate(words=NameVector()).filter(words=Beginnings(["family17"]))
    assert "student_by_name" in rows.order_by("last_name")[:51].explain()
