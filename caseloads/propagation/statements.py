"""The outbox's statements; each handles a whole batch."""

from __future__ import annotations

# Order is kept per student and service: a row is due only when no earlier one of the same is on its way.  Of the rows
# that go alone a system has one on its way at a time, so that those which hang never take up a second worker, and those
# that never failed by themselves come first.  To a system that is fed by extracts nothing is sent at all.
CLAIMABLE = """
    NOT EXISTS (SELECT 1 FROM caseloads_systemsetting y WHERE y.system = %(system)s AND y.fed_by = 2)
    AND c.system = %(system)s AND c.state = %(waiting)s AND c.due <= %(now)s AND c.alone = %(alone)s
    AND NOT EXISTS (
        SELECT 1 FROM caseloads_delivery e
        WHERE e.system = c.system AND e.student_id = c.student_id AND e.service = c.service
          AND e.state IN (1, 2) AND e.id < c.id)
    AND NOT (%(alone)s AND EXISTS (
        SELECT 1 FROM caseloads_delivery o WHERE o.system = c.system AND o.state = 2 AND o.alone))
"""

# Materialized, since a plan that looks into a subquery once a row locks and limits anew each time, and takes too many.
CLAIM = f"""
    WITH due AS MATERIALIZED (
        SELECT c.id FROM caseloads_delivery c
        WHERE {CLAIMABLE}
        ORDER BY CASE WHEN %(alone)s THEN c.attempts ELSE 0 END, c.id
        LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE caseloads_delivery d
    SET state = %(sending)s, token = %(token)s, lease_until = %(until)s
    FROM due
    WHERE d.id = due.id
    RETURNING d.id
"""  # noqa: S608 - only statements of this module

DUE = f"SELECT EXISTS (SELECT 1 FROM caseloads_delivery c WHERE {CLAIMABLE})"  # noqa: S608 - as above

MESSAGES = """
    SELECT d.id, d.call_id, c.confirmation, c.provider_id, p.number, c.school_id, c.student_id, s.osis, c.service,
        c.language, ARRAY(SELECT DISTINCT m.setting FROM caseloads_mandate m WHERE m.id = ANY(c.mandates) ORDER BY 1),
        c.mandates, c.session_on, c.received, d.attempts
    FROM caseloads_delivery d
    JOIN caseloads_call c ON c.id = d.call_id
    JOIN caseloads_student s ON s.id = c.student_id
    JOIN providers_provider p ON p.id = c.provider_id
    WHERE d.token = %s AND d.state = 2
    ORDER BY d.id
"""

DELIVERED = """
    UPDATE caseloads_delivery d
    SET state = 3, delivered = %(now)s, expected = r.expected, shown = r.shown, token = NULL, lease_until = NULL,
        alone = false, reason = ''
    FROM unnest(%(ids)s::bigint[], %(expected)s::timestamptz[], %(shown)s::timestamptz[]) AS r(id, expected, shown)
    WHERE d.id = r.id AND d.token = %(token)s AND d.state = 2
"""

FAILED = """
    UPDATE caseloads_delivery d
    SET state = CASE WHEN r.park THEN 4 ELSE 1 END, attempts = r.attempts, due = r.due, failed = %(now)s,
        reason = r.reason, token = NULL, lease_until = NULL
    FROM unnest(%(ids)s::bigint[], %(attempts)s::int[], %(due)s::timestamptz[], %(park)s::bool[], %(reason)s::text[])
        AS r(id, attempts, due, park, reason)
    WHERE d.id = r.id AND d.token = %(token)s AND d.state = 2
"""

# A silent system or a batch that broke: nobody's own failure, so no attempt is counted.
PUT_BACK = """
    UPDATE caseloads_delivery
    SET state = 1, due = %(due)s, alone = alone OR %(alone)s, token = NULL, lease_until = NULL,
        reason = %(reason)s, failed = %(now)s
    WHERE token = %(token)s AND state = 2
"""

LAPSED = """
    SELECT id, attempts, alone FROM caseloads_delivery
    WHERE system = %(system)s AND state = 2 AND lease_until <= %(now)s
    ORDER BY id LIMIT 5000
    FOR UPDATE SKIP LOCKED
"""

FREE = """
    UPDATE caseloads_delivery d
    SET state = CASE WHEN r.park THEN 4 ELSE 1 END, alone = true, attempts = r.attempts, due = r.due,
        failed = %(now)s, reason = r.reason, token = NULL, lease_until = NULL
    FROM unnest(%(ids)s::bigint[], %(attempts)s::int[], %(due)s::timestamptz[], %(park)s::bool[], %(reason)s::text[])
        AS r(id, attempts, due, park, reason)
    WHERE d.id = r.id
"""

GIVE_UP = """
    UPDATE caseloads_delivery SET state = 4, reason = %(reason)s, failed = %(now)s
    WHERE system = %(system)s AND state = 1 AND queued <= %(before)s
"""

# What waits or is parked for a system that is fed by extracts is only awaited, for as long as the system promises.
AWAIT = """
    UPDATE caseloads_delivery d
    SET state = 5, expected = %(now)s::timestamptz + make_interval(mins => y.lag_promise), failed = NULL, reason = '',
        alone = false
    FROM caseloads_systemsetting y
    WHERE y.system = %(system)s AND y.fed_by = 2 AND d.system = y.system AND d.state IN (1, 4)
"""

SHOWN = """
    UPDATE caseloads_delivery d SET shown = r.at, ended = NULL, reason = ''
    FROM unnest(%(ids)s::bigint[], %(at)s::timestamptz[]) AS r(id, at)
    WHERE d.id = r.id AND d.shown IS NULL AND d.state IN (3, 5)
"""

# What CAP has no line for, SEC, which follows it, will have none for either.
ENDED = """
    UPDATE caseloads_delivery d SET ended = r.at, reason = %(reason)s
    FROM unnest(%(ids)s::bigint[], %(at)s::timestamptz[]) AS r(id, at)
    JOIN caseloads_delivery e ON e.id = r.id
    WHERE d.call_id = e.call_id AND (d.id = e.id OR (e.system = 1 AND d.system = 2))
      AND d.shown IS NULL AND d.ended IS NULL AND d.state IN (3, 5)
"""

START_RUN = """
    INSERT INTO shared_periodicrun (task, due, started, done) VALUES (%s, %s, %s, %s) ON CONFLICT (task, due) DO NOTHING
"""
