"""The account: what was open when somebody last looked, what came and went, and what is open now; it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from compliance.mismatches import standing as how
from compliance.mismatches.tallies import numbers_of_open
from compliance.models import Finding
from orcs_portal.shared.moment import Moment


@dataclass(frozen=True, slots=True)
class Account:
    """The lines of the account since a moment of world time, and what is open by whose it is.

    ``before`` + ``new`` + ``back`` - ``settled`` - ``acknowledged`` - ``waiting`` = ``now``; each line is the number of
    rows of the list with the same condition.
    """

    since: datetime
    now: int
    new: int
    back: int
    settled: int
    acknowledged: int
    waiting: int
    mine: int
    late: int
    unassigned: int
    oldest: datetime | None

    @property
    def before(self) -> int:
        """How many were open then."""
        return self.now - self.new - self.back + self.settled + self.acknowledged + self.waiting


def account(rows: QuerySet[Finding], *, since: datetime, user: int, at: Moment) -> Account:
    """Return the account of what somebody may see, ``rows``, since a moment; what is open is read once."""
    to_do = how.to_do_of_open(at.today)
    opened = rows.filter(how.unfinished())
    counted = opened.aggregate(now=Count("code"), new=Count("code", filter=how.new_of_open(since)))
    mine = opened.filter(to_do, assigned_to=user).aggregate(
        mine=Count("code"), late=Count("code", filter=how.overdue(at.today))
    )
    known = {"open": counted["now"], "mine": mine["mine"]}
    nobodys = opened.filter(to_do, assigned_to__isnull=True).order_by("opened").values_list("opened", flat=True)
    return Account(
        since=since,
        **counted,
        **mine,
        back=rows.filter(how.came_back_since(since)).count(),
        unassigned=numbers_of_open(rows, user=user, today=at.today, known=known)["unassigned"],
        oldest=nobodys.first(),
        settled=rows.filter(how.settled_since(since)).count(),
        acknowledged=rows.filter(how.acknowledged_since(since)).count(),
        waiting=sum(rows.filter(part).count() for part in how.waits_again_parts(since)),
    )
