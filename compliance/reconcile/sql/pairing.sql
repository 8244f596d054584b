-- A pair is one line, under the key of SESIS, with what CAP and SEC say under CAP's.  What SEC says under the key of
-- SESIS meanwhile is a row of its own, since CAP has none there.
INSERT INTO picture_line (line, sec_id, sec_frequency, sec_duration, sec_group_size, sec_status, sec_provider,
    sec_first_attend, sec_from, student_id, school_id)
SELECT DISTINCT l.line, l.sec_id, l.sec_frequency, l.sec_duration, l.sec_group_size, l.sec_status, l.sec_provider,
    l.sec_first_attend, l.sec_from, l.student_id, l.school_id
FROM picture_pair p JOIN picture_line l ON l.line = p.asked
WHERE l.sec_id IS NOT NULL;
UPDATE picture_line l
SET cap_id = h.cap_id, cap_frequency = h.cap_frequency, cap_duration = h.cap_duration,
    cap_group_size = h.cap_group_size, cap_language = h.cap_language, cap_setting = h.cap_setting,
    cap_starts = h.cap_starts, cap_ends = h.cap_ends, cap_status = h.cap_status, cap_provider = h.cap_provider,
    cap_first_attend = h.cap_first_attend, cap_since = h.cap_since,
    sec_id = h.sec_id, sec_frequency = h.sec_frequency, sec_duration = h.sec_duration,
    sec_group_size = h.sec_group_size, sec_status = h.sec_status, sec_provider = h.sec_provider,
    sec_first_attend = h.sec_first_attend, sec_from = h.sec_from
FROM picture_pair p JOIN picture_line h ON h.line = p.held
WHERE l.line = p.asked AND l.mandate_id IS NOT NULL;
-- What was paired is no longer left over, and what CAP and SEC hold of students who have left is compared with nothing.
DELETE FROM picture_line l
USING picture_odd o
WHERE l.line = o.line AND l.mandate_id IS NULL AND o.mandate_id IS NULL
  AND (o.student_id IS NOT NULL AND o.school_id IS NULL OR o.line IN (SELECT held FROM picture_pair));
UPDATE picture_line l
SET student_id = o.student_id, school_id = o.school_id,
    ended_on = (
        SELECT m.ends FROM caseloads_mandate m
        WHERE m.iep_id = (
            SELECT i.id FROM caseloads_iep i
            WHERE i.student_id = o.student_id AND i.status = %(final)s AND upper_inf(i.governs)
        ) AND m.ends < %(day)s
          AND m.service = l.line >> 7 & 31 AND m.language = l.line >> 2 & 31 AND m.setting = l.line & 3)
FROM picture_odd o
WHERE l.line = o.line AND l.mandate_id IS NULL AND o.mandate_id IS NULL;
UPDATE picture_line l
SET closed_since = (
    SELECT max(c.since) FROM caseloads_capmandate c
    WHERE c.status = %(closed)s AND c.osis = l.line >> 12 AND c.service = l.line >> 7 & 31
      AND c.language = l.line >> 2 & 31 AND c.setting = l.line & 3)
WHERE l.sec_id IS NOT NULL AND l.cap_id IS NULL
