"""SEC's statements; each handles any number of rows at once."""

from __future__ import annotations

TAKE = """
    INSERT INTO caseloads_secnotice
        (delivery, osis, service, language, settings, provider_number, session_on, received)
    VALUES %s ON CONFLICT (delivery) DO NOTHING
"""

TAKEN = "SELECT delivery, received, applied FROM caseloads_secnotice WHERE delivery = ANY(%s)"

CARRY = """
    INSERT INTO caseloads_seccarried
        (osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend,
         carried)
    VALUES %s
    ON CONFLICT (osis, service, language, setting) DO UPDATE SET
        frequency = EXCLUDED.frequency, duration = EXCLUDED.duration, group_size = EXCLUDED.group_size,
        status = EXCLUDED.status, provider_number = EXCLUDED.provider_number, first_attend = EXCLUDED.first_attend,
        carried = EXCLUDED.carried
"""

DROP = """
    DELETE FROM caseloads_seccarried c
    USING unnest(%s::bigint[], %s::int[], %s::int[], %s::int[]) AS gone(osis, service, language, setting)
    WHERE c.osis = gone.osis AND c.service = gone.service AND c.language = gone.language AND c.setting = gone.setting
"""

# What the report should say now: CAP's row, but received only by a call that has arrived here too (R2).  Of those that
# have, the earliest from CAP's first attend on: where that one's own message is missing, a later provider's is shown.
WANTED = """
    SELECT c.osis, c.service, c.language, c.setting, c.frequency, c.duration, c.group_size,
        CASE WHEN c.first_attend IS NOT NULL AND heard.delivery IS NULL THEN %(assigned)s ELSE c.status END AS status,
        COALESCE(heard.provider_number, c.provider_number) AS provider_number,
        heard.session_on AS first_attend
    FROM caseloads_seccarried c
    LEFT JOIN LATERAL (
        SELECT n.delivery, n.provider_number, n.session_on FROM caseloads_secnotice n
        WHERE c.first_attend IS NOT NULL AND n.osis = c.osis AND n.service = c.service AND n.language = c.language
          AND c.setting = ANY(n.settings) AND n.received <= %(now)s AND n.session_on >= c.first_attend
        ORDER BY n.session_on, n.delivery LIMIT 1
    ) heard ON true
"""

SAME = """
    l.osis = w.osis AND l.service = w.service AND l.language = w.language AND l.setting = w.setting
    AND (l.frequency, l.duration, l.group_size, l.status, l.provider_number, l.first_attend)
        IS NOT DISTINCT FROM (w.frequency, w.duration, w.group_size, w.status, w.provider_number, w.first_attend)
"""

CLOSE_LINES = f"""
    UPDATE caseloads_secline l SET until_at = %(now)s
    WHERE l.until_at IS NULL AND NOT EXISTS (SELECT 1 FROM ({WANTED}) w WHERE {SAME})
"""  # noqa: S608 - only statements of this module

OPEN_LINES = f"""
    INSERT INTO caseloads_secline
        (osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend,
         from_at)
    SELECT w.*, %(now)s::timestamptz FROM ({WANTED}) w
    WHERE NOT EXISTS (SELECT 1 FROM caseloads_secline l WHERE l.until_at IS NULL AND {SAME})
"""  # noqa: S608 - only statements of this module

UNHELD = """
    SELECT n.delivery, n.osis, n.service, n.language FROM caseloads_secnotice n
    WHERE n.applied IS NULL AND n.received <= %s AND NOT EXISTS (
        SELECT 1 FROM caseloads_seccarried c
        WHERE c.osis = n.osis AND c.service = n.service AND c.language = n.language AND c.setting = ANY(n.settings))
"""

SHOW = """
    UPDATE caseloads_secnotice n SET applied = %(now)s
    WHERE n.applied IS NULL AND n.received <= %(now)s AND EXISTS (
        SELECT 1 FROM caseloads_secline l
        WHERE l.until_at IS NULL AND l.osis = n.osis AND l.service = n.service AND l.language = n.language
          AND l.setting = ANY(n.settings) AND l.first_attend <= n.session_on)
    RETURNING n.delivery
"""
