"""The SESIS gateway's statements; each handles any number of rows at once."""

from __future__ import annotations

TAKE = """
    INSERT INTO caseloads_sesisnotice (delivery, call_id, provider_id, school_id, mandates, received, due, expected)
    VALUES %s ON CONFLICT (delivery) DO NOTHING
"""

TAKEN = "SELECT delivery, expected, opened FROM caseloads_sesisnotice WHERE delivery = ANY(%s)"

# The governing version of a mandate, should its IEP have been replaced since the call (R10): of the day or, where the
# line comes back only with a later IEP, of that one; of the same setting or, where that is gone, of the other.
GOVERNING = """
    SELECT g.id FROM caseloads_mandate g
    JOIN caseloads_iep i ON i.id = g.iep_id AND i.governs && daterange(%(today)s, NULL)
    WHERE g.student_id = m.student_id AND g.service = m.service AND g.language = m.language
      AND (g.ends IS NULL OR g.ends >= %(today)s)
    ORDER BY lower(i.governs), g.setting = m.setting DESC LIMIT 1
"""

GOES_ON = f"""
    EXISTS (
        SELECT 1 FROM caseloads_mandate m CROSS JOIN LATERAL ({GOVERNING}) line
        WHERE m.id = ANY(n.mandates))
"""  # noqa: S608 - only statements of this module

DUE = f"""
    SELECT n.delivery, p.affiliation FROM caseloads_sesisnotice n JOIN providers_provider p ON p.id = n.provider_id
    WHERE n.applied IS NULL AND n.due <= %(now)s AND {GOES_ON}
    ORDER BY n.due, n.delivery
    FOR UPDATE OF n
"""  # noqa: S608 - only statements of this module

HAS_ACCESS = """
    SELECT 1 FROM providers_accessgrant a
    WHERE a.provider_id = {provider} AND a.school_id = {school} AND a.opened <= %(now)s
      AND (a.ended IS NULL OR a.ended > %(now)s)
"""

ENTER = f"""
    INSERT INTO caseloads_entry (mandate_id, student_id, provider_id, school_id, call_id, state, held_for, since)
    SELECT DISTINCT ON (line.id, n.provider_id)
        line.id, m.student_id, n.provider_id, n.school_id, n.call_id,
        CASE WHEN access.ok THEN %(open)s ELSE %(held)s END,
        CASE WHEN access.ok THEN NULL ELSE route.route END,
        %(now)s::timestamptz
    FROM unnest(%(deliveries)s::bigint[], %(routes)s::int[]) AS route(delivery, route)
    JOIN caseloads_sesisnotice n ON n.delivery = route.delivery
    CROSS JOIN LATERAL unnest(n.mandates) AS wanted(id)
    JOIN caseloads_mandate m ON m.id = wanted.id
    JOIN LATERAL ({GOVERNING}) line ON true
    CROSS JOIN LATERAL (
        SELECT EXISTS ({HAS_ACCESS.format(provider="n.provider_id", school="n.school_id")}) AS ok
    ) access
    ORDER BY line.id, n.provider_id, n.delivery
    ON CONFLICT (mandate_id, provider_id) WHERE state <> 3 DO NOTHING
"""  # noqa: S608 - only statements of this module

APPLIED = "UPDATE caseloads_sesisnotice SET applied = %(now)s, ended = NULL WHERE delivery = ANY(%(deliveries)s)"

# Nothing is left to enter, or what was entered ended while it was still held.
ENDED = f"""
    UPDATE caseloads_sesisnotice n SET ended = %(now)s
    WHERE n.opened IS NULL AND n.ended IS NULL AND n.due <= %(now)s AND NOT {GOES_ON}
      AND (n.applied IS NULL OR NOT EXISTS (
        SELECT 1 FROM caseloads_entry e WHERE e.call_id = n.call_id AND e.state <> %(over)s))
    RETURNING n.delivery
"""  # noqa: S608 - only statements of this module

RELEASE = f"""
    UPDATE caseloads_entry e SET state = %(open)s, held_for = NULL, since = %(now)s
    WHERE e.state = %(held)s
      AND EXISTS ({HAS_ACCESS.format(provider="e.provider_id", school="e.school_id")})
"""  # noqa: S608 - only statements of this module

# Who makes no call is entered by running assignments alone, at the school where the student is that day (R1).
ENTER_ASSIGNED = f"""
    INSERT INTO caseloads_entry (mandate_id, student_id, provider_id, school_id, state, held_for, since)
    SELECT m.id, m.student_id, g.provider_id, home.school_id,
        CASE WHEN access.ok THEN %(open)s ELSE %(held)s END,
        CASE WHEN access.ok THEN NULL ELSE way.route END,
        %(now)s::timestamptz
    FROM caseloads_assignment g
    JOIN providers_provider p ON p.id = g.provider_id
    JOIN unnest(%(silent)s::int[]) AS silent(role) ON silent.role = p.role
    JOIN unnest(%(affiliations)s::int[], %(routes)s::int[]) AS way(affiliation, route)
      ON way.affiliation = p.affiliation
    JOIN caseloads_mandate m ON m.id = g.mandate_id AND (m.ends IS NULL OR m.ends >= %(today)s)
    JOIN caseloads_iep i ON i.id = m.iep_id AND i.governs @> %(today)s::date
    JOIN caseloads_enrolment home ON home.student_id = m.student_id AND home.starts <= %(today)s
     AND (home.ends IS NULL OR home.ends >= %(today)s)
    CROSS JOIN LATERAL (
        SELECT EXISTS ({HAS_ACCESS.format(provider="g.provider_id", school="home.school_id")}) AS ok
    ) access
    WHERE g.starts <= %(today)s AND (g.ends IS NULL OR g.ends >= %(today)s)
      AND (%(assignments)s::bigint[] IS NULL OR g.id = ANY(%(assignments)s))
    ORDER BY g.id
    ON CONFLICT (mandate_id, provider_id) WHERE state <> 3 DO NOTHING
"""  # noqa: S608 - only statements of this module

# A first attend stands once no entry of its provider for its mandates is held any more.
OPENED = """
    UPDATE caseloads_sesisnotice n SET opened = %(now)s, ended = NULL
    WHERE n.applied IS NOT NULL AND n.opened IS NULL
      AND EXISTS (  -- begun at the notice's mandates, few; a join would begin at every entry there is
        SELECT 1 FROM unnest(n.mandates) AS wanted(id)
        JOIN caseloads_mandate k ON k.id = wanted.id
        JOIN caseloads_mandate m ON m.student_id = k.student_id AND m.service = k.service AND m.language = k.language
        JOIN caseloads_entry e ON e.mandate_id = m.id
        WHERE e.provider_id = n.provider_id AND e.state = %(open)s)
      AND NOT EXISTS (SELECT 1 FROM caseloads_entry e WHERE e.call_id = n.call_id AND e.state = %(held)s)
    RETURNING n.delivery
"""

# What a first IEP's download waits for is consent (R11); every other final one goes the next night, but for those that
# the download passes over: they are in order, nobody knows why it does not see them, and somebody has to find them.
TO_DOWNLOAD = """
    SELECT i.id, i.student_id, s.osis FROM caseloads_iep i
    JOIN caseloads_student s ON s.id = i.student_id
    LEFT JOIN caseloads_consent c ON c.student_id = i.student_id AND c.recorded <= %(now)s
    WHERE i.status = %(final)s AND i.transfer = ANY(%(open)s) AND i.finalised <= %(now)s AND NOT i.passed_over
      AND upper_inf(i.governs) AND (i.kind <> %(initial)s OR c.id IS NOT NULL)
    ORDER BY i.id
    FOR UPDATE OF i SKIP LOCKED
"""

# Of lines, those that no IEP names from this day on.
OVER = """
    SELECT k.osis, k.service, k.language
    FROM unnest(%(osis)s::bigint[], %(service)s::int[], %(language)s::int[]) AS k(osis, service, language)
    JOIN caseloads_student s ON s.osis = k.osis
    WHERE NOT EXISTS (
        SELECT 1 FROM caseloads_mandate g
        JOIN caseloads_iep i ON i.id = g.iep_id AND i.governs && daterange(%(today)s, NULL)
        WHERE g.student_id = s.id AND g.service = k.service AND g.language = k.language
          AND (g.ends IS NULL OR g.ends >= %(today)s))
"""

LINES = """
    SELECT s.osis, m.service, m.language, m.setting, m.frequency, m.duration, m.group_size, m.starts, m.ends,
        (SELECT p.number FROM caseloads_assignment a JOIN providers_provider p ON p.id = a.provider_id
         WHERE a.mandate_id = m.id AND a.ends IS NULL ORDER BY a.starts, a.id LIMIT 1)
    FROM caseloads_mandate m JOIN caseloads_student s ON s.id = m.student_id
    WHERE m.iep_id = ANY(%(ieps)s) AND (m.ends IS NULL OR m.ends >= %(today)s) ORDER BY m.id
"""

# A new IEP carries on what it still names: the line of the same setting or, where that is gone, the other setting of
# the same service and language, since a first attend is of both.  What it no longer names is ended.
CARRY_ASSIGNMENTS = """
    INSERT INTO caseloads_assignment (mandate_id, provider_id, starts)
    SELECT new.id, a.provider_id, GREATEST(a.starts, %(starts)s::date)
    FROM caseloads_mandate new
    JOIN caseloads_mandate old ON old.student_id = new.student_id AND old.iep_id = ANY(%(older)s)
     AND (old.service, old.language) = (new.service, new.language)
    JOIN caseloads_assignment a ON a.mandate_id = old.id AND a.ends IS NULL
    WHERE new.iep_id = %(iep)s AND (old.setting = new.setting OR NOT EXISTS (
        SELECT 1 FROM caseloads_mandate same WHERE same.iep_id = new.iep_id
          AND (same.service, same.language, same.setting) = (old.service, old.language, old.setting)))
    ON CONFLICT (mandate_id, provider_id) WHERE ends IS NULL DO NOTHING
"""

END_ASSIGNMENTS = """
    UPDATE caseloads_assignment a SET ends = GREATEST(a.starts, %(starts)s::date - 1)
    FROM caseloads_mandate old WHERE old.id = a.mandate_id AND old.iep_id = ANY(%(older)s) AND a.ends IS NULL
"""

# Entries turn over on the day the new IEP begins, not on the day it is made final: until then the old one governs.  An
# entry takes the other setting only where its provider has none of that setting already.
TURN_ENTRIES = """
    UPDATE caseloads_entry e SET mandate_id = turned.mandate
    FROM (
        SELECT DISTINCT ON (e.id) e.id AS entry, new.id AS mandate
        FROM caseloads_entry e
        JOIN caseloads_mandate old ON old.id = e.mandate_id
        JOIN caseloads_iep was ON was.id = old.iep_id AND NOT was.governs @> %(today)s::date
        JOIN caseloads_iep now ON now.student_id = old.student_id AND now.governs @> %(today)s::date
        JOIN caseloads_mandate new ON new.iep_id = now.id
         AND (new.service, new.language) = (old.service, old.language)
        WHERE e.state <> %(ended)s AND (%(student)s::bigint IS NULL OR e.student_id = %(student)s)
          AND (new.setting = old.setting OR NOT EXISTS (
            SELECT 1 FROM caseloads_mandate same WHERE same.iep_id = now.id
              AND (same.service, same.language, same.setting) = (old.service, old.language, old.setting)
        ) AND NOT EXISTS (
            SELECT 1 FROM caseloads_entry has JOIN caseloads_mandate its ON its.id = has.mandate_id
            WHERE has.student_id = e.student_id AND has.provider_id = e.provider_id AND has.state <> %(ended)s
              AND (its.service, its.language, its.setting) = (new.service, new.language, new.setting)))
        ORDER BY e.id, new.setting = old.setting DESC
    ) turned
    WHERE e.id = turned.entry
"""

END_ENTRIES = """
    UPDATE caseloads_entry e SET state = %(ended)s, held_for = NULL, since = %(now)s
    FROM caseloads_mandate old JOIN caseloads_iep was ON was.id = old.iep_id
    WHERE e.mandate_id = old.id AND e.state <> %(ended)s AND upper(was.governs) <= %(today)s::date
      AND (%(student)s::bigint IS NULL OR e.student_id = %(student)s)
"""
