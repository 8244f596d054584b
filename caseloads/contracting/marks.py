"""Whose picture has changed, for the comparison to look at anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from caseloads.propagation.bell import ring_on_commit
from orcs_portal.shared.models import Touched


def touch(
    *,
    now: datetime,
    students: Iterable[int] = (),
    agencies: Iterable[int] = (),
    providers: Iterable[int] = (),
    schools: Iterable[int] = (),
) -> None:
    """Write down, in one statement, whom an act at world time ``now`` concerned, and ring once it is committed."""
    kinds = (
        (Touched.Kind.STUDENT, students),
        (Touched.Kind.AGENCY, agencies),
        (Touched.Kind.PROVIDER, providers),
        (Touched.Kind.SCHOOL, schools),
    )
    rows = [Touched(kind=kind, subject_id=one, at=now) for kind, ids in kinds for one in sorted(set(ids))]
    Touched.objects.bulk_create(rows)
    ring_on_commit()
