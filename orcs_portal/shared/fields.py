"""Conditions that several models share."""

from __future__ import annotations

from django.db.models import F, Q


def all_or_none(*names: str) -> Q:
    """Return the condition that the named columns are all set or all null."""
    every = Q(**{f"{name}__isnull": False for name in names})
    none = Q(**{f"{name}__isnull": True for name in names})
    return every | none


def ends_after_start(start: str = "starts", end: str = "ends") -> Q:
    """Return the condition that an optional end is not before its start."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})
