"""One item with everything that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from compliance.kinds import Code, State
from compliance.mismatches.listing import dressed
from compliance.mismatches.standing import unfinished
from compliance.mismatches.wording import title_of
from compliance.models import Finding
from compliance.queries.scope import findings_of, findings_to_act_on
from providers.scope import Standing

MORE = ("iep", "letter__provider", "handled_by")


def item_of(standing: Standing, finding_id: int) -> Finding | None:
    """Return one item that somebody may see, with what its page needs; or None."""
    return dressed(findings_of(standing)).prefetch_related(*MORE).filter(pk=finding_id).first()


def may_act_on(standing: Standing, finding: Finding) -> bool:
    """Return whether somebody may act on an item that they may see."""
    return findings_to_act_on(standing).filter(pk=finding.pk).exists()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands among the open ones of its cause: which of how many, and the ones beside it."""

    number: int
    of: int
    before: int | None
    after: int | None


def place_of(standing: Standing, finding: Finding) -> Place | None:
    """Return where an open item stands in its cause's list, the most overdue first; None for one that is not open."""
    if finding.state not in {State.OPEN, State.SNOOZED, State.HANDED_OVER}:
        return None
    rows = findings_of(standing).filter(unfinished(), code=finding.code)
    earlier, later = _beside(rows, finding)
    return Place(
        number=earlier.count() + 1,
        of=rows.count(),
        before=earlier.order_by("-due", "-pk").values_list("pk", flat=True).first(),
        after=later.order_by("due", "pk").values_list("pk", flat=True).first(),
    )


def _beside(rows: QuerySet[Finding], finding: Finding) -> tuple[QuerySet[Finding], QuerySet[Finding]]:
    """Return the rows before and after one, by the last day to act; those without such a day come last."""
    if finding.due is None:
        last = Q(due__isnull=True)
        return rows.filter(Q(due__isnull=False) | last & Q(pk__lt=finding.pk)), rows.filter(last, pk__gt=finding.pk)
    same = Q(due=finding.due)
    earlier = rows.filter(Q(due__lt=finding.due) | same & Q(pk__lt=finding.pk))
    later = rows.filter(Q(due__gt=finding.due) | same & Q(pk__gt=finding.pk) | Q(due__isnull=True))
    return earlier, later


def others_of(standing: Standing, finding: Finding) -> list[dict[str, Any]]:
    """Return the other items of the same student, or of the same provider, that are open or waiting."""
    rows = findings_of(standing).exclude(pk=finding.pk)
    if finding.student_id is not None:
        rows = rows.filter(student=finding.student_id)
    elif finding.provider_id is not None:
        rows = rows.filter(provider=finding.provider_id, student__isnull=True)
    else:
        return []
    shown = rows.filter(unfinished() | Q(state=State.WAITING)).order_by("state", "due", "pk")[:MOST]
    return [
        {
            "url": reverse("mismatch", args=[one.pk]),
            "title": title_of(one),
            "service": one.get_service_display() or "",
            "state": State(one.state),
            "until": one.until,
        }
        for one in shown
    ]


MOST = 8
"""How many other items a page names."""


def consequences_of(finding: Finding) -> list[str]:
    """Return the titles of what follows from an item, and so is no item of its own."""
    return [str(Code(code).label) for code in finding.consequences if code in Code.values]
