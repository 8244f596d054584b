-- Students, who has access where, and the picture: a row per line with SESIS, CAP, SEC, assignment, call and access.
-- As in the portal, a row with which nothing can be wrong is left out.
CREATE TEMP TABLE final AS
SELECT osis, version, governs_from, governs_until, kind, final, transfer, transfer_at, consent
FROM document WHERE status = 'final' AND governs_from IS NOT NULL;
CREATE TEMP TABLE pupil AS
SELECT s.osis, e.dbn, l.version, l.kind, l.final, l.transfer, l.transfer_at, l.consent,
    l.governs_from <= getvariable('day') AS begun, g.version AS governing
FROM (SELECT osis FROM document UNION SELECT osis FROM roster) s
LEFT JOIN (SELECT osis, dbn FROM roster WHERE runs(starts, ends)) e USING (osis)
LEFT JOIN (SELECT * FROM final WHERE governs_until IS NULL) l USING (osis)
LEFT JOIN (SELECT osis, version FROM final WHERE runs(governs_from, governs_until)) g USING (osis);
CREATE TEMP TABLE accepted AS
SELECT * FROM call WHERE outcome = 'accepted' AND session >= getvariable('year');
CREATE TEMP TABLE enters AS
SELECT DISTINCT g.provider, g.dbn FROM galaxy g JOIN provider p USING (provider)
WHERE p.affiliation = 'doe' AND g.added <= getvariable('moment') - 2 * to_hours(getvariable('galaxy_hours'))
  AND (g.ends IS NULL OR g.ends >= getvariable('day'));
CREATE TEMP TABLE registered AS
SELECT provider FROM usable JOIN provider p USING (provider) WHERE p.affiliation <> 'doe';
CREATE MACRO sec_word(status) AS CASE status WHEN 'apb' THEN 'awaiting' WHEN 'assigned' THEN 'assigned'
    WHEN 'first-attended' THEN 'receiving' WHEN 'closed' THEN NULL ELSE 'contracting' END::secstatus;

CREATE TEMP TABLE line AS
WITH sesis AS (
    SELECT m.*, p.dbn, p.begun FROM mandate m JOIN pupil p ON p.osis = m.osis AND p.version = m.version
    WHERE p.dbn IS NOT NULL AND (m.ends IS NULL OR m.ends >= getvariable('day'))
), held AS (
    SELECT * FROM cap WHERE status <> 'closed'
)
SELECT COALESCE(m.line, c.line, s.line) AS line, m.osis, m.dbn, m.begun, m.mandate, m.frequency, m.duration,
    m.group_size, m.language, m.setting, m.starts, m.ends,
    c.line AS cap, c.frequency AS cap_frequency, c.duration AS cap_duration, c.group_size AS cap_group_size,
    c.language AS cap_language, c.setting AS cap_setting, c.starts AS cap_starts, c.ends AS cap_ends,
    c.status AS cap_status, c.provider AS cap_provider, c.first_attend AS cap_first_attend, c.since AS cap_since,
    s.line AS sec, s.frequency AS sec_frequency, s.duration AS sec_duration, s.group_size AS sec_group_size,
    s.status AS sec_status, s.provider AS sec_provider, s.first_attend AS sec_first_attend, s.from AS sec_from,
    NULL::DATE AS ended_on, NULL::TIMESTAMPTZ AS closed_since,
    a.provider, a.starts AS assigned_from, f.provider IS NOT NULL AS called,
    e.provider IS NOT NULL OR r.provider IS NOT NULL AS has_access
FROM sesis m
FULL JOIN held c ON c.line = m.line
FULL JOIN sec s ON s.line = COALESCE(m.line, c.line)
LEFT JOIN (SELECT * FROM assignment WHERE runs(starts, ends)) a ON a.mandate = m.mandate
LEFT JOIN (SELECT DISTINCT provider, topic FROM accepted) f ON f.provider = a.provider AND f.topic = m.topic
LEFT JOIN enters e ON e.provider = a.provider AND e.dbn = m.dbn
LEFT JOIN registered r ON r.provider = a.provider
WHERE f.provider IS NULL OR e.provider IS NULL AND r.provider IS NULL
   OR c.first_attend IS NULL OR c.status IN ('apb', 'aco')
   OR (m.frequency, m.duration, m.group_size) IS DISTINCT FROM (c.frequency, c.duration, c.group_size)
   OR m.starts IS DISTINCT FROM c.starts OR m.ends IS DISTINCT FROM c.ends
   OR (c.frequency, c.duration, c.group_size) IS DISTINCT FROM (s.frequency, s.duration, s.group_size)
   OR sec_word(c.status) IS DISTINCT FROM s.status OR c.provider IS DISTINCT FROM s.provider
   OR c.first_attend IS DISTINCT FROM s.first_attend;

-- Left-over rows of one student and service, paired: same language first, then same setting, then by both in order.
CREATE TEMP TABLE odd AS
SELECT DISTINCT l.line, l.line >> 7 AS service, l.line >> 2 & 31 AS language, l.line & 3 AS setting, l.mandate, l.cap,
    p.osis, COALESCE(l.dbn, p.dbn) AS dbn
FROM line l LEFT JOIN pupil p ON p.osis = l.line >> 12
WHERE l.mandate IS NULL OR l.cap IS NULL;
CREATE TEMP TABLE pair AS
WITH asked AS (
    SELECT * FROM odd WHERE mandate IS NOT NULL
), held AS (
    SELECT * FROM odd WHERE cap IS NOT NULL AND dbn IS NOT NULL
), by_language AS (
    SELECT a.line AS asked, h.line AS held FROM asked a JOIN held h USING (service, language)
), asked_2 AS (
    SELECT *, row_number() OVER (PARTITION BY service, setting ORDER BY language) AS place
    FROM asked ANTI JOIN by_language b ON b.asked = asked.line
), held_2 AS (
    SELECT *, row_number() OVER (PARTITION BY service, setting ORDER BY language) AS place
    FROM held ANTI JOIN by_language b ON b.held = held.line
), by_setting AS (
    SELECT a.line AS asked, h.line AS held FROM asked_2 a JOIN held_2 h USING (service, setting, place)
), asked_3 AS (
    SELECT line, service, row_number() OVER (PARTITION BY service ORDER BY language, setting) AS place
    FROM asked_2 ANTI JOIN by_setting b ON b.asked = asked_2.line
), held_3 AS (
    SELECT line, service, row_number() OVER (PARTITION BY service ORDER BY language, setting) AS place
    FROM held_2 ANTI JOIN by_setting b ON b.held = held_2.line
)
FROM by_language UNION ALL FROM by_setting
UNION ALL SELECT a.line, h.line FROM asked_3 a JOIN held_3 h USING (service, place);
INSERT INTO line BY NAME
SELECT DISTINCT l.line, sec, sec_frequency, sec_duration, sec_group_size, sec_status, sec_provider, sec_first_attend,
    sec_from, osis, dbn
FROM pair JOIN line l ON l.line = asked WHERE sec IS NOT NULL;
UPDATE line SET cap = h.cap, cap_frequency = h.cap_frequency, cap_duration = h.cap_duration,
    cap_group_size = h.cap_group_size, cap_language = h.cap_language, cap_setting = h.cap_setting,
    cap_starts = h.cap_starts, cap_ends = h.cap_ends, cap_status = h.cap_status, cap_provider = h.cap_provider,
    cap_first_attend = h.cap_first_attend, cap_since = h.cap_since,
    sec = h.sec, sec_frequency = h.sec_frequency, sec_duration = h.sec_duration, sec_group_size = h.sec_group_size,
    sec_status = h.sec_status, sec_provider = h.sec_provider, sec_first_attend = h.sec_first_attend,
    sec_from = h.sec_from
FROM (SELECT p.asked, l.* FROM pair p JOIN line l ON l.line = p.held) h
WHERE line.line = h.asked AND line.mandate IS NOT NULL;
DELETE FROM line USING odd o
WHERE line.line = o.line AND line.mandate IS NULL AND o.mandate IS NULL
  AND (o.osis IS NOT NULL AND o.dbn IS NULL OR o.line IN (SELECT held FROM pair));
UPDATE line SET osis = o.osis, dbn = o.dbn, ended_on = o.ended_on
FROM (
    SELECT o.line, o.osis, o.dbn, m.ends AS ended_on
    FROM odd o LEFT JOIN pupil p ON p.osis = o.osis
    LEFT JOIN mandate m ON m.osis = p.osis AND m.version = p.version AND m.line = o.line AND m.ends < getvariable('day')
    WHERE o.mandate IS NULL
) o
WHERE line.line = o.line AND line.mandate IS NULL;
UPDATE line SET closed_since = c.since
FROM (SELECT line, max(since) AS since FROM cap WHERE status = 'closed' GROUP BY line) c
WHERE c.line = line.line AND line.sec IS NOT NULL AND line.cap IS NULL
