"""Contacts are rows: the latest counts, the former stay (R12, R15)."""

from __future__ import annotations

import pytest

from providers.actions.contacts import set_orcs_contact, set_school_contact
from providers.kinds import Borough
from providers.models import Contact
from providers.queries import contacts
from tests import build

pytestmark = pytest.mark.django_db


def test_the_latest_contact_of_a_school_counts_and_the_former_stays() -> None:
    school, by = build.school(), build.user()
    for name in ("Test First", "Test Second"):
        set_school_contact(school=school, full_name=name, email="rs@school.example", phone="", by=by, now=build.NOW)
    found = contacts.school_contact(school.pk)
    assert found is not None
    assert (found.full_name, found.set_by, found.set_at) == ("Test Second", by, build.NOW)
    assert Contact.objects.count() == 2


def test_a_school_without_a_contact_has_none_and_not_another_schools() -> None:
    school = build.school()
    set_school_contact(
        school=build.school(), full_name="Test", email="a@school.example", phone="", by=build.user(), now=build.NOW
    )
    assert contacts.school_contact(school.pk) is None


def test_orcs_has_a_contact_per_borough() -> None:
    set_orcs_contact(
        borough=Borough.QUEENS,
        full_name="Test Queens",
        email="queens@orcs.example",
        phone="555 0100",
        by=build.user(),
        now=build.NOW,
    )
    found = contacts.orcs_contact(Borough.QUEENS)
    assert found is not None
    assert (found.full_name, found.phone) == ("Test Queens", "555 0100")
    assert contacts.orcs_contact(Borough.BRONX) is None
