-- A student: the school of today (none: they have left), the latest IEP, and the IEP of today.  Others join this.
SELECT s.id AS student_id, s.osis, e.school_id, l.id AS iep_id, l.version, l.kind, l.starts, l.finalised, l.transfer,
    l.transfer_at, lower(l.governs) <= %(day)s::date AS begun,
    CASE WHEN lower(l.governs) <= %(day)s::date THEN l.id ELSE (
        SELECT before.id FROM caseloads_iep before WHERE before.student_id = s.id AND before.governs @> %(day)s::date
    ) END AS governing_id
FROM caseloads_student s
LEFT JOIN caseloads_enrolment e
    ON e.student_id = s.id AND e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s)
LEFT JOIN caseloads_iep l ON l.student_id = s.id AND l.status = %(final)s AND upper_inf(l.governs)
WHERE s.id IN (SELECT id FROM chosen_student)
