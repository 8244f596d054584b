-- By code: how many stand open and waiting, and what this comparison changed.
SELECT code, sum(stands_open)::int, sum(waits)::int, sum(new)::int, sum(resolved)::int, sum(regressed)::int
FROM (
    SELECT code, (state = %(state_open)s)::int AS stands_open, (state = %(state_waiting)s)::int AS waits, 0 AS new,
        0 AS resolved, 0 AS regressed
    FROM compliance_finding
    WHERE condition <> %(is_closed)s AND student_id IN (SELECT id FROM chosen_student)
    UNION ALL
    SELECT code, (state = %(state_open)s)::int, (state = %(state_waiting)s)::int, 0, 0, 0
    FROM compliance_finding
    WHERE condition <> %(is_closed)s AND NOT %(all)s AND student_id IS NULL
      AND provider_id IN (SELECT id FROM chosen_provider)
    UNION ALL
    SELECT COALESCE(code, was_code), 0, 0,
        (code IS NOT NULL AND condition = %(is_open)s AND back IS NOT TRUE
            AND (finding_id IS NULL OR was_opened IS NULL OR reopens))::int,
        (code IS NULL AND was_opened IS NOT NULL)::int, (back IS TRUE)::int
    FROM verdict
) each
GROUP BY code
ORDER BY code
