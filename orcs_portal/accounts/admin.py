"""Accounts in the admin."""

from __future__ import annotations

from django.contrib import admin

from orcs_portal.accounts.models import User
from orcs_portal.shared.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin[User]):
    """Accounts without their password hashes."""

    list_display = ["username", "full_name", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    exclude = ["password"]
