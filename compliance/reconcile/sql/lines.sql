-- The picture: a row for each line (student, service, language and setting) and whoever is assigned to it today, with
-- what SESIS, CAP and SEC say of it, the provider's first attend this school year and access at the student's school.
-- Where everything agrees and somebody with access serves and has called, there is nothing to say: such rows are left
-- out.  ``line`` is the key as one number.
CREATE TEMP TABLE picture_line ON COMMIT DROP AS
WITH called AS (
    SELECT id, provider_id, student_id, service, language FROM caseloads_call
    WHERE outcome = %(accepted)s AND school_year = %(year)s AND student_id IN (SELECT id FROM chosen_student)
), enters AS (
    SELECT p.id AS provider_id, s.id AS school_id
    FROM providers_provider p
    JOIN providers_galaxylisting g ON g.provider_number = p.number
    JOIN providers_school s ON s.dbn = g.dbn
    WHERE p.affiliation = ANY(%(by_galaxy)s) AND g.added <= %(at)s - 2 * make_interval(hours => %(galaxy_hours)s)
      AND (g.ends IS NULL OR g.ends >= %(day)s) AND p.id IN (SELECT id FROM chosen_provider)
    GROUP BY p.id, s.id
), registered AS (
    SELECT p.id AS provider_id
    FROM providers_provider p
    JOIN providers_petslisting g ON g.provider_number = p.number
    WHERE p.affiliation = ANY(%(by_pets)s) AND g.active AND g.eligible AND p.id IN (SELECT id FROM chosen_provider)
    GROUP BY p.id
), sesis AS (
    SELECT s.osis, m.service, m.language, m.setting, m.student_id, e.school_id,
        lower(i.governs) <= %(day)s::date AS begun, m.id AS mandate_id, m.frequency, m.duration, m.group_size,
        m.starts, m.ends, a.provider_id, a.starts AS assigned_from, called.id AS call_id,
        enters.provider_id IS NOT NULL OR registered.provider_id IS NOT NULL AS has_access
    FROM (
        SELECT * FROM caseloads_iep
        WHERE status = %(final)s AND upper_inf(governs) AND student_id IN (SELECT id FROM chosen_student)
    ) i
    JOIN caseloads_mandate m ON m.iep_id = i.id
    JOIN caseloads_student s ON s.id = i.student_id
    JOIN caseloads_enrolment e
        ON e.student_id = i.student_id AND e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s)
    LEFT JOIN caseloads_assignment a
        ON a.mandate_id = m.id AND a.starts <= %(day)s AND (a.ends IS NULL OR a.ends >= %(day)s)
    LEFT JOIN called
        ON called.provider_id = a.provider_id AND called.student_id = m.student_id
       AND called.service = m.service AND called.language = m.language
    LEFT JOIN enters ON enters.provider_id = a.provider_id AND enters.school_id = e.school_id
    LEFT JOIN registered ON registered.provider_id = a.provider_id
    WHERE m.ends IS NULL OR m.ends >= %(day)s
), cap AS (
    SELECT * FROM caseloads_capmandate
    WHERE status <> %(closed)s AND osis IN (SELECT osis FROM chosen_student)
), sec AS (
    SELECT * FROM caseloads_secline
    WHERE from_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s) AND osis IN (SELECT osis FROM chosen_student)
)
SELECT ((osis * 32 + service) * 32 + language) * 4 + setting AS line, sesis.student_id, sesis.school_id, sesis.begun,
    sesis.mandate_id, sesis.frequency, sesis.duration, sesis.group_size, sesis.language, sesis.setting, sesis.starts,
    sesis.ends,
    cap.id AS cap_id, cap.frequency AS cap_frequency, cap.duration AS cap_duration, cap.group_size AS cap_group_size,
    cap.language AS cap_language, cap.setting AS cap_setting, cap.starts AS cap_starts, cap.ends AS cap_ends,
    cap.status AS cap_status, cap.provider_number AS cap_provider, cap.first_attend AS cap_first_attend,
    cap.since AS cap_since,
    sec.id AS sec_id, sec.frequency AS sec_frequency, sec.duration AS sec_duration, sec.group_size AS sec_group_size,
    sec.status AS sec_status, sec.provider_number AS sec_provider, sec.first_attend AS sec_first_attend,
    sec.from_at AS sec_from, NULL::date AS ended_on, NULL::timestamptz AS closed_since,
    sesis.provider_id, sesis.assigned_from, sesis.call_id, COALESCE(sesis.has_access, false) AS has_access
FROM sesis
FULL JOIN cap USING (osis, service, language, setting)
FULL JOIN sec USING (osis, service, language, setting)
WHERE sesis.call_id IS NULL OR sesis.has_access IS NOT TRUE
   OR cap.first_attend IS NULL OR cap.status IN (%(apb)s, %(aco)s) OR NOT sesis.begun
   OR (sesis.frequency, sesis.duration, sesis.group_size, sesis.starts, sesis.ends)
        IS DISTINCT FROM (cap.frequency, cap.duration, cap.group_size, cap.starts, cap.ends)
   OR (cap.frequency, cap.duration, cap.group_size, (%(sec_words)s::int[])[cap.status], cap.provider_number,
        cap.first_attend)
        IS DISTINCT FROM (sec.frequency, sec.duration, sec.group_size, sec.status, sec.provider_number, sec.first_attend)
