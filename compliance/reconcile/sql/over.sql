-- Caseload entries that are not ended although something of theirs may be over.
CREATE TEMP TABLE picture_over ON COMMIT DROP AS
SELECT e.id AS entry_id
FROM caseloads_entry e
JOIN caseloads_mandate m ON m.id = e.mandate_id
JOIN caseloads_iep i ON i.id = m.iep_id
LEFT JOIN caseloads_enrolment n
    ON n.student_id = e.student_id AND n.starts <= %(day)s AND (n.ends IS NULL OR n.ends >= %(day)s)
WHERE e.state <> %(ended)s AND (m.ends < %(day)s OR upper(i.governs) <= %(day)s OR n.id IS NULL)
  AND e.student_id IN (SELECT id FROM chosen_student);
ANALYZE picture_over
