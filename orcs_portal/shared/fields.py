"""Conditions that several models share."""

from __future__ import annotations

from django.db.models import F, Q


def all_or_none(*names: str) -> Q:
    """Return the condition that the named columns are all set or all null."""
    every = Q(**{f"{name}__isnull": False for name in names})
    none = Q(**{f"{name}__isnull": True for name in names})
    return every | none


def author_only_with_time(author: str, time: str) -> Q:
    """Return the condition that an author never stands without the time; a command has a time and no account."""
    return Q(**{f"{author}__isnull": True}) | Q(**{f"{time}__isnull": False})


def ends_after_start(start: str = "starts", end: str = "ends") -> Q:
    """Return the condition that an optional end is not before its start."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})
