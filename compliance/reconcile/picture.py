"""The pictures, what the catalogue says of them, and what is left when what follows from something else is taken away.

All of it is in tables of the present transaction, which vanish with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from compliance.kinds import Code
from compliance.reconcile.entry import Entry, Picture
from compliance.reconcile.rules import saying, witnessing
from compliance.reconcile.statements import Plan, execute, plan, statement

Params = Mapping[str, object]

SWEEP, LOOK_UP = Plan.SWEEP, Plan.LOOK_UP

DRAWN: Mapping[str, Plan] = {
    "schools": SWEEP,
    "providers": SWEEP,
    "lines": SWEEP,
    "odd": LOOK_UP,
    "pairs": SWEEP,
    "pairing": SWEEP,
    "need": SWEEP,
    "served": SWEEP,
    "documents": SWEEP,
    "over": SWEEP,
    "entries": LOOK_UP,
    "loads": SWEEP,
    "doubts": SWEEP,
    "calls": LOOK_UP,
    "deliveries": LOOK_UP,
    "letters": LOOK_UP,
    "places": LOOK_UP,
}
"""The statements that draw the pictures, in their order; of some students all of them are look-ups."""

PICTURES = ("school", "provider", "odd", "pair", "over", "doubt", *(picture.value for picture in Picture))
JUDGED = ("verdict", "witness", "item", "broken", "said")


def draw(params: Params) -> None:
    """Draw the pictures of the scope that ``params`` name."""
    for name, how in DRAWN.items():
        plan(how if params["all"] else LOOK_UP)
        execute(statement(name), params)


def judge(catalogue: Mapping[Code, Entry], params: Params) -> None:
    """Say of the pictures whatever the catalogue says, and keep as items what follows from nothing else."""
    plan(LOOK_UP)
    execute(statement("said"), params)
    for picture in Picture:
        execute(saying(picture, catalogue), params)
    execute(statement("precedence"), params)
    execute(statement("items"), params)


def witness(params: Params) -> None:
    """Keep with each item what the systems said."""
    for picture in Picture:
        execute(witnessing(picture), params)


def forget(*tables: str) -> None:
    """Drop tables of this transaction, by default all of them: a second comparison may follow in it."""
    named = tables or (*JUDGED, *(f"picture_{name}" for name in PICTURES))
    execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in named)}", {})
