"""What the help desk puts right in SEC, as its gateway lets it."""

from __future__ import annotations

from datetime import datetime

from caseloads.systems.rows import run
from caseloads.systems.sec.gateway import CarriedLine, SecGateway

DROP = """
    DELETE FROM caseloads_seccarried
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
"""

CLOSE = """
    UPDATE caseloads_secline SET until_at = %(now)s
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
      AND until_at IS NULL AND from_at < %(now)s
"""

OPEN = """
    INSERT INTO caseloads_secline
        (osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend,
         from_at)
    SELECT osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend,
        %(now)s
    FROM caseloads_seccarried
    WHERE osis = %(osis)s AND (service, language, setting) = (%(service)s, %(language)s, %(setting)s)
    ON CONFLICT DO NOTHING
"""


# The message that the report shows a first attend by is put right too, or the next night would show it wrong again.
HEAR = """
    UPDATE caseloads_secnotice SET provider_number = %(provider)s, session_on = %(first_attend)s
    WHERE delivery = (
        SELECT delivery FROM caseloads_secnotice
        WHERE osis = %(osis)s AND (service, language) = (%(service)s, %(language)s) AND %(setting)s = ANY(settings)
        ORDER BY session_on, delivery LIMIT 1)
"""


def catch_up(*, key: dict[str, int], line: CarriedLine | None, now: datetime) -> None:
    """Let SEC say of a line what CAP says now; None where CAP has it no more."""
    if line is None:
        run(DROP, key)
    else:
        SecGateway().carry([line], now=now)
        if line.first_attend is not None:
            run(HEAR, {**key, "provider": line.provider_number, "first_attend": line.first_attend})
    run(CLOSE, {**key, "now": now})
    run(OPEN, {**key, "now": now})


def forget_notice(*, delivery: int) -> None:
    """Let SEC know nothing of a message, so that it can be sent again."""
    run("DELETE FROM caseloads_secnotice WHERE delivery = %s", [delivery])
