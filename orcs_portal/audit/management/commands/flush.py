"""``flush``: Django's own, stopped where it would erase the access record."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from orcs_portal.shared.commands import PortalCommand, Stopped

# The trigger that refuses TRUNCATE (migration 0001); the suite's throw-away database has it switched off by name.
KEPT = """
    SELECT EXISTS (
        SELECT 1 FROM pg_trigger
        WHERE tgrelid = to_regclass('audit_accessrecord') AND tgname = 'access_record_kept_whole' AND tgenabled <> 'D')
"""


class Command(PortalCommand, flush.Command):
    """Empties every table only where nothing keeps the access record whole, which is in tests alone."""

    help = "Refused: it would erase the access record. A demonstration starts over with `make reset`."

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop with a sentence before anything is asked or emptied; the database would refuse it in any case."""
        with connections[options["database"]].cursor() as cursor:
            cursor.execute(KEPT)
            (kept,) = cursor.fetchone()
        if kept:
            raise Stopped(
                "Nothing was emptied: the access record is only ever added to, and flush would erase it; "
                "a demonstration starts over with `make reset`."
            )
        super().handle(*args, **options)
