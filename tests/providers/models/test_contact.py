"""Contacts as rows: what the database refuses (R15)."""

from __future__ import annotations

from typing import Any

import pytest

from providers.kinds import Borough
from providers.models import Contact
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def contact(**columns: Any) -> Contact:
    """Write down a contact."""
    whole = {"full_name": "Test Contact", "email": "contact@school.example", "set_by": build.user()}
    return Contact.objects.create(set_at=build.NOW, **whole | columns)


def test_a_contact_is_a_schools_or_orcss_for_a_borough() -> None:
    school = build.school()
    assert contact(school=school).pk
    assert contact(borough=Borough.QUEENS).pk
    with refused("contact_of_a_school_or_a_borough"):
        contact()
    with refused("contact_of_a_school_or_a_borough"):
        contact(school=school, borough=Borough.QUEENS)


@pytest.mark.parametrize("missing", ["full_name", "email"])
def test_a_contact_can_be_written_to(missing: str) -> None:
    with refused("contact_can_be_written_to"):
        contact(school=build.school(), **{missing: ""})


def test_a_change_is_a_new_row_and_the_former_stays() -> None:
    school = build.school()
    first, second = contact(school=school), contact(school=school, full_name="Test Successor")
    assert [str(one) for one in school.contacts.order_by("id")] == [first.full_name, "Test Successor"]
    assert second.pk > first.pk
