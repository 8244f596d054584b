-- Lines for which somebody is still to be found: CAP waits for a provider or for contracting out, or nobody is assigned.
CREATE TEMP TABLE picture_need ON COMMIT DROP AS
WITH sent AS (
    SELECT DISTINCT ON (student_id, service, language) student_id, service, language, processed, agency_id
    FROM caseloads_transmittal
    WHERE processed <= %(at)s AND student_id IN (SELECT id FROM chosen_student)
    ORDER BY student_id, service, language, processed, id
)
SELECT l.line, l.student_id, l.school_id, l.mandate_id, l.cap_status, l.cap_since, l.ctid AS of_line,
    l.provider_id IS NOT NULL AS assigned, sent.processed AS transmitted, sent.agency_id,
    EXISTS (
        SELECT 1 FROM caseloads_vacancy_mandates n JOIN caseloads_vacancy v ON v.id = n.vacancy_id
        WHERE n.mandate_id = l.mandate_id AND v.logged <= %(at)s AND (v.closed IS NULL OR v.closed > %(at)s)
    ) AS vacant,
    EXISTS (
        SELECT 1 FROM caseloads_rsaletter r
        WHERE r.student_id = l.student_id AND r.service = l.line >> 7 & 31 AND r.language = l.line >> 2 & 31
          AND r.processed <= %(at)s
    ) AS lettered
FROM picture_line l
LEFT JOIN sent
    ON sent.student_id = l.student_id AND sent.service = l.line >> 7 & 31 AND sent.language = l.line >> 2 & 31
WHERE l.begun AND l.mandate_id IS NOT NULL
  AND (l.cap_status IN (%(apb)s, %(aco)s) OR sent.processed IS NOT NULL AND l.provider_id IS NULL)
