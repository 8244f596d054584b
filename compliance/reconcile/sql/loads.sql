-- Caseloads of services that have a limit: how many students a provider has, and where most of them are.  Whoever has
-- fewer entries than any limit is left out first: most are.
CREATE TEMP TABLE picture_load ON COMMIT DROP AS
WITH many AS (
    SELECT provider_id FROM caseloads_entry
    WHERE state <> %(ended)s AND provider_id IN (SELECT id FROM chosen_provider)
    GROUP BY provider_id
    HAVING count(*) > (SELECT min(most) FROM unnest(%(limits)s::int[]) AS most)
)
SELECT e.provider_id, v.number, v.agency_id, m.service, allowed.most, count(DISTINCT e.student_id) AS students,
    max(e.since) AS newest, mode() WITHIN GROUP (ORDER BY e.school_id) AS school_id
FROM many
JOIN caseloads_entry e ON e.provider_id = many.provider_id AND e.state <> %(ended)s
JOIN caseloads_mandate m ON m.id = e.mandate_id
JOIN unnest(%(limited)s::int[], %(limits)s::int[]) AS allowed(service, most) ON allowed.service = m.service
JOIN picture_provider v ON v.provider_id = e.provider_id
GROUP BY e.provider_id, v.number, v.agency_id, m.service, allowed.most
