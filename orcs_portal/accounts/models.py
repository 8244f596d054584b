"""Who signs in.

A user is a name and a password, nothing more. What somebody may see or do is a dated grant (``providers.models``),
so there are no groups, no permissions, no staff flag and no superuser here: one home per fact.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._@+-]*$"


class UserManager(BaseUserManager["User"]):
    """Creates users and finds them by user name, whatever its case."""

    def create_user(
        self, username: str, password: str | None = None, *, full_name: str, email: str = "", is_active: bool = True
    ) -> User:
        """Store and return a user.

        Without a password the user exists but cannot sign in. Raises ``IntegrityError`` for a user name that is
        taken or that holds anything but lower-case letters, digits and ``. _ @ + -`` after folding.
        """
        user = self.model(
            username=self.model.normalize_username(username),
            full_name=full_name,
            email=self.normalize_email(email),
            is_active=is_active,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of this name, case folded; raises ``User.DoesNotExist``."""
        return super().get_by_natural_key(self.model.normalize_username(username or ""))


class User(AbstractBaseUser):
    """A person who signs in; ``is_active`` false ends the account and every session of it."""

    username = models.CharField(
        "user name",
        max_length=150,
        unique=True,
        validators=[RegexValidator(USERNAME_PATTERN, "Use letters, digits and . _ @ + - only.")],
    )
    full_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        """User names are stored folded, so plain uniqueness is uniqueness without regard to case."""

        constraints = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME_PATTERN), name="user_username_folded"),
            models.CheckConstraint(condition=~Q(full_name=""), name="user_full_name_given"),
        ]

    def __str__(self) -> str:
        """Return the full name, as screens show it."""
        return self.full_name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Return the user name as stored: Unicode-normalized, lower case, no blanks around it."""
        return super().normalize_username(username).strip().lower()

    def get_full_name(self) -> str:
        """Return the full name; the name Django's own templates ask for."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the full name; the admin greets with it."""
        return self.full_name
