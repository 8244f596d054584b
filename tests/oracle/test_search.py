from __future__ import annotations

import pytest

from tests.oracle.search import Planted, addresses_in, found, read

ODA = Planted(id=5, osis=204117733, first_name="Oda", last_name="Quillfeather-Zorn")
NOBODY = frozenset[int]()


def ways(content: str, *, typed: frozenset[int] = NOBODY, known: str = " ") -> list[str]:
    return found(read(content), [ODA], typed=typed, known=known)


@pytest.mark.parametrize(
    "content",
    [
        "204117733",
        "<td>204117733</td>",
        "<span>204</span><span>117</span><span>733</span>",
        "204 117 733",
        "204-117-733",
        "204&nbsp;117&nbsp;733",
        '{"osis": 204117733}',
        "a;204117733;b",
        '<input value="204117733">',
    ],
)
def test_a_number_is_found_however_it_is_set(content: str) -> None:
    assert ways(content) == ["student 5: the OSIS"]


@pytest.mark.parametrize("content", ["2041177330", "1204117733", "204117734", "204117", "20411 7733"])
def test_another_number_is_not_this_one(content: str) -> None:
    assert ways(content) == []


@pytest.mark.parametrize(
    "content",
    [
        "Oda Quillfeather-Zorn",
        "Quillfeather-Zorn, Oda",
        "<b>Oda</b> <i>Quillfeather&#x2d;Zorn</i>",
        "ODA QUILLFEATHER-ZORN",
        "<td>Oda</td><td>Quillfeather-Zorn</td>",
        "Oda\n   Quillfeather-Zorn",
        '<a aria-label="Oda Quillfeather-Zorn">',
    ],
)
def test_a_full_name_is_found_in_either_order(content: str) -> None:
    assert ways(content) == ["student 5: the full name", "student 5: the family name"]


def test_a_family_name_alone_is_enough() -> None:
    assert ways("<p>Mr. and Mrs. Quillfeather-Zorn</p>") == ["student 5: the family name"]


def test_part_of_a_word_is_no_name() -> None:
    assert ways("Quillfeather-Zornington") == []


def test_a_family_name_of_somebody_in_scope_proves_nothing_but_the_full_name_does() -> None:
    assert ways("Quillfeather-Zorn", known=" ida quillfeather zorn ") == []
    assert ways("Oda Quillfeather-Zorn", known=" ida quillfeather zorn ") == ["student 5: the full name"]


def test_a_namesake_in_scope_may_be_shown() -> None:
    assert ways("Oda Quillfeather-Zorn", known=" oda quillfeather zorn ") == []


def test_what_the_user_typed_may_come_back_but_not_the_name_it_belongs_to() -> None:
    typed = frozenset({204117733})
    assert ways("204117733", typed=typed) == []
    assert ways("204117733 Oda Quillfeather-Zorn", typed=typed) != []


def test_a_word_that_templates_use_by_themselves_is_no_family_name() -> None:
    plain = Planted(id=6, osis=204117734, first_name="Oda", last_name="Sign")
    assert found(read("Sign in"), [plain], typed=NOBODY, known=" ") == []
    assert found(read("Oda Sign"), [plain], typed=NOBODY, known=" ") == ["student 6: the full name"]


def test_addresses_are_links_forms_and_fragments() -> None:
    content = '<a href="/a/1/">x</a><form action="/b/"><div hx-get=\'/c/?q=2&amp;r=3\'></div><img src="/d">/e/'
    assert addresses_in(content).splitlines() == ["/a/1/", "/b/", "/c/?q=2&r=3", "/d"]
