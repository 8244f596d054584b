"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password.

    One sentence answers every failure, so that nobody learns from it whether an account exists or was closed; Django
    hashes the password even for an unknown name, so that time does not tell either.
    """

    error_messages = {
        "invalid_login": (
            "The user name or the password is not right, or the account is closed. Check both and try again. "
            f"If it still fails, call the SESIS Help Desk, {settings.HELP_DESK_NUMBER}."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "user name"), ("password", "password")):
            self.fields[name].label = label.capitalize()
            self.fields[name].error_messages["required"] = f"Enter your {label}"
