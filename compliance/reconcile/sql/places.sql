-- Providers at schools where the access lists do not say what they should: whether they serve there today, from when.
-- Besides those of the scope's students, what findings there are of the scope's providers is looked at.
CREATE TEMP TABLE picture_place ON COMMIT DROP AS
WITH listed AS (
    SELECT v.provider_id, s.school_id, min(g.added) AS added
    FROM providers_galaxylisting g
    JOIN picture_provider v ON v.number = g.provider_number
    JOIN picture_school s ON s.dbn = g.dbn
    WHERE g.added <= %(at)s AND (g.ends IS NULL OR g.ends >= %(day)s)
    GROUP BY v.provider_id, s.school_id
), usable AS (
    SELECT DISTINCT provider_number AS number FROM providers_petslisting WHERE active AND eligible
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
    WHERE f.subject = %(of_place)s AND f.condition <> %(is_closed)s AND f.provider_id = ANY(%(providers)s)
    UNION
    SELECT s.provider_id, e.school_id
    FROM caseloads_assignment s
    JOIN caseloads_mandate m ON m.id = s.mandate_id
    JOIN caseloads_enrolment e ON e.student_id = m.student_id
    WHERE s.provider_id = ANY(%(asked)s) AND (s.ends IS NULL OR s.ends >= %(day)s)
    UNION
    SELECT l.provider_id, l.school_id
    FROM listed l JOIN picture_provider v USING (provider_id)
    WHERE v.route = %(pets)s AND (%(all)s OR l.provider_id = ANY(%(providers)s))
), wrong AS (
    SELECT v.provider_id, v.number, v.agency_id, v.route, v.access_owner, asked.school_id, listed.added,
        usable.number IS NOT NULL AS usable
    FROM asked
    JOIN picture_provider v USING (provider_id)
    LEFT JOIN listed USING (provider_id, school_id)
    LEFT JOIN usable ON usable.number = v.number
    WHERE v.route = %(galaxy)s
      AND (listed.added IS NULL OR listed.added > %(at)s - 2 * make_interval(hours => %(galaxy_hours)s))
       OR v.route = %(pets)s AND (usable.number IS NULL OR listed.added IS NOT NULL)
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
