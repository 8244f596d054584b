"""The pictures, what the catalogue says of them, and what is left when what follows from something else is taken away.

All of it is in tables of the present transaction, which vanish with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from compliance.kinds import Code
from compliance.reconcile.entry import Entry, Picture
from compliance.reconcile.rules import saying, witnessing
from compliance.reconcile.statements import Plan, execute, planned, statement

Params = Mapping[str, object]

SWEEP, LOOK_UP = Plan.SWEEP, Plan.LOOK_UP

DRAWN: Mapping[str, Plan] = {
    "chosen": SWEEP,
    "schools": SWEEP,
    "providers": SWEEP,
    "lines": SWEEP,
    "over": SWEEP,
    "doubts": SWEEP,
    "unsure": SWEEP,
    "loads": SWEEP,
    "odd": LOOK_UP,
    "pairs": SWEEP,
    "pairing": SWEEP,
    "need": SWEEP,
    "served": SWEEP,
    "documents": LOOK_UP,
    "entries": LOOK_UP,
    "calls": LOOK_UP,
    "deliveries": LOOK_UP,
    "letters": LOOK_UP,
    "places": LOOK_UP,
}
"""The statements that draw the pictures, in their order; of some students all of them are look-ups."""

HELPERS = ("calendar", "school", "provider", "unsure", "odd", "pair", "over", "doubt")
PICTURES = (
    "chosen_student",
    "chosen_provider",
    *(f"picture_{name}" for name in (*HELPERS, *(picture.value for picture in Picture))),
)
JUDGED = ("verdict", "witness", "item", "broken", "said")


def draw(params: Params) -> None:
    """Draw the pictures of the scope that ``params`` name."""
    steps: list[str] = []
    before: Plan | None = None
    for name, how in DRAWN.items():
        wanted = how if params["all"] else LOOK_UP
        if wanted is not before:
            steps.append(planned(wanted))
        steps.append(statement(name))
        before = wanted
    execute(";\n".join(steps), params)


def judge(catalogue: Mapping[Code, Entry], params: Params) -> None:
    """Say of the pictures whatever the catalogue says, and keep as items what follows from nothing else."""
    ((*drawn,),) = execute(ANY_DRAWN, {})
    said = [saying(picture, catalogue) for picture, has_rows in zip(Picture, drawn, strict=True) if has_rows]
    steps = (planned(LOOK_UP), statement("said"), *said, statement("precedence"), statement("items"))
    execute(";\n".join(steps), params)


ANY_DRAWN = f"SELECT {', '.join(f'EXISTS (SELECT 1 FROM picture_{picture})' for picture in Picture)}"  # noqa: S608 - names


def witness(params: Params) -> None:
    """Keep with each item what the systems said."""
    found = {name for (name,) in execute("SELECT DISTINCT picture FROM item", {})}
    execute(";\n".join(witnessing(picture) for picture in Picture if picture in found) or "SELECT 1", params)


def forget(*tables: str) -> None:
    """Drop tables of this transaction, by default all of them: a second comparison may follow in it."""
    named = tables or (*JUDGED, *PICTURES)
    execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in named)}", {})
