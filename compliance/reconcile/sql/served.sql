-- Lines with who is assigned today and has no first attend this school year, and since when the paper opened the gate.
CREATE TEMP TABLE picture_served ON COMMIT DROP AS
SELECT l.line, l.student_id, l.school_id, l.provider_id, l.assigned_from, l.ctid AS of_line, p.number, p.agency_id, p.calls,
    p.held, p.paper = %(no_paper)s AS needs_no_paper, COALESCE(t.processed, r.processed) AS gate_at
FROM picture_line l
JOIN picture_provider p ON p.provider_id = l.provider_id
LEFT JOIN caseloads_transmittal t
    ON p.paper = %(transmittal)s AND t.agency_id = p.agency_id AND t.student_id = l.student_id
   AND t.service = l.line >> 7 & 31 AND t.language = l.line >> 2 & 31 AND t.processed <= %(at)s
LEFT JOIN caseloads_rsaletter r
    ON p.paper = %(letter)s AND r.provider_id = l.provider_id AND r.student_id = l.student_id
   AND r.service = l.line >> 7 & 31 AND r.language = l.line >> 2 & 31 AND r.processed <= %(at)s
WHERE l.begun AND l.call_id IS NULL
