"""What the CAP-authorized office puts right in CAP, as its gateway lets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.statements import noted
from caseloads.systems.rows import fetch, run
from orcs_portal.shared.clock import local_day

CORRECT = noted(
    """
    UPDATE caseloads_capmandate m
    SET language = %(language)s, setting = %(setting)s, frequency = %(frequency)s, duration = %(duration)s,
        group_size = %(group_size)s, starts = %(starts)s, ends = %(ends)s, since = %(now)s
    WHERE osis = %(osis)s AND service = %(service)s AND status <> %(closed)s
      AND (language, setting) = (%(held_language)s, %(held_setting)s)
    """,
    "m",
)

CLOSE = noted(
    """
    UPDATE caseloads_capmandate m
    SET status = %(closed)s, ends = COALESCE(ends, %(today)s), since = %(now)s
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
      AND status <> %(closed)s
    """,
    "m",
)

# A row cannot change what tells it from others: under the language and setting that it had before, it is closed.
LEAVE = noted(
    """
    INSERT INTO caseloads_capmandate AS left_over
        (osis, service, language, setting, frequency, duration, group_size, starts, ends, status, provider_number,
         first_attend, since)
    SELECT osis, service, %(held_language)s, %(held_setting)s, frequency, duration, group_size, starts,
        LEAST(ends, %(today)s), %(closed)s, provider_number, first_attend, %(now)s
    FROM caseloads_capmandate
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
      AND status <> %(closed)s
    """,
    "left_over",
)

HELD = """
    SELECT osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend
    FROM caseloads_capmandate
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
      AND status <> %(closed)s
"""


def correct(*, key: dict[str, int], held: tuple[int, int], shape: tuple[Any, ...], now: datetime) -> int:
    """Make a row say what the IEP says, and return how many rows that were.

    ``key`` is the IEP's osis, service, language and setting, ``held`` the language and setting that CAP has for it,
    ``shape`` frequency, duration, group size, first and last day.
    """
    names = ("frequency", "duration", "group_size", "starts", "ends")
    params = {**key, **dict(zip(names, shape, strict=True)), "held_language": held[0], "held_setting": held[1]}
    params |= {"closed": CapStatus.CLOSED, "now": now, "today": local_day(now)}
    with transaction.atomic():
        corrected = run(CORRECT, params)
        if corrected and held != (key["language"], key["setting"]):
            run(LEAVE, params)
    return corrected


def close(*, key: dict[str, int], now: datetime) -> int:
    """Close the row of a line, and return how many there were."""
    return run(CLOSE, {**key, "closed": CapStatus.CLOSED, "today": local_day(now), "now": now})


def row_of(*, key: dict[str, int]) -> tuple[Any, ...] | None:
    """Return what CAP holds of a line, in the columns of ``CapGateway.changed``; None if nothing."""
    return next(iter(fetch(HELD, {**key, "closed": CapStatus.CLOSED})), None)


def forget_notice(*, delivery: int) -> None:
    """Let CAP know nothing of a message, so that it can be sent again."""
    run("DELETE FROM caseloads_capnotice WHERE delivery = %s", [delivery])
