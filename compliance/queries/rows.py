"""The rows that questions answer with, for pages to name in their annotations."""

from __future__ import annotations

from compliance.models import Finding
from orcs_portal.accounts.models import User

__all__ = ["Finding", "User"]
