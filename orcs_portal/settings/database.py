"""How every process talks to PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ALWAYS: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "ATOMIC_REQUESTS": True,  # a page and its access record stand or fall together
    "CONN_MAX_AGE": 60,  # seconds a thread keeps its connection
    "CONN_HEALTH_CHECKS": True,  # a restarted server costs no request
    "DISABLE_SERVER_SIDE_CURSORS": True,  # a cursor would outlive its transaction behind PgBouncer
}


def connection(address: Mapping[str, Any]) -> dict[str, Any]:
    """Return Django's settings for the database at ``address`` (NAME, USER, HOST, PORT and perhaps PASSWORD, OPTIONS).

    Only what survives PgBouncer in transaction mode is set: nothing that belongs to a session.
    """
    return {**address, **ALWAYS}
