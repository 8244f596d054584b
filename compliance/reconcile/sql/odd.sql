-- Lines that SESIS or CAP lacks, with the student they belong to, if there is one.
CREATE TEMP TABLE picture_odd ON COMMIT DROP AS
WITH odd AS (
    SELECT DISTINCT line, mandate_id, cap_id, sec_id, student_id, school_id FROM picture_line
    WHERE mandate_id IS NULL OR cap_id IS NULL
)
SELECT o.line, o.line >> 7 AS of_service, o.line >> 2 & 31 AS language, o.line & 3 AS setting, o.mandate_id, o.cap_id,
    o.sec_id, s.id AS student_id, COALESCE(o.school_id, e.school_id) AS school_id
FROM odd o
LEFT JOIN caseloads_student s ON s.osis = o.line >> 12
LEFT JOIN caseloads_enrolment e
    ON e.student_id = s.id AND o.mandate_id IS NULL AND e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s);
ANALYZE picture_odd
