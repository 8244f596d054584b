"""Today: what changed since one last looked, where to start, what only waits, and how fresh all of it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from compliance.mismatches import actions
from compliance.mismatches import today as queries
from compliance.mismatches.account import Account, account
from compliance.mismatches.ages import ages
from compliance.mismatches.freshness import compared, freshness
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.trend import trend
from compliance.queries.scope import findings_of, may_act
from compliance.views import agreement, bars, tiles
from compliance.views.doors import page_of
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.clock import at_local
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import say_when
from providers.pages import Seen, address, moment, overseer_of, show, user_of
from providers.scope import Standing


@require_safe
@sign_in_required
def today(request: HttpRequest) -> HttpResponse:
    """Show the day's page of somebody who oversees items, and remember that they looked."""
    standing, at = overseer_of(request), moment()
    rows, counted = findings_of(standing), ages((), at.today)
    look = actions.note_look(by=user_of(request), now=at.world)
    since = look.before or at_local(at.today, 0)
    balance = account(rows, since=since, user=standing.user, at=at)
    tab = _tab(standing, balance)
    begin = queries.starts(rows, tab, user=standing.user, since=since, at=at)
    context = {
        "day": at.today,
        "acts": may_act(standing),
        "lede": lede(standing, balance, tab),
        "compared": compared(),
        "first_look": look.before is None,
        "since": since,
        "account": balance,
        "lines": account_lines(balance, first=look.before is None, at=at),
        "tab": tab,
        "starts": [_start(one, tab, standing) for one in begin],
        "tab_url": Narrowed(tab=tab).address(),
        "unassigned_url": Narrowed(tab="unassigned").address(),
        "waits": [_wait(one) for one in queries.waits(rows)],
        "tiles": tiles.tiles(standing, balance, queries.numbers(rows), counted, at=at),
        "agreement": agreement.context(standing, at=at),
        "fresh": freshness(standing, now=at.world),
        **bars.context(trend(standing, today=at.today, now=balance.now), at=at),
    }
    students = {one.first.student_id for one in begin if one.items == 1 and one.first.student_id is not None}
    return show(request, "compliance/today.html", context, seen=Seen(students, "Today's page"))


def _tab(standing: Standing, balance: Account) -> str:
    """Return with which list to start: one's own, else what nobody has; for who only looks, all that is open."""
    if not may_act(standing):
        return "open"
    return "mine" if balance.mine or not balance.unassigned else "unassigned"


def lede(standing: Standing, balance: Account, tab: str) -> str:
    """Return what the page says first."""
    if tab == "open":
        return f"{balance.now} item{'' if balance.now == 1 else 's'} open." if balance.now else "Nothing is open."
    if balance.mine:
        late = f", {balance.late} of them overdue" if balance.late else ", none of them overdue"
        return f"{balance.mine} item{' is' if balance.mine == 1 else 's are'} yours{late}."
    if balance.unassigned:
        has = "item has" if balance.unassigned == 1 else "items have"
        return f"Nothing is yours this morning. {balance.unassigned} {has} nobody."
    return "Nothing is yours this morning, and nothing is without somebody."


def account_lines(balance: Account, *, first: bool, at: Moment) -> list[dict[str, Any]]:
    """Return the lines of the account, each with its sign and the list of exactly that many rows."""
    opened = "Open at midnight" if first else f"Open {say_when(balance.since, at.world)}"
    shown = [
        ("before", opened, "", balance.before),
        ("new", "New", "+", balance.new),
        ("came-back", "Came back", "+", balance.back),
        ("settled", "Settled by themselves: the systems agree again", "\N{MINUS SIGN}", balance.settled),
        ("acknowledged", "Acknowledged by people", "\N{MINUS SIGN}", balance.acknowledged),
    ]
    if balance.waiting:
        shown.append(("waiting", "Only waiting again", "\N{MINUS SIGN}", balance.waiting))
    return [
        {
            "label": label,
            "sign": sign,
            "number": number,
            "url": Narrowed(changed=changed, since=balance.since).address(),
        }
        for changed, label, sign, number in shown
    ]


def _start(one: queries.Start, tab: str, standing: Standing) -> dict[str, Any]:
    """Return a cause to start with, its list or its one item, and its act."""
    code = one.entry.code
    listed = Narrowed(tab=tab, code=code).address()
    where = reverse("mismatch", args=[one.first.pk]) if one.items == 1 else listed
    page = page_of(code, standing)
    act = {"label": "Open", "url": where} if page is None else {"label": page[0], "url": address(page[1])}
    return {"start": one, "url": where, "act": act}


def _wait(one: queries.Waits) -> dict[str, Any]:
    return {"wait": one, "url": Narrowed(tab="waiting", code=one.entry.code).address()}
