-- Items beside the findings there are, and what is to be done: made, changed or closed; what agrees is left out.
CREATE TEMP TABLE verdict ON COMMIT DROP AS
WITH known AS (
    SELECT f.*, CASE f.subject
            WHEN %(of_line)s THEN ((f.osis * 32 + f.service) * 32 + f.language) * 4 + f.setting
            ELSE COALESCE(f.iep_id, f.call_id, f.letter_id, f.provider_number) END AS a,
        CASE f.subject
            WHEN %(of_line)s THEN COALESCE(f.provider_number, 0)
            WHEN %(of_place)s THEN f.place_id
            WHEN %(of_load)s THEN f.service
            ELSE 0 END AS b
    FROM (
        SELECT * FROM compliance_finding WHERE student_id IN (SELECT id FROM chosen_student)
        UNION ALL
        SELECT * FROM compliance_finding
        WHERE NOT %(all)s AND student_id IS NULL AND provider_id IN (SELECT id FROM chosen_provider)
    ) f
)
SELECT k.id AS finding_id, k.condition AS was, k.opened AS was_opened, k.code AS was_code, i.*,
    k.condition = %(is_closed)s AS reopens,
    i.condition = %(is_open)s AND k.condition <> %(is_open)s AND EXISTS (
        SELECT 1 FROM compliance_findingevent e WHERE e.finding_id = k.id AND e.kind = %(settled)s
    ) AS back
FROM (SELECT * FROM item JOIN witness USING (code, a, b)) i
FULL JOIN known k ON k.code = i.code AND k.a = i.a AND k.b = i.b
WHERE k.id IS NULL OR i.code IS NULL AND k.condition <> %(is_closed)s OR i.code IS NOT NULL AND (
    i.condition, i.severity, i.owner, i.since, i.until, i.due, i.student_id, i.provider_id, i.agency_id, i.school_id,
    i.evidence, i.consequences
) IS DISTINCT FROM (
    k.condition, k.severity, k.owner, k.since, k.until, k.due, k.student_id, k.provider_id, k.agency_id, k.school_id,
    k.evidence, k.consequences
)
