-- Providers with what the policy says of their affiliation and role: the way into SESIS (R6, R9), the paper that opens
-- their gate (R8), whether they call (R1), whether the hold stops them (R13), and who acts when access is missing.
CREATE TEMP TABLE picture_provider ON COMMIT DROP AS
SELECT p.id AS provider_id, p.number, p.agency_id, a.route, a.paper, a.held, a.access_owner, r.calls
FROM providers_provider p
JOIN unnest(%(affiliations)s::int[], %(routes)s::int[], %(papers)s::int[], %(holds)s::bool[], %(owners)s::int[])
    AS a(affiliation, route, paper, held, access_owner) ON a.affiliation = p.affiliation
JOIN unnest(%(roles)s::int[], %(calling)s::bool[]) AS r(role, calls) ON r.role = p.role
WHERE p.id IN (SELECT id FROM chosen_provider);
-- Pictures that the planner takes for small look providers up one by one.
CREATE UNIQUE INDEX ON picture_provider (provider_id)
