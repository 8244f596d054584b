"""Days, nights and ages as SQL: what the catalogue's expressions are written with.

Each function takes SQL expressions and returns one.  Days and nights are New York's; ages and due dates are counted
in the school days of the row's own calendar, whose columns are ``days`` (every school day there is, in order) and
``today`` (how many of them are over or begun).
"""

from __future__ import annotations

from caseloads.systems.nights import CAP_NIGHT, DOWNLOAD

ZONE = "America/New_York"


def day_of(moment: str) -> str:
    """Return the New York day of a moment."""
    return f"({moment} AT TIME ZONE '{ZONE}')::date"


def start_of(day: str) -> str:
    """Return the first moment of a New York day."""
    return f"(({day})::timestamp AT TIME ZONE '{ZONE}')"


def night_after(moment: str, hour: int) -> str:
    """Return the first time strictly after a moment at which it is ``hour`` o'clock in New York.

    In the night in which an hour comes twice PostgreSQL takes the second one: so the hour before is asked too.
    """
    clock = f"(date_trunc('day', ({moment}) AT TIME ZONE '{ZONE}' - interval '{hour} hours')"
    clock += f" + interval '{24 + hour} hours')"
    return (
        f"LEAST({clock} AT TIME ZONE '{ZONE}', ({clock} - interval '1 hour') AT TIME ZONE '{ZONE}' + interval '1 hour')"
    )


def download_after(moment: str) -> str:
    """Return the night after a moment: the first one strictly after it that takes documents to CAP."""
    return night_after(moment, DOWNLOAD.hour)


def cap_night_after(moment: str) -> str:
    """Return the first night strictly after a moment in which CAP works through calls."""
    return night_after(moment, CAP_NIGHT.hour)


def age(day: str) -> str:
    """Return how many school days old something of a day is today: that day does not count, and today does."""
    return f"(today - width_bucket({day}, days))"


def is_over(day: str, number: str) -> str:
    """Return the condition that something of a day is more school days old than a number."""
    return f"{age(day)} > %({number})s"


def over_on(day: str, number: str) -> str:
    """Return the moment at which something of a day becomes more school days old than a number.

    Where the calendar ends before that, no day is known: the coming school year cannot begin before September.
    """
    return f"COALESCE({start_of(f'days[width_bucket({day}, days) + %({number})s + 1]')}, %(unknown)s)"


def hours(number: str) -> str:
    """Return a number of hours as an interval."""
    return f"make_interval(hours => %({number})s)"
