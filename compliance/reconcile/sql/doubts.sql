-- Accepted calls of this school year that the records do not bear out at first sight: made twice, at another school,
-- under another IEP, by somebody else than the assigned provider, in the city's log, or not on a caseload.
CREATE TEMP TABLE picture_doubt ON COMMIT DROP AS
SELECT c.id AS call_id, c.provider_id, c.student_id, c.school_id AS at_school, c.service, c.language, c.mandates,
    c.session_on, c.received, c.origin = %(log)s AS logged, twice.first_id <> c.id AS repeats,
    enrolled.id IS NULL AS elsewhere, governed.id AS governed_id,
    governed.id IS NOT NULL AND marked.iep_id IS DISTINCT FROM governed.id AS by_another,
    assigned.id IS NULL AS unassigned, entered.id IS NULL AS unentered
FROM (
    SELECT * FROM caseloads_call
    WHERE outcome = %(accepted)s AND school_year = %(year)s AND student_id IN (SELECT id FROM chosen_student)
) c
LEFT JOIN (
    SELECT provider_id, student_id, service, language, (array_agg(id ORDER BY received, id))[1] AS first_id
    FROM caseloads_call
    WHERE outcome = %(accepted)s AND school_year = %(year)s AND student_id IN (SELECT id FROM chosen_student)
      AND (provider_id, student_id, service, language) IN (  -- our own line makes none twice
          SELECT provider_id, student_id, service, language FROM caseloads_call
          WHERE origin = %(log)s AND outcome = %(accepted)s AND school_year = %(year)s
            AND student_id IN (SELECT id FROM chosen_student))
    GROUP BY provider_id, student_id, service, language
    HAVING count(*) > 1
) twice USING (provider_id, student_id, service, language)
LEFT JOIN caseloads_enrolment enrolled
    ON enrolled.student_id = c.student_id AND enrolled.school_id = c.school_id
   AND enrolled.starts <= c.session_on AND (enrolled.ends IS NULL OR enrolled.ends >= c.session_on)
LEFT JOIN caseloads_iep governed ON governed.student_id = c.student_id AND governed.governs @> c.session_on
LEFT JOIN caseloads_mandate marked ON marked.id = c.mandates[1]
LEFT JOIN caseloads_assignment assigned
    ON assigned.mandate_id = marked.id AND assigned.provider_id = c.provider_id AND marked.student_id = c.student_id
   AND marked.service = c.service AND marked.language = c.language
   AND assigned.starts <= (c.received AT TIME ZONE 'America/New_York')::date
   AND (assigned.ends IS NULL OR assigned.ends >= (c.received AT TIME ZONE 'America/New_York')::date)
LEFT JOIN (
    SELECT e.id, e.call_id, e.provider_id, m.service, m.language
    FROM caseloads_entry e JOIN caseloads_mandate m ON m.id = e.mandate_id
    WHERE e.state = %(open)s AND e.student_id IN (SELECT id FROM chosen_student)
) entered
    ON entered.call_id = c.id AND entered.provider_id = c.provider_id AND entered.service = c.service
   AND entered.language = c.language
WHERE twice.first_id <> c.id OR enrolled.id IS NULL OR assigned.id IS NULL OR entered.id IS NULL
   OR c.origin = %(log)s OR governed.id IS NOT NULL AND marked.iep_id IS DISTINCT FROM governed.id;
ANALYZE picture_doubt
