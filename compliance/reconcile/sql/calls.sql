-- What is wrong with calls of this school year in themselves.
CREATE TEMP TABLE picture_call ON COMMIT DROP AS
WITH accepted AS (
    SELECT d.call_id, d.provider_id, d.student_id, d.at_school, d.service, d.language, %(accepted)s AS outcome,
        '' AS rule, d.received, v.number, v.agency_id, v.paper <> %(no_paper)s AND d.logged AS needs_gate,
        COALESCE(
            (SELECT min(t.processed) FROM caseloads_transmittal t
             WHERE v.paper = %(transmittal)s AND t.agency_id = v.agency_id AND t.student_id = d.student_id
               AND t.service = d.service AND t.language = d.language),
            (SELECT min(r.processed) FROM caseloads_rsaletter r
             WHERE v.paper = %(letter)s AND r.provider_id = d.provider_id AND r.student_id = d.student_id
               AND r.service = d.service AND r.language = d.language)) AS gate_at,
        d.repeats,
        d.by_another AND EXISTS (SELECT 1 FROM caseloads_mandate m WHERE m.id = ANY(d.mandates)) AND NOT EXISTS (
            SELECT 1 FROM caseloads_mandate m WHERE m.id = ANY(d.mandates) AND m.iep_id = d.governed_id
        ) AS superseded,
        d.elsewhere, assigned_then.somebody AND NOT assigned_then.caller AS replaced, NULL::boolean AS followed
    FROM picture_doubt d
    JOIN picture_provider v ON v.provider_id = d.provider_id
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS somebody, COALESCE(bool_or(s.provider_id = d.provider_id), false) AS caller
        FROM caseloads_mandate m JOIN caseloads_assignment s ON s.mandate_id = m.id
        WHERE d.unassigned AND m.student_id = d.student_id AND m.service = d.service AND m.language = d.language
          AND s.starts <= (d.received AT TIME ZONE 'America/New_York')::date
          AND (s.ends IS NULL OR s.ends >= (d.received AT TIME ZONE 'America/New_York')::date)
    ) assigned_then
    WHERE d.repeats OR d.by_another OR d.elsewhere OR d.unassigned OR d.logged
), stopped AS (
    SELECT c.id, c.provider_id, c.student_id, c.school_id, c.service, c.language, c.outcome, c.rule, c.received, v.number,
        v.agency_id, NULL::boolean, NULL::timestamptz, NULL::boolean, NULL::boolean, NULL::boolean, NULL::boolean,
        EXISTS (
            SELECT 1 FROM caseloads_call later
            WHERE later.student_id = c.student_id AND later.service = c.service AND later.provider_id = c.provider_id
              AND later.school_year = c.school_year AND (later.received, later.id) > (c.received, c.id)
              AND (c.outcome = %(unlinked)s OR later.language IS NOT DISTINCT FROM c.language)
              AND (later.outcome = %(accepted)s
                   OR later.outcome = c.outcome AND (c.outcome = %(unlinked)s OR later.rule = c.rule))
        )
    FROM caseloads_call c JOIN picture_provider v ON v.provider_id = c.provider_id
    WHERE c.outcome IN (%(refused)s, %(unlinked)s) AND c.school_year = %(year)s AND c.student_id IS NOT NULL
      AND c.student_id IN (SELECT id FROM chosen_student)
)
SELECT each.*, u.osis, COALESCE(u.school_id, each.at_school) AS school_id
FROM (SELECT * FROM accepted UNION ALL SELECT * FROM stopped) each
JOIN ({pupils}) u ON u.student_id = each.student_id
