"""The first-call form by itself: what it reads, what it says, and what makes one form one call."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from caseloads.forms import LOST, FirstCallForm, fresh
from providers.kinds import Language, Service

TOKEN = "0b0b8a52-6b0f-4d0b-9a9e-0d6a4a0c7c11"
FILLED = {"osis": "900 012-087", "service": "1", "session_on": "11/23/2026", "token": TOKEN}


def form(languages: tuple[Language, ...] = (), **changes: str) -> FirstCallForm:
    """Return the form as a browser sends it."""
    sent = QueryDict(mutable=True)
    sent.update(FILLED | changes)
    return FirstCallForm(sent, languages=languages)


def valid(**changes: str) -> FirstCallForm:
    """Return a valid form."""
    sent = form((), **changes)
    assert sent.is_valid(), sent.errors
    return sent


def test_it_asks_what_was_typed() -> None:
    asked = valid().asked
    assert (asked.osis, asked.service, asked.language, asked.session_on) == (
        900012087,
        Service.SPEECH,
        None,
        date(2026, 11, 23),
    )


@pytest.mark.parametrize("osis", ["900012087", "900 012 087", "900-012-087", "900\u2013012\u2013087", " 900.012.087 "])
def test_a_number_reads_the_same_however_it_is_grouped(osis: str) -> None:
    assert valid(osis=osis).asked.osis == 900012087


def test_a_number_keeps_its_leading_zeros_as_padding() -> None:
    assert valid(osis="000012087").asked.osis == 12087


@pytest.mark.parametrize(
    "osis",
    [
        "90001208",
        "9000120870",
        "90001208x",
        "000000000",
        "+900012087",
        "\uff19\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14",
    ],
)
def test_what_has_not_nine_digits_is_no_number(osis: str) -> None:
    sent = form(osis=osis)
    assert not sent.is_valid()
    assert sent.errors["osis"] == ["Enter a student number of nine digits"]


def test_a_language_counts_only_where_it_was_sent() -> None:
    assert "language" not in form().fields
    assert valid(language="2").asked.language is Language.SPANISH


def test_languages_to_choose_from_are_offered_as_a_choice() -> None:
    offered = form((Language.ENGLISH, Language.SPANISH))
    assert [label for _, label in offered.fields["language"].choices] == ["English", "Spanish"]  # type: ignore[attr-defined] # a choice field
    assert 'type="radio"' in str(offered["language"])


def test_services_stand_in_the_order_of_the_alphabet_after_an_empty_choice() -> None:
    (empty, first), *rest = form().fields["service"].choices  # type: ignore[attr-defined] # as above
    assert (empty, first) == ("", "Choose a service")
    labels = [label for _, label in rest]
    assert labels == sorted(labels)
    assert len(labels) == len(Service)


def test_the_digest_is_of_what_is_asked_not_of_how_it_was_typed() -> None:
    assert valid().form == valid(osis="900012087", session_on="2026-11-23").form
    assert valid().form.token == UUID(TOKEN)


@pytest.mark.parametrize(
    "changes", [{"osis": "900012088"}, {"service": "2"}, {"language": "1"}, {"session_on": "11/22/2026"}]
)
def test_every_answer_changes_the_digest(changes: dict[str, str]) -> None:
    assert valid(**changes).form.digest != valid().form.digest


def test_the_token_does_not_change_the_digest() -> None:
    assert valid(token=str(uuid4())).form.digest == valid().form.digest


@pytest.mark.parametrize("token", ["", "x", "\x00"])
def test_a_lost_token_is_replaced_and_the_form_says_so(token: str) -> None:
    sent = form(token=token)
    assert not sent.is_valid()
    assert sent.errors == {"__all__": [LOST]}
    assert UUID(str(sent["token"].value())).version == 4
    assert sent["osis"].value() == FILLED["osis"]


def test_a_lost_token_hides_no_other_mistake() -> None:
    sent = form(token="x", osis="1")
    assert sorted(sent.errors) == ["__all__", "osis"]


def test_what_was_typed_is_said_with_its_labels_and_choices() -> None:
    said = form(language="2").typed
    assert said == [
        {"label": "Student's OSIS number", "value": "900 012-087"},
        {"label": "Service", "value": "Speech-language"},
        {"label": "Language of service", "value": "Spanish"},
        {"label": "First session on", "value": "11/23/2026"},
    ]


@pytest.mark.parametrize("typed", [{}, {"osis": "1"}, {"osis": "1", "language": "2", "session_on": date(2026, 11, 23)}])
def test_a_fresh_form_holds_what_was_typed_under_a_token_of_its_own(typed: dict[str, Any]) -> None:
    one, other = fresh(typed), fresh(typed)
    assert not one.is_bound
    assert all(one[name].value() == value for name, value in typed.items())
    assert one["token"].value() != other["token"].value()
