"""Reading which items a page's form means, and saying afterwards what became of them."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime

from compliance.kinds import Code, Owner
from compliance.mismatches.actions.undoing import WINDOW
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.picking import BUSY, CHANGED, SETTLED, UNFIT, Done, Picked, whole_causes
from compliance.queries.scope import findings_to_act_on
from orcs_portal.shared.ids import read_id
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import say_time
from providers.pages import Seen, note
from providers.scope import Standing

LEFT = {
    SETTLED: ("had settled by itself meanwhile", "had settled by themselves meanwhile"),
    CHANGED: ("had been changed by somebody meanwhile", "had been changed by somebody meanwhile"),
    BUSY: ("was being changed at that moment", "were being changed at that moment"),
    UNFIT: ("is nothing for that", "are nothing for that"),
}
"""Why an item was left alone, for one and for several."""


def list_of(request: HttpRequest) -> Narrowed:
    """Return the list that a form was sent from."""
    return Narrowed.read(QueryDict(request.POST.get("list", "")))


def picked_by(request: HttpRequest, standing: Standing, *, at: Moment) -> Picked:
    """Return the items that a list's form means: ticked ones and whole causes, or ``only`` one cause."""
    only = request.POST.get("only", "")
    items = [] if only else request.POST.getlist("item")
    named = [only] if only else request.POST.getlist("cause")
    codes = [Code.__members__[one] for one in named if one in Code.__members__]
    counted = whole_causes(list_of(request), codes, user=standing.user, at=at) if codes else None
    shown = _moment(request.POST.get("shown", "")) or at.world
    return Picked(findings_to_act_on(standing), _marks(items), counted, shown)


def _marks(items: list[str]) -> dict[int, str]:
    """Return how each ticked item stood, by its id."""
    pairs = (one.partition(":") for one in items)
    return {key: mark for key, mark in ((read_id(left), right) for left, _, right in pairs) if key is not None}


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def say_done(request: HttpRequest, done: Done, what: str, nothing: str, *, at: Moment, more: str = "") -> None:
    """Say what an act did, with its undoing, and what it left alone and why; leave the access record.

    ``what`` stands before the number of items, such as ``Handed over``; ``nothing`` is said where none was changed.
    """
    left = " ".join(_left(reason, number) for reason, number in sorted(done.left.items()))
    if not done.changed:
        messages.error(request, f"{nothing} {left}".strip())
        return
    until = say_time(at.world + WINDOW)
    count = len(done.changed)
    words = f"{what} {count} item{'' if count == 1 else 's'}{more}. {left} Undo until {until}."
    messages.success(request, " ".join(words.split(" ")).replace("  ", " "), extra_tags=str(done.act))
    first = done.changed[0]
    note(request, Seen(done.students, f"{what} {count} items", "changed", kind="finding", object_id=first))


def name_of(owner: Owner) -> str:
    """Return an owner as a sentence names it, such as ``the SESIS Help Desk``."""
    return "ORCS" if owner == Owner.ORCS else f"the {owner.label if owner in PROPER else owner.label.lower()}"


PROPER = frozenset({Owner.HELP_DESK, Owner.IEP_TEAM, Owner.CAP_OFFICE})
"""The owners whose names keep their capitals."""


def _left(reason: str, number: int) -> str:
    one, many = LEFT[reason]
    return f"{number} {one if number == 1 else many} and stayed as {'it' if number == 1 else 'they'} stood."
