-- Documents, lines that need or have somebody, caseloads, letters, and providers at schools.
CREATE TEMP TABLE doc AS
SELECT p.osis, p.dbn, p.version, p.final, p.transfer, COALESCE(p.transfer_at, p.final) AS moved_at,
    COALESCE(k.lacking, 0) AS lacking, p.kind = 'initial' AND (p.consent IS NULL OR p.consent > getvariable('moment'))
        AS without_consent,
    GREATEST(p.final, CASE WHEN p.kind = 'initial' AND p.consent <= getvariable('moment') THEN p.consent END) AS ready_at
FROM pupil p
LEFT JOIN (
    SELECT osis, count(DISTINCT line) AS lacking FROM line WHERE mandate IS NOT NULL AND cap IS NULL GROUP BY osis
) k USING (osis)
WHERE p.dbn IS NOT NULL AND p.version IS NOT NULL AND (p.transfer <> 'successful'
    OR p.kind = 'initial' AND (p.consent IS NULL OR p.consent > getvariable('moment')) OR k.lacking > 0);
CREATE TEMP TABLE business AS
SELECT d::DATE AS day, count(*) OVER (ORDER BY d) AS n
FROM (
    SELECT unnest(generate_series((SELECT min(moved_at) FROM doc WHERE transfer = 'pending')::DATE - INTERVAL 1 DAY,
        getvariable('day')::TIMESTAMP, INTERVAL 1 DAY)) AS d
)
WHERE isodow(d) < 6 AND d::DATE NOT IN (SELECT date FROM calendar WHERE dbn IS NULL AND kind = 'holiday');
CREATE TEMP TABLE need AS
WITH sent AS (
    SELECT topic, min(processed) AS processed, arg_min(agency, processed) AS agency FROM transmittal
    WHERE processed <= getvariable('moment') GROUP BY topic
), vacant AS (
    SELECT DISTINCT mandate FROM vacancy
    WHERE logged <= getvariable('moment') AND (closed IS NULL OR closed > getvariable('moment'))
), lettered AS (
    SELECT DISTINCT topic FROM letter WHERE processed <= getvariable('moment')
)
SELECT l.line, l.osis, l.dbn, l.cap_status, l.cap_since, l.provider IS NOT NULL AS assigned,
    sent.processed AS transmitted, vacant.mandate IS NOT NULL AS vacant, lettered.topic IS NOT NULL AS lettered
FROM line l
LEFT JOIN sent ON sent.topic = l.line >> 2
LEFT JOIN vacant ON vacant.mandate = l.mandate
LEFT JOIN lettered ON lettered.topic = l.line >> 2
WHERE l.begun AND l.mandate IS NOT NULL
  AND (l.cap_status IN ('apb', 'aco') OR sent.processed IS NOT NULL AND l.provider IS NULL);
CREATE TEMP TABLE served AS
WITH sent AS (
    SELECT topic, agency, min(processed) AS processed FROM transmittal
    WHERE processed <= getvariable('moment') GROUP BY ALL
), lettered AS (
    SELECT topic, provider, min(processed) AS processed FROM letter
    WHERE processed <= getvariable('moment') GROUP BY ALL
)
SELECT l.line, l.osis, l.dbn, l.provider, l.assigned_from, p.calls, p.affiliation,
    COALESCE(sent.processed, lettered.processed) AS gate_at
FROM line l
JOIN provider p USING (provider)
LEFT JOIN sent ON p.affiliation = 'agency' AND sent.agency = p.agency AND sent.topic = l.line >> 2
LEFT JOIN lettered ON p.affiliation = 'rsa' AND lettered.provider = l.provider AND lettered.topic = l.line >> 2
WHERE l.begun AND NOT l.called;
CREATE TEMP TABLE over AS
WITH dropping AS (
    SELECT m.mandate, i.governs_until FROM mandate m
    JOIN final i ON i.osis = m.osis AND i.version = m.version AND i.governs_until < getvariable('day')
)
SELECT e.osis, COALESCE(p.dbn, e.dbn) AS dbn, e.line, e.provider, LEAST(
    CASE WHEN p.dbn IS NULL THEN COALESCE(gone.ends, e.since::DATE) END,
    CASE WHEN m.ends < getvariable('day') THEN m.ends END,
    CASE WHEN named.topic IS NULL THEN d.governs_until END) AS last_day
FROM entry e
JOIN mandate m USING (mandate)
JOIN pupil p ON p.osis = e.osis
LEFT JOIN dropping d ON d.mandate = e.mandate
LEFT JOIN (SELECT DISTINCT osis, version, topic FROM mandate) named
    ON named.osis = p.osis AND named.version = p.governing AND named.topic = e.topic
LEFT JOIN (SELECT osis, max(ends) AS ends FROM roster WHERE ends < getvariable('day') GROUP BY osis) gone
    ON gone.osis = e.osis
WHERE m.ends < getvariable('day') OR d.mandate IS NOT NULL OR p.dbn IS NULL;
CREATE TEMP TABLE load AS
SELECT provider, service, count(DISTINCT osis) AS students, max(since) AS newest
FROM entry WHERE service = 'speech' GROUP BY provider, service;
CREATE TEMP TABLE paper AS
WITH mine AS (
    SELECT r.*, p.dbn, s.borough FROM letter r JOIN pupil p USING (osis) JOIN of_school s ON s.dbn = p.dbn
), called AS (
    SELECT m.topic, m.provider, min(a.received) FILTER (WHERE a.provider = m.provider) AS first_call
    FROM mine m JOIN accepted a USING (topic) GROUP BY ALL
), assigned AS (
    SELECT m.topic, m.provider, bool_or(runs(a.starts, a.ends)) AS today
    FROM mine m JOIN mandate k USING (topic) JOIN assignment a ON a.mandate = k.mandate AND a.provider = m.provider
    GROUP BY ALL
), declined AS (
    SELECT DISTINCT m.topic, m.provider, o.agency
    FROM mine m JOIN vacancy v ON v.osis = m.osis AND v.dbn = m.dbn AND v.service = m.service AND v.language = m.language
    JOIN offer o ON o.vacancy = v.vacancy AND o.answer = 'declined'
), asked AS (
    SELECT m.topic, m.provider, bool_or(d.agency IS NULL) AS missed
    FROM mine m
    JOIN contract k ON k.service = m.service AND k.language = m.language AND k.borough = m.borough
        AND k.starts <= m.processed::DATE AND (k.ends IS NULL OR k.ends >= m.processed::DATE)
    LEFT JOIN declined d ON d.topic = m.topic AND d.provider = m.provider AND d.agency = k.agency
    GROUP BY ALL
)
SELECT m.osis, m.dbn, m.topic, m.provider, CASE WHEN m.processed <= getvariable('moment') THEN m.processed END
        AS processed, c.first_call, c.topic IS NOT NULL AS served, a.topic IS NOT NULL AS ever_assigned,
    COALESCE(a.today, false) AS assigned, COALESCE(k.missed, false) AS missed
FROM mine m
LEFT JOIN called c USING (topic, provider)
LEFT JOIN assigned a USING (topic, provider)
LEFT JOIN asked k USING (topic, provider);
CREATE TEMP TABLE place AS
WITH listed AS (
    SELECT g.provider, g.dbn, min(g.added) AS added FROM galaxy g JOIN school USING (dbn)
    WHERE g.added <= getvariable('moment') AND (g.ends IS NULL OR g.ends >= getvariable('day')) GROUP BY ALL
), asked AS (
    SELECT provider, dbn FROM line WHERE provider IS NOT NULL AND NOT has_access
    UNION
    SELECT a.provider, p.dbn
    FROM pupil p JOIN mandate m ON m.osis = p.osis AND m.version = p.governing JOIN assignment a USING (mandate)
    WHERE NOT p.begun AND p.dbn IS NOT NULL
    UNION
    SELECT l.provider, l.dbn FROM listed l JOIN provider p USING (provider) WHERE p.affiliation <> 'doe'
), wrong AS (
    SELECT a.provider, a.dbn, p.affiliation = 'doe' AS doe, l.added, u.provider IS NOT NULL AS usable
    FROM asked a JOIN provider p USING (provider)
    LEFT JOIN listed l USING (provider, dbn)
    LEFT JOIN usable u USING (provider)
    WHERE p.affiliation = 'doe'
      AND (l.added IS NULL OR l.added > getvariable('moment') - 2 * to_hours(getvariable('galaxy_hours')))
       OR p.affiliation <> 'doe' AND (u.provider IS NULL OR l.added IS NOT NULL)
), serving AS (
    SELECT a.provider, p.dbn, min(a.starts) AS since
    FROM assignment a
    JOIN mandate m USING (mandate)
    JOIN pupil p ON p.osis = m.osis AND p.governing = m.version
    SEMI JOIN wrong w ON w.provider = a.provider
    WHERE runs(a.starts, a.ends) AND runs(m.starts, m.ends) AND p.dbn IS NOT NULL
    GROUP BY ALL
)
SELECT w.*, s.since AS serves_from FROM wrong w LEFT JOIN serving s USING (provider, dbn)
