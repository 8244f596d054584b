-- Lines of the students enrolled today, as SESIS, CAP and SEC each hold them, side by side by their key: nothing is paired
-- and nothing judged.  Beside each stands the item that says something of it, the earliest hop first.
WITH pupil AS (
    SELECT s.id AS student_id, s.osis, e.school_id
    FROM caseloads_enrolment e
    JOIN caseloads_student s ON s.id = e.student_id
    WHERE e.starts <= %(day)s AND (e.ends IS NULL OR e.ends >= %(day)s)
      AND (%(schools)s::bigint[] IS NULL OR e.school_id = ANY(%(schools)s))
      AND (%(student)s::bigint IS NULL OR s.id = %(student)s)
), sesis AS (
    SELECT ((p.osis * 32 + m.service) * 32 + m.language) * 4 + m.setting AS line, m.id, m.frequency, m.duration,
        m.group_size
    FROM pupil p
    JOIN caseloads_iep i ON i.student_id = p.student_id AND i.status = %(final)s AND upper_inf(i.governs)
    JOIN caseloads_mandate m ON m.iep_id = i.id
    WHERE m.ends IS NULL OR m.ends >= %(day)s
), cap AS (
    SELECT ((osis * 32 + service) * 32 + language) * 4 + setting AS line, id, frequency, duration, group_size, language,
        setting, status
    FROM caseloads_capmandate
    WHERE status <> %(closed)s AND osis IN (SELECT osis FROM pupil)
), sec AS (
    SELECT ((osis * 32 + service) * 32 + language) * 4 + setting AS line, id, frequency, duration, group_size, status
    FROM caseloads_secline
    WHERE from_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s) AND osis IN (SELECT osis FROM pupil)
), side AS (
    SELECT line, line >> 12 AS osis, (line >> 7 & 31)::int AS service, (line >> 2 & 31)::int AS language,
        (line & 3)::int AS setting, sesis.id AS sesis_id, sesis.frequency AS sesis_frequency,
        sesis.duration AS sesis_duration, sesis.group_size AS sesis_group_size, cap.id AS cap_id,
        cap.frequency AS cap_frequency, cap.duration AS cap_duration, cap.group_size AS cap_group_size,
        cap.status AS cap_status, sec.id AS sec_id, sec.frequency AS sec_frequency, sec.duration AS sec_duration,
        sec.group_size AS sec_group_size, sec.status AS sec_status,
        (sesis.id IS NULL) <> (cap.id IS NULL) OR (cap.id IS NULL) <> (sec.id IS NULL) AS apart
    FROM sesis FULL JOIN cap USING (line) FULL JOIN sec USING (line)
)
