"""What stands above a list: its tabs, what it is narrowed to, the filters there are, and the orders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compliance.kinds import Owner, Severity
from compliance.mismatches.narrowing import AGES, ALSO, CHANGES, OPEN_TABS, OWN_TABS, SORTS, STATES, TABS, Narrowed
from compliance.mismatches.tallies import Tally
from compliance.queries.scope import may_act
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import cap, say_when
from providers.scope import Standing


def context(standing: Standing, narrowed: Narrowed, counted: Tally, *, at: Moment) -> dict[str, Any]:
    """Return tabs, chips, filters and orders of a list."""
    return {
        "tabs": tabs(standing, narrowed, counted),
        "view": view_words(narrowed, at=at),
        "chips": list(chips(narrowed)),
        "clear_url": Narrowed(tab=narrowed.tab, changed=narrowed.changed, since=narrowed.since).address(),
        "filters": list(filters(narrowed)),
        "kept": kept(narrowed, {"code", "severity", "owner", "school", "age", "state"}),
        "school": narrowed.school,
        "sorts": list(sorts(standing, narrowed)),
        "sort_kept": kept(narrowed, {"sort"}),
        "sorted": SORTS.get(narrowed.sort, ""),
    }


def tabs(standing: Standing, narrowed: Narrowed, counted: Tally) -> list[dict[str, Any]]:
    """Return the tabs with their numbers; those of one's own are there for who acts."""
    shown = [tab for tab in TABS if tab not in OWN_TABS or may_act(standing)]
    return [
        {
            "label": TABS[tab],
            "count": counted.tabs[tab],
            "url": narrowed.to_tab(tab).address(),
            "current": tab == narrowed.tab and not narrowed.changed,
        }
        for tab in shown
    ]


def view_words(narrowed: Narrowed, *, at: Moment) -> str:
    """Return what a view without a tab shows, such as ``New since yesterday, 3:10 pm``; "" under a tab."""
    if narrowed.changed and narrowed.since is not None:
        return f"{CHANGES[narrowed.changed][0]} {say_when(narrowed.since, at.world)}"
    return ALSO.get(narrowed.tab, "")


def chips(narrowed: Narrowed) -> Iterable[dict[str, str]]:
    """Yield what narrows a list, each with the address of the list without it."""
    if narrowed.code is not None:
        yield {"label": f"Cause: {CATALOGUE[narrowed.code].title}", "url": narrowed.but(code=None).address()}
    if narrowed.severity is not None:
        yield {"label": f"Severity: {narrowed.severity.label}", "url": narrowed.but(severity=None).address()}
    if narrowed.owner is not None:
        yield {"label": f"Who acts: {narrowed.owner.label}", "url": narrowed.but(owner=None).address()}
    if narrowed.school:
        yield {"label": f"School: {narrowed.school}", "url": narrowed.but(school="").address()}
    for name, known in (("age", AGES), ("state", STATES)):
        if value := getattr(narrowed, name):
            yield {"label": known[value], "url": narrowed.but(**{name: ""}).address()}


def filters(narrowed: Narrowed) -> Iterable[dict[str, Any]]:
    """Yield the filters that are chosen from lists; age and state only where items are open."""
    causes = sorted(((code.name, entry.title) for code, entry in CATALOGUE.items()), key=lambda pair: pair[1])
    chosen = {"code": narrowed.code.name if narrowed.code else "", "age": narrowed.age, "state": narrowed.state}
    chosen |= {name: member.slug if (member := getattr(narrowed, name)) else "" for name in ("severity", "owner")}
    yield _filter("code", "Cause", "All causes", causes, chosen)
    yield _filter("severity", "Severity", "Any", [(one.slug, str(one.label)) for one in Severity], chosen)
    yield _filter("owner", "Who acts", "Anybody", [(one.slug, str(one.label)) for one in Owner], chosen)
    if narrowed.tab in OPEN_TABS and not narrowed.changed:
        yield _filter("age", "Time to act", "Any", list(AGES.items()), chosen)
        yield _filter("state", "State", "Any", list(STATES.items()), chosen)


def _filter(
    name: str, label: str, every: str, options: list[tuple[str, str]], chosen: dict[str, str]
) -> dict[str, Any]:
    shown = [{"value": value, "label": cap(said), "chosen": value == chosen[name]} for value, said in options]
    return {"name": name, "label": label, "every": every, "options": shown}


def kept(narrowed: Narrowed, without: set[str]) -> dict[str, str]:
    """Return the parts of a list's address that a form on the page carries along unseen."""
    return {name: value for name, value in narrowed.parts().items() if name not in without}


def sorts(standing: Standing, narrowed: Narrowed) -> Iterable[dict[str, Any]]:
    """Yield the orders of what is open; by name only where the list is a school's, since a city's has no such index."""
    if narrowed.changed or narrowed.tab not in OPEN_TABS:
        return
    for key, label in SORTS.items():
        if key != "name" or by_name(standing):
            yield {"value": "" if key == "overdue" else key, "label": label, "chosen": narrowed.sort == key}


def by_name(standing: Standing) -> bool:
    """Return whether somebody's lists are short enough to be sorted by name."""
    return not (standing.citywide or standing.boroughs)
