-- Students whose latest IEP was not taken up in full, or waits for consent.
CREATE TEMP TABLE picture_unsure ON COMMIT DROP AS
SELECT i.student_id
FROM caseloads_iep i
LEFT JOIN caseloads_consent c ON c.student_id = i.student_id AND c.recorded <= %(at)s
WHERE i.status = %(final)s AND upper_inf(i.governs)
  AND (i.transfer <> %(successful)s OR i.kind = %(initial)s AND c.id IS NULL)
  AND i.student_id IN (SELECT id FROM chosen_student)
