-- What follows from what, as in the portal; what is left are the items.
DELETE FROM said USING (SELECT DISTINCT osis FROM said WHERE subject = 'document') d
WHERE said.osis = d.osis AND said.hop = CAP_FIELD_DIFFERS() // 10 + 1;
UPDATE said SET taker = d.id
FROM (SELECT id, osis FROM said WHERE subject = 'document' AND condition = 'open') d
WHERE said.osis = d.osis AND NOT said.beside AND (said.subject = 'line' OR said.hop = CALL_NOT_IN_CAP() // 10 + 1);
CREATE TEMP TABLE broken AS
SELECT line, line >> 2 AS topic, hop, id FROM said
WHERE subject = 'line' AND NOT beside AND condition = 'open' AND taker IS NULL
QUALIFY row_number() OVER (PARTITION BY line ORDER BY hop, code, id) = 1;
UPDATE said SET taker = b.id FROM broken b
WHERE said.line = b.line AND said.hop > b.hop AND NOT said.beside AND said.taker IS NULL;
UPDATE said SET taker = b.id FROM broken b
WHERE said.hop = CALL_NOT_IN_CAP() // 10 + 1 AND said.topic = b.topic AND said.taker IS NULL
  AND b.hop IN (CAP_FIELD_DIFFERS() // 10 + 1, SEC_STALE() // 10 + 1);
UPDATE said SET taker = f.id
FROM (SELECT id, number FROM said WHERE subject = 'call' AND hop <> CALL_NOT_IN_CAP() // 10 + 1) f
WHERE said.hop = CALL_NOT_IN_CAP() // 10 + 1 AND said.number = f.number AND said.taker IS NULL;
UPDATE said SET taker = f.id
FROM (
    SELECT number, arg_min(id, code) AS id, min(code) AS code FROM said
    WHERE hop = CALL_NOT_IN_CAP() // 10 + 1 AND condition = 'open' AND NOT behind AND taker IS NULL GROUP BY number
) f
WHERE said.hop = CALL_NOT_IN_CAP() // 10 + 1 AND said.number = f.number AND said.code > f.code AND said.taker IS NULL;
CREATE TEMP TABLE item AS
SELECT s.*, t.codes FROM said s
LEFT JOIN (SELECT taker, list(DISTINCT code) AS codes FROM said WHERE taker IS NOT NULL GROUP BY taker) t
    ON t.taker = s.id
WHERE s.taker IS NULL AND s.behind IS NOT TRUE
