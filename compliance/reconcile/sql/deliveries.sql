-- First attends of this school year, still mandated, that CAP, SEC or the caseload does not show.  Of CAP's rows those
-- count whose setting the call marks or, where there is none such, all of its service and language.
CREATE TEMP TABLE picture_delivery ON COMMIT DROP AS
WITH unshown AS (
    SELECT student_id, line >> 12 AS osis, (line >> 7 & 31)::smallint AS service, cap_language AS language, cap_setting AS setting,
        cap_first_attend IS NULL AS cap_lacks,
        CASE WHEN cap_first_attend IS NOT NULL THEN cap_since END AS sec_lags_from
    FROM picture_line
    WHERE cap_id IS NOT NULL AND student_id IS NOT NULL
      AND (cap_first_attend IS NULL OR sec_id IS NOT NULL AND sec_first_attend IS NULL)
), lacking AS (
    SELECT c.id AS call_id, bool_or(s.cap_lacks) AS cap_lacks, min(s.sec_lags_from) AS sec_lags_from
    FROM unshown s
    CROSS JOIN LATERAL (
        SELECT c.id, c.mandates FROM caseloads_call c
        WHERE c.student_id = s.student_id AND c.service = s.service AND c.language = s.language
          AND c.outcome = %(accepted)s AND c.school_year = %(year)s
        OFFSET 0
    ) c
    CROSS JOIN LATERAL (
        SELECT ARRAY(SELECT m.setting FROM caseloads_mandate m WHERE m.id = ANY(c.mandates)) AS settings
    ) marked
    WHERE s.setting = ANY(marked.settings) OR NOT EXISTS (
        SELECT 1 FROM caseloads_capmandate k
        WHERE k.osis = s.osis AND k.status <> %(closed)s AND k.service = s.service AND k.language = s.language
          AND k.setting = ANY(marked.settings))
    GROUP BY c.id
), absent AS (
    SELECT d.call_id FROM picture_doubt d
    WHERE d.unentered AND NOT EXISTS (
        SELECT 1 FROM caseloads_entry e JOIN caseloads_mandate m ON m.id = e.mandate_id
        WHERE e.student_id = d.student_id AND e.provider_id = d.provider_id AND e.state = %(open)s
          AND m.service = d.service AND m.language = d.language)
      AND (  -- an entry ends with its assignment; of a caller who was never assigned one is expected all the same
        SELECT bool_or(a.ends IS NULL OR a.ends >= %(day)s)
        FROM caseloads_assignment a JOIN caseloads_mandate m ON m.id = a.mandate_id
        WHERE a.provider_id = d.provider_id AND m.student_id = d.student_id AND m.service = d.service
          AND m.language = d.language) IS NOT FALSE
)
SELECT c.id AS call_id, p.osis, c.student_id, c.provider_id, v.number, v.agency_id, p.school_id,
    c.school_id AS at_school, c.service, c.language, c.received, COALESCE(l.cap_lacks, false) AS cap_lacks,
    l.sec_lags_from, absent.call_id IS NULL AS on_caseload, v.route,
    (SELECT min(g.added) FROM providers_galaxylisting g JOIN providers_school s ON s.dbn = g.dbn
     WHERE s.id = c.school_id AND g.provider_number = v.number AND g.added <= %(at)s
       AND (g.ends IS NULL OR g.ends >= %(day)s)) AS added,
    EXISTS (
        SELECT 1 FROM providers_petslisting g WHERE g.provider_number = v.number AND g.active AND g.eligible
    ) AS usable
FROM lacking l
FULL JOIN absent ON absent.call_id = l.call_id
JOIN caseloads_call c ON c.id = COALESCE(l.call_id, absent.call_id)
JOIN ({pupils}) p ON p.student_id = c.student_id AND p.school_id IS NOT NULL
JOIN picture_provider v ON v.provider_id = c.provider_id
WHERE EXISTS (
    SELECT 1 FROM caseloads_mandate m
    WHERE m.iep_id = p.governing_id AND m.service = c.service AND m.language = c.language
      AND (m.ends IS NULL OR m.ends >= %(day)s))
