-- The planner is told what holds, or it would compare everything with everything.
ANALYZE said (code, condition, hop, subject, beside, line, student_id, call_id, taker);
-- One subject has a code once: open before waiting, the earlier beginning before the later.
DELETE FROM said s
USING (
    SELECT code, a, b, (array_agg(id ORDER BY condition = %(is_open)s DESC, since, id))[1] AS kept
    FROM said GROUP BY code, a, b HAVING count(*) > 1
) twice
WHERE s.code = twice.code AND s.a = twice.a AND s.b = twice.b AND s.id <> twice.kept;
-- While the document itself is behind, CAP cannot agree with it.
DELETE FROM said s
USING said document
WHERE s.hop = %(cap_hop)s AND document.subject = %(of_document)s AND document.student_id = s.student_id;
-- An open document takes the lines of its student and the deliveries of the student's calls.
UPDATE said s SET taker = document.id
FROM said document
WHERE document.subject = %(of_document)s AND document.condition = %(is_open)s AND document.student_id = s.student_id
  AND NOT s.beside AND (s.subject = %(of_line)s OR s.hop = %(delivery_hop)s);
-- The earliest open hop of a line takes the later ones, open or waiting.
CREATE TEMP TABLE broken ON COMMIT DROP AS
SELECT DISTINCT ON (line) line, line >> 2 AS of_language, hop, id
FROM said
WHERE subject = %(of_line)s AND NOT beside AND condition = %(is_open)s AND taker IS NULL
ORDER BY line, hop, code, id;
ANALYZE broken;
UPDATE said s SET taker = broken.id
FROM broken
WHERE s.line = broken.line AND s.hop > broken.hop AND NOT s.beside AND s.taker IS NULL;
-- A line that is open at CAP or SEC takes the deliveries of its student, service and language.
UPDATE said s SET taker = broken.id
FROM broken
WHERE s.hop = %(delivery_hop)s AND (s.osis * 32 + s.service) * 32 + s.language = broken.of_language
  AND broken.hop IN (%(cap_hop)s, %(sec_hop)s) AND s.taker IS NULL;
-- What is wrong with the call itself takes its deliveries.
UPDATE said s SET taker = fact.id
FROM said fact
WHERE s.hop = %(delivery_hop)s AND fact.call_id = s.call_id AND fact.hop <> %(delivery_hop)s AND s.taker IS NULL;
-- The first delivery that is open takes the later ones.
UPDATE said s SET taker = first.id
FROM (
    SELECT DISTINCT ON (call_id) call_id, id, code FROM said
    WHERE hop = %(delivery_hop)s AND condition = %(is_open)s AND NOT behind AND taker IS NULL
    ORDER BY call_id, code
) first
WHERE s.call_id = first.call_id AND s.hop = %(delivery_hop)s AND s.code > first.code AND s.taker IS NULL;
-- Missing access takes what it keeps from the caseload.
UPDATE said s SET taker = place.id
FROM said place
WHERE s.behind AND place.hop = %(access_hop)s AND place.provider_number = s.provider_number
  AND place.place_id = s.at_school AND place.condition = %(is_open)s AND place.code <> %(wrong_list)s
  AND s.taker IS NULL
