-- Providers at schools where the access lists do not say what they should: whether they serve there today, from when.
-- Besides those of the scope's students, what findings there are of the scope's providers is looked at.
CREATE TEMP TABLE picture_place ON COMMIT DROP AS
WITH misplaced AS MATERIALIZED (
    SELECT DISTINCT v.provider_id, s.school_id
    FROM picture_provider v
    JOIN providers_galaxylisting g ON g.provider_number = v.number
    JOIN picture_school s ON s.dbn = g.dbn
    WHERE v.route = %(pets)s AND g.added <= %(at)s AND (g.ends IS NULL OR g.ends >= %(day)s)
), asked AS (
    SELECT provider_id, school_id FROM picture_line WHERE provider_id IS NOT NULL AND NOT has_access
    UNION
    SELECT s.provider_id, l.school_id
    FROM (SELECT DISTINCT student_id, school_id FROM picture_line WHERE NOT begun) l
    JOIN caseloads_iep before ON before.student_id = l.student_id AND before.governs @> %(day)s::date
    JOIN caseloads_mandate m ON m.iep_id = before.id
    JOIN caseloads_assignment s ON s.mandate_id = m.id
    UNION
    SELECT f.provider_id, f.place_id FROM compliance_finding f
    WHERE f.subject = %(of_place)s AND f.condition <> %(is_closed)s AND NOT %(all)s
      AND f.provider_id IN (SELECT id FROM chosen_provider)
    UNION
    SELECT s.provider_id, e.school_id
    FROM caseloads_assignment s
    JOIN caseloads_mandate m ON m.id = s.mandate_id
    JOIN caseloads_enrolment e ON e.student_id = m.student_id
    WHERE s.provider_id = ANY(%(asked)s::bigint[]) AND (s.ends IS NULL OR s.ends >= %(day)s)
    UNION
    SELECT provider_id, school_id FROM misplaced
), known AS (
    SELECT v.provider_id, v.number, v.agency_id, v.route, v.access_owner, asked.school_id,
        (SELECT min(g.added) FROM providers_galaxylisting g JOIN picture_school s ON s.dbn = g.dbn
         WHERE s.school_id = asked.school_id AND g.provider_number = v.number AND g.added <= %(at)s
           AND (g.ends IS NULL OR g.ends >= %(day)s)) AS added,
        EXISTS (
            SELECT 1 FROM providers_petslisting g WHERE g.provider_number = v.number AND g.active AND g.eligible
        ) AS usable
    FROM asked JOIN picture_provider v USING (provider_id)
), wrong AS MATERIALIZED (
    SELECT * FROM known
    WHERE route = %(galaxy)s AND (added IS NULL OR added > %(at)s - 2 * make_interval(hours => %(galaxy_hours)s))
       OR route = %(pets)s AND (NOT usable OR added IS NOT NULL)
)
SELECT w.*, serving.since AS serves_from, serving.students
FROM wrong w
CROSS JOIN LATERAL (
    SELECT min(a.starts) AS since, count(DISTINCT m.student_id) AS students
    FROM caseloads_assignment a
    JOIN caseloads_mandate m ON m.id = a.mandate_id
    JOIN caseloads_iep i ON i.id = m.iep_id
    JOIN caseloads_enrolment e ON e.student_id = m.student_id
    WHERE a.provider_id = w.provider_id AND e.school_id = w.school_id AND i.governs @> %(day)s::date
      AND a.starts <= %(day)s AND (a.ends IS NULL OR a.ends >= %(day)s)
      AND m.starts <= %(day)s AND (m.ends IS NULL OR m.ends >= %(day)s)
      AND e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s)
) serving
