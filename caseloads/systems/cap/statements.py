"""CAP's statements; each handles any number of rows at once."""

from __future__ import annotations

KEY = ("osis", "service", "language", "setting")

TAKE = """
    INSERT INTO caseloads_capnotice
        (delivery, osis, service, language, settings, provider_number, session_on, received, due, marked)
    VALUES %s ON CONFLICT (delivery) DO NOTHING
"""

TAKEN = "SELECT delivery, due, applied FROM caseloads_capnotice WHERE delivery = ANY(%s)"

# A notice marks every open mandate of its line that nobody attended before its day, so that a message which comes late
# leaves what it would have left in time.  One that finds no mandate at all waits for the IEP to come down and is tried
# again each night.
SETTLE = """
    WITH due AS (
        SELECT n.*, EXISTS (
            SELECT 1 FROM caseloads_capmandate m
            WHERE m.osis = n.osis AND m.service = n.service AND m.language = n.language
              AND m.setting = ANY(n.settings) AND m.status <> %(closed)s
        ) AS known
        FROM caseloads_capnotice n
        WHERE n.applied IS NULL AND n.due <= %(now)s
        FOR UPDATE OF n
    ), first AS (
        SELECT DISTINCT ON (m.id) m.id, d.delivery, d.session_on, d.provider_number
        FROM due d
        JOIN caseloads_capmandate m
          ON m.osis = d.osis AND m.service = d.service AND m.language = d.language
         AND m.setting = ANY(d.settings) AND m.status <> %(closed)s
         AND (m.first_attend IS NULL OR m.first_attend > d.session_on)
        ORDER BY m.id, d.session_on, d.delivery
    ), marking AS (
        UPDATE caseloads_capmandate m
        SET status = %(attended)s, first_attend = f.session_on, provider_number = f.provider_number, since = %(now)s
        FROM first f WHERE m.id = f.id
        RETURNING f.delivery
    ), marked AS (SELECT delivery, count(*) AS lines FROM marking GROUP BY delivery)
    UPDATE caseloads_capnotice n
    SET applied = %(now)s, marked = COALESCE((SELECT lines FROM marked WHERE marked.delivery = n.delivery), 0)
    FROM due d WHERE n.delivery = d.delivery AND d.known
    RETURNING n.delivery
"""

# The conflict's condition repeats the partial unique index, whose literal 7 is CLOSED.
APPLY = """
    INSERT INTO caseloads_capmandate AS old
        (osis, service, language, setting, frequency, duration, group_size, starts, ends, status, provider_number,
         since)
    VALUES %s
    ON CONFLICT (osis, service, language, setting) WHERE status <> 7
    DO UPDATE SET frequency = EXCLUDED.frequency, duration = EXCLUDED.duration, group_size = EXCLUDED.group_size,
        starts = EXCLUDED.starts, ends = EXCLUDED.ends, since = EXCLUDED.since
    WHERE (old.frequency, old.duration, old.group_size, old.starts, old.ends)
        IS DISTINCT FROM (EXCLUDED.frequency, EXCLUDED.duration, EXCLUDED.group_size, EXCLUDED.starts, EXCLUDED.ends)
"""

CLOSE_DROPPED = """
    UPDATE caseloads_capmandate m SET status = %(closed)s, ends = COALESCE(m.ends, %(day)s), since = %(now)s
    WHERE m.osis = ANY(%(students)s) AND m.status <> %(closed)s
      AND NOT EXISTS (
        SELECT 1 FROM unnest(%(osis)s::bigint[], %(service)s::int[], %(language)s::int[], %(setting)s::int[])
            AS keep(osis, service, language, setting)
        WHERE keep.osis = m.osis AND keep.service = m.service AND keep.language = m.language
          AND keep.setting = m.setting)
"""

CHANGED = """
    SELECT osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend
    FROM caseloads_capmandate
    WHERE (%(since)s::timestamptz IS NULL OR since > %(since)s) AND since <= %(until)s
    ORDER BY since, id
"""
