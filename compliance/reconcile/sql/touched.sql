-- Students whose picture what was touched may change, and the providers that were touched themselves.
WITH touched AS (
    SELECT * FROM unnest(%(kinds)s::int[], %(ids)s::bigint[]) AS t(kind, id)
), provider AS (
    SELECT id FROM touched WHERE kind = %(of_provider)s
    UNION SELECT p.id FROM touched t JOIN providers_provider p ON p.agency_id = t.id WHERE t.kind = %(of_agency)s
    UNION SELECT l.provider_id FROM touched t JOIN providers_placement l ON l.school_id = t.id WHERE t.kind = %(of_school)s
    UNION SELECT p.id FROM touched t
        JOIN providers_school s ON s.id = t.id
        JOIN providers_galaxylisting g ON g.dbn = s.dbn
        JOIN providers_provider p ON p.number = g.provider_number WHERE t.kind = %(of_school)s
    UNION SELECT f.provider_id FROM compliance_finding f
        WHERE f.condition = %(is_waiting)s AND f.until > %(seen)s AND f.until <= %(at)s AND f.student_id IS NULL
          AND f.provider_id IS NOT NULL
), student AS (
    SELECT id FROM touched WHERE kind = %(of_student)s
    UNION SELECT m.student_id FROM provider p
        JOIN caseloads_assignment a ON a.provider_id = p.id JOIN caseloads_mandate m ON m.id = a.mandate_id
        WHERE a.ends IS NULL OR a.ends >= %(day)s
    UNION SELECT e.student_id FROM provider p JOIN caseloads_entry e ON e.provider_id = p.id WHERE e.state <> %(ended)s
    UNION SELECT c.student_id FROM provider p JOIN caseloads_call c ON c.provider_id = p.id
        WHERE c.school_year = %(year)s AND c.student_id IS NOT NULL
    UNION SELECT r.student_id FROM provider p JOIN caseloads_rsaletter r ON r.provider_id = p.id
    UNION SELECT x.student_id FROM touched t JOIN caseloads_transmittal x ON x.agency_id = t.id
        WHERE t.kind = %(of_agency)s
    UNION SELECT r.student_id FROM touched t
        JOIN providers_contract k ON k.agency_id = t.id
        JOIN caseloads_rsaletter r ON r.service = k.service AND r.language = k.language
        WHERE t.kind = %(of_agency)s
    UNION SELECT e.student_id FROM touched t JOIN caseloads_enrolment e ON e.school_id = t.id
        WHERE t.kind = %(of_school)s AND e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s)
    UNION SELECT f.student_id FROM touched t JOIN compliance_finding f ON f.school_id = t.id
        WHERE t.kind = %(of_school)s AND f.condition <> %(is_closed)s AND f.student_id IS NOT NULL
    UNION SELECT f.student_id FROM compliance_finding f
        WHERE f.condition = %(is_waiting)s AND f.until > %(seen)s AND f.until <= %(at)s AND f.student_id IS NOT NULL
)
SELECT COALESCE((SELECT array_agg(id) FROM student), '{}'), COALESCE((SELECT array_agg(id) FROM provider), '{}')
