-- Of them, those that are over, with the last day.
CREATE TEMP TABLE picture_entry ON COMMIT DROP AS
WITH over AS MATERIALIZED (
    SELECT e.id AS entry_id, e.since AS entry_since, e.state, e.provider_id, e.student_id, p.osis,
        COALESCE(p.school_id, e.school_id) AS school_id, m.service, m.language, m.setting,
        CASE WHEN p.school_id IS NULL THEN COALESCE(
            (SELECT max(n.ends) FROM caseloads_enrolment n WHERE n.student_id = e.student_id AND n.ends < %(day)s),
            (e.since AT TIME ZONE 'America/New_York')::date) END AS left_on,
        CASE WHEN m.ends < %(day)s THEN m.ends END AS ended_on,
        CASE WHEN upper(i.governs) <= %(day)s AND NOT EXISTS (
            SELECT 1 FROM caseloads_mandate k
            WHERE k.iep_id = p.governing_id AND k.service = m.service AND k.language = m.language
        ) THEN upper(i.governs) - 1 END AS dropped_on
    FROM picture_over o
    JOIN caseloads_entry e ON e.id = o.entry_id
    JOIN ({pupils}) p ON p.student_id = e.student_id
    JOIN caseloads_mandate m ON m.id = e.mandate_id
    JOIN caseloads_iep i ON i.id = m.iep_id
)
SELECT o.*, v.number, v.agency_id, ((o.osis * 32 + o.service) * 32 + o.language) * 4 + o.setting AS line,
    LEAST(o.left_on, o.ended_on, o.dropped_on) AS last_day
FROM over o JOIN picture_provider v ON v.provider_id = o.provider_id
WHERE LEAST(o.left_on, o.ended_on, o.dropped_on) IS NOT NULL
