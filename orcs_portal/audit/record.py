"""Writing the access record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from orcs_portal.audit.models import AccessRecord, Verb

VERBS = {"shown": Verb.SHOWN, "changed": Verb.CHANGED}


def record_access(
    *,
    by: AbstractBaseUser,
    now: datetime,
    students: Collection[int],
    what: str,
    purpose: str,
    verb: Literal["shown", "changed"] = "shown",
    kind: str = "",
    object_id: int | None = None,
) -> None:
    """Insert the one row that says ``by`` saw or changed these students, in the page's own transaction.

    ``now`` is real time, ``students`` are surrogate ids, ``what`` is the page's URL name and ``purpose`` plain words;
    ``kind`` and ``object_id`` name the one thing the page is about, if there is one. A page that showed nobody and is
    about nothing leaves no row. Raises ``TransactionManagementError`` outside a transaction, since the record stands or
    falls with the page.
    """
    if not students and object_id is None:
        return
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An access record is written in the page's transaction.")
    AccessRecord.objects.create(
        at=now,
        by_id=by.pk,
        by_name=by.get_username(),
        students=sorted(set(students)),
        what=what,
        purpose=purpose,
        verb=VERBS[verb],
        kind=kind,
        object_id=object_id,
    )
