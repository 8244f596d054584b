from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from orcs_portal.accounts.models import User
from tests.orcs_portal.accounts.conftest import PASSWORD


def test_a_user_is_stored_with_a_folded_name_and_a_hashed_password(ida: User) -> None:
    assert (ida.username, ida.full_name, ida.email) == ("ida", "Ida Signer", "Ida@example.org")
    assert ida.check_password(PASSWORD)
    assert PASSWORD not in ida.password


def test_a_user_without_a_password_cannot_sign_in(db: None) -> None:
    user = User.objects.create_user("nopass", full_name="No Password")
    assert not user.has_usable_password()
    assert authenticate(username="nopass", password="") is None


@pytest.mark.parametrize("username", ["ida", "IDA", " Ida ", "\uff29\uff24\uff21"])
def test_the_same_name_in_another_case_is_taken(ida: User, username: str) -> None:
    with pytest.raises(IntegrityError, match="username"), transaction.atomic():
        User.objects.create_user(username, full_name="Another Ida")


@pytest.mark.parametrize("username", ["ida", "IDA", " iDa "])
def test_a_name_is_found_whatever_its_case(ida: User, username: str) -> None:
    assert User.objects.get_by_natural_key(username) == ida
    assert authenticate(username=username, password=PASSWORD) == ida


def test_no_name_is_nobody(ida: User) -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


@pytest.mark.parametrize("username", ["", "two words", "-dash", "a\nb", "o'neil", "ünal"])
def test_the_database_refuses_a_name_of_other_signs(db: None, username: str) -> None:
    with pytest.raises(IntegrityError, match="user_username_folded"), transaction.atomic():
        User.objects.create_user(username, full_name="Somebody")


def test_the_database_refuses_a_name_that_went_past_the_folding(ida: User) -> None:
    with pytest.raises(IntegrityError, match="user_username_folded"), transaction.atomic():
        User.objects.filter(pk=ida.pk).update(username="IDA2")


def test_the_database_refuses_a_user_without_a_full_name(db: None) -> None:
    with pytest.raises(IntegrityError, match="user_full_name_given"), transaction.atomic():
        User.objects.create_user("nameless", full_name="")


def test_a_form_says_in_words_what_a_user_name_may_hold() -> None:
    with pytest.raises(ValidationError, match="Use letters, digits"):
        User(username="two words", full_name="Somebody").clean_fields(exclude=["password"])


def test_screens_show_the_full_name(ida: User) -> None:
    assert str(ida) == ida.get_full_name() == ida.get_short_name() == "Ida Signer"


def test_rights_come_from_grants_alone() -> None:
    fields = {field.name for field in User._meta.get_fields()}
    assert fields.isdisjoint({"groups", "user_permissions", "is_superuser", "is_staff"})
