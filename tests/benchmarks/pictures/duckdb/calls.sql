-- Calls that the records do not bear out, what is wrong with them in themselves, and where they did not arrive.
CREATE TEMP TABLE doubt AS
WITH twice AS (
    SELECT provider, topic, arg_min(number, (received, number)) AS first FROM accepted
    GROUP BY ALL HAVING count(*) > 1
), enrolled AS (
    SELECT a.number FROM accepted a JOIN roster r ON r.osis = a.osis AND r.dbn = a.dbn
    WHERE r.starts <= a.session AND (r.ends IS NULL OR r.ends >= a.session)
), assigned AS (
    SELECT a.number FROM accepted a
    JOIN mandate m ON m.mandate = split_part(a.mandates, ' ', 1)::BIGINT AND m.topic = a.topic
    JOIN assignment s ON s.mandate = m.mandate AND s.provider = a.provider
    WHERE s.starts <= a.received::DATE AND (s.ends IS NULL OR s.ends >= a.received::DATE)
), entered AS (
    SELECT a.number FROM accepted a
    JOIN entry e ON e.confirmation = a.number AND e.provider = a.provider AND e.topic = a.topic AND e.state = 'open'
)
SELECT a.*, t.first <> a.number AS repeats, n.number IS NULL AS elsewhere, g.version AS governed,
    g.version IS NOT NULL AND m.version IS DISTINCT FROM g.version AS by_another, s.number IS NULL AS unassigned,
    e.number IS NULL AS unentered
FROM accepted a
LEFT JOIN twice t USING (provider, topic)
LEFT JOIN (SELECT DISTINCT number FROM enrolled) n ON n.number = a.number
LEFT JOIN final g ON g.osis = a.osis AND g.governs_from <= a.session
    AND (g.governs_until IS NULL OR g.governs_until >= a.session)
LEFT JOIN mandate m ON m.mandate = split_part(a.mandates, ' ', 1)::BIGINT
LEFT JOIN (SELECT DISTINCT number FROM assigned) s ON s.number = a.number
LEFT JOIN (SELECT DISTINCT number FROM entered) e ON e.number = a.number
WHERE t.first <> a.number OR n.number IS NULL OR s.number IS NULL OR e.number IS NULL OR a.origin = 'extract'
   OR g.version IS NOT NULL AND m.version IS DISTINCT FROM g.version;
CREATE TEMP TABLE marked AS
SELECT a.number, m.version, m.setting
FROM (SELECT number, unnest(string_split(mandates, ' '))::BIGINT AS mandate FROM accepted) a JOIN mandate m USING (mandate);

CREATE TEMP TABLE fact AS
WITH gate AS (
    SELECT d.number, COALESCE(min(t.processed), min(r.processed)) AS gate_at
    FROM doubt d JOIN provider p USING (provider)
    LEFT JOIN transmittal t ON p.affiliation = 'agency' AND t.agency = p.agency AND t.topic = d.topic
    LEFT JOIN letter r ON p.affiliation = 'rsa' AND r.provider = d.provider AND r.topic = d.topic
    WHERE d.origin = 'extract' AND p.affiliation <> 'doe'
    GROUP BY d.number
), superseded AS (
    SELECT d.number FROM doubt d JOIN marked m USING (number) WHERE d.by_another
    GROUP BY d.number, d.governed HAVING NOT bool_or(m.version = d.governed)
), replaced AS (
    SELECT d.number FROM doubt d JOIN mandate m USING (topic) JOIN assignment s ON s.mandate = m.mandate
    WHERE d.unassigned AND s.starts <= d.received::DATE AND (s.ends IS NULL OR s.ends >= d.received::DATE)
    GROUP BY d.number, d.provider HAVING NOT bool_or(s.provider = d.provider)
), stopped AS (
    SELECT c.number, c.outcome, c.rule
    FROM call c
    WHERE c.outcome <> 'accepted' AND c.session >= getvariable('year') AND c.osis IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM call later
        WHERE later.osis = c.osis AND later.service = c.service AND later.provider = c.provider
          AND later.session >= getvariable('year') AND (later.received, later.number) > (c.received, c.number)
          AND (c.outcome = 'unlinked' OR later.language IS NOT DISTINCT FROM c.language)
          AND (later.outcome = 'accepted'
               OR later.outcome = c.outcome AND (c.outcome = 'unlinked' OR later.rule = c.rule)))
), each AS (
    SELECT number, CASE
        WHEN gate.number IS NOT NULL AND (gate_at IS NULL OR received < gate_at) THEN CALL_BEFORE_GATE()
        WHEN repeats THEN DUPLICATE_CALL()
        WHEN superseded.number IS NOT NULL THEN OLD_MANDATE_SERVED()
        WHEN elsewhere THEN WRONG_SCHOOL()
        WHEN replaced.number IS NOT NULL THEN WRONG_PROVIDER() END AS code
    FROM doubt LEFT JOIN gate USING (number) LEFT JOIN superseded USING (number) LEFT JOIN replaced USING (number)
    UNION ALL
    SELECT number, CASE WHEN outcome = 'unlinked' THEN CALL_NO_MANDATE() WHEN rule = 'R8' THEN CALL_BEFORE_GATE() END
    FROM stopped
)
SELECT c.*, each.code FROM each JOIN call c USING (number) WHERE each.code IS NOT NULL;

CREATE TEMP TABLE delivery AS
WITH unshown AS (
    SELECT (line >> 7) * 32 + enum_code(cap_language) + 1 AS topic, cap_setting, cap_first_attend IS NULL AS cap_lacks,
        CASE WHEN cap_first_attend IS NOT NULL THEN cap_since END AS sec_lags_from
    FROM line
    WHERE cap IS NOT NULL AND osis IS NOT NULL
      AND (cap_first_attend IS NULL OR sec IS NOT NULL AND sec_first_attend IS NULL)
), about AS (
    SELECT a.number, a.topic, u.* EXCLUDE (topic), m.setting IS NOT NULL AS is_marked
    FROM unshown u JOIN accepted a USING (topic)
    LEFT JOIN (SELECT DISTINCT number, setting FROM marked) m ON m.number = a.number AND m.setting = u.cap_setting
), has_own AS (
    SELECT DISTINCT b.number FROM (SELECT DISTINCT number, topic FROM about) b
    JOIN marked m USING (number) JOIN cap c ON c.topic = b.topic AND c.setting = m.setting AND c.status <> 'closed'
), lacking AS (
    SELECT number, bool_or(cap_lacks) AS cap_lacks, min(sec_lags_from) AS sec_lags_from
    FROM about LEFT JOIN has_own h USING (number) WHERE is_marked OR h.number IS NULL
    GROUP BY number
), absent AS (
    SELECT d.number FROM doubt d WHERE d.unentered AND NOT EXISTS (
        SELECT 1 FROM entry e WHERE e.topic = d.topic AND e.provider = d.provider AND e.state = 'open')
      AND (SELECT bool_or(s.ends IS NULL OR s.ends >= getvariable('day')) FROM assignment s
           JOIN mandate m USING (mandate) WHERE m.topic = d.topic AND s.provider = d.provider) IS NOT FALSE
)
SELECT a.number, a.osis, a.topic, a.provider, a.dbn, a.received, COALESCE(l.cap_lacks, false) AS cap_lacks,
    l.sec_lags_from, x.number IS NULL AS on_caseload, p.affiliation, u.provider IS NOT NULL AS usable, (
        SELECT min(g.added) FROM galaxy g WHERE g.dbn = a.dbn AND g.provider = a.provider
          AND g.added <= getvariable('moment') AND (g.ends IS NULL OR g.ends >= getvariable('day'))) AS added
FROM lacking l
FULL JOIN absent x ON x.number = l.number
JOIN accepted a ON a.number = COALESCE(l.number, x.number)
JOIN pupil s ON s.osis = a.osis AND s.dbn IS NOT NULL
JOIN provider p ON p.provider = a.provider
LEFT JOIN usable u ON u.provider = a.provider
WHERE EXISTS (
    SELECT 1 FROM mandate m WHERE m.osis = s.osis AND m.version = s.governing AND m.topic = a.topic
      AND (m.ends IS NULL OR m.ends >= getvariable('day')))
