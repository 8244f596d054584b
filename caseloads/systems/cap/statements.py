"""CAP's statements; each handles any number of rows at once."""

from __future__ import annotations

KEY = ("osis", "service", "language", "setting")
SAID = "osis, service, language, setting, frequency, duration, group_size, status, provider_number, first_attend"


def noted(change: str, alias: str) -> str:
    """Return a statement that changes mandates and notes what each says since then, for SEC to have a day later.

    ``alias`` is what ``change`` calls the table it changes.
    """
    columns = ", ".join(f"{alias}.{name}" for name in (*SAID.split(", "), "since"))
    return f"""
        WITH changed AS ({change} RETURNING {columns})
        INSERT INTO caseloads_capchange ({SAID}, since) SELECT {SAID}, since FROM changed
    """  # noqa: S608 - only statements of CAP's modules


TAKE = """
    INSERT INTO caseloads_capnotice
        (delivery, osis, service, language, settings, provider_number, session_on, received, due, marked)
    VALUES %s ON CONFLICT (delivery) DO NOTHING
"""

TAKEN = "SELECT delivery, due, applied FROM caseloads_capnotice WHERE delivery = ANY(%s)"

# A notice marks every open mandate of its line that nobody attended before its day, so that a message which comes late
# leaves what it would have left in time.  One that finds no mandate at all waits for the IEP to come down and is tried
# again each night.
SETTLE = f"""
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
        RETURNING f.delivery, m.*
    ), noting AS (
        INSERT INTO caseloads_capchange ({SAID}, since) SELECT {SAID}, since FROM marking
    ), marked AS (SELECT delivery, count(*) AS lines FROM marking GROUP BY delivery)
    UPDATE caseloads_capnotice n
    SET applied = %(now)s, marked = COALESCE((SELECT lines FROM marked WHERE marked.delivery = n.delivery), 0)
    FROM due d WHERE n.delivery = d.delivery AND d.known
    RETURNING n.delivery
"""  # noqa: S608 - only statements of this module

UNHELD = "SELECT delivery, osis, service, language FROM caseloads_capnotice WHERE applied IS NULL AND due <= %s"

# The conflict's condition repeats the partial unique index, whose literal 7 is CLOSED.
APPLY = noted(
    """
    INSERT INTO caseloads_capmandate AS old
        (osis, service, language, setting, frequency, duration, group_size, starts, ends, status, provider_number,
         since)
    VALUES %s
    ON CONFLICT (osis, service, language, setting) WHERE status <> 7
    DO UPDATE SET frequency = EXCLUDED.frequency, duration = EXCLUDED.duration, group_size = EXCLUDED.group_size,
        starts = EXCLUDED.starts, ends = EXCLUDED.ends, since = EXCLUDED.since
    WHERE (old.frequency, old.duration, old.group_size, old.starts, old.ends)
        IS DISTINCT FROM (EXCLUDED.frequency, EXCLUDED.duration, EXCLUDED.group_size, EXCLUDED.starts, EXCLUDED.ends)
    """,
    "old",
)

CLOSE_DROPPED = noted(
    """
    UPDATE caseloads_capmandate m SET status = %(closed)s, ends = COALESCE(m.ends, %(day)s), since = %(now)s
    WHERE m.osis = ANY(%(students)s) AND m.status <> %(closed)s
      AND NOT EXISTS (
        SELECT 1 FROM unnest(%(osis)s::bigint[], %(service)s::int[], %(language)s::int[], %(setting)s::int[])
            AS keep(osis, service, language, setting)
        WHERE keep.osis = m.osis AND keep.service = m.service AND keep.language = m.language
          AND keep.setting = m.setting)
    """,
    "m",
)

# The last that each mandate said in the window, whatever it says by now.  What stands in the table itself counts too,
# for rows that came in by other ways than these statements; of two with one time the present one is the last.
CHANGED = f"""
    SELECT DISTINCT ON (osis, service, language, setting) {SAID}
    FROM (
        SELECT {SAID}, since, false AS present, id FROM caseloads_capchange
        UNION ALL
        SELECT {SAID}, since, true, id FROM caseloads_capmandate
    ) said
    WHERE (%(since)s::timestamptz IS NULL OR since > %(since)s) AND since <= %(until)s
    ORDER BY osis, service, language, setting, since DESC, present DESC, status = %(closed)s, id DESC
"""  # noqa: S608 - only statements of this module

FORGET = "DELETE FROM caseloads_capchange WHERE since <= %s"
