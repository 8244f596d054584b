-- The students there are of those asked for, their numbers, and every provider who has to do with them.
WITH asked AS MATERIALIZED (
    SELECT %(students)s::bigint[] AS students
), student AS (
    SELECT id, osis FROM caseloads_student WHERE id = ANY((SELECT students FROM asked)::bigint[])
), provider AS (
    SELECT provider_id FROM caseloads_assignment
    WHERE mandate_id = ANY(ARRAY(SELECT id FROM caseloads_mandate WHERE student_id = ANY((SELECT students FROM asked)::bigint[])))
    UNION SELECT provider_id FROM caseloads_entry WHERE student_id = ANY((SELECT students FROM asked)::bigint[])
    UNION SELECT provider_id FROM caseloads_call WHERE student_id = ANY((SELECT students FROM asked)::bigint[])
    UNION SELECT provider_id FROM caseloads_rsaletter WHERE student_id = ANY((SELECT students FROM asked)::bigint[])
    UNION SELECT provider_id FROM compliance_finding
        WHERE student_id = ANY((SELECT students FROM asked)::bigint[]) AND provider_id IS NOT NULL
    UNION SELECT unnest(%(asked)s::bigint[])
)
SELECT COALESCE((SELECT array_agg(id) FROM student), '{}'), COALESCE((SELECT array_agg(osis) FROM student), '{}'),
    COALESCE((SELECT array_agg(provider_id) FROM provider), '{}')
