-- What is left are the items, each with what follows from it and the last school day to act.
CREATE TEMP TABLE item ON COMMIT DROP AS
SELECT s.picture, s.at, s.code, s.subject, s.hop, s.a, s.b, s.condition, s.severity, s.owner, s.since,
    CASE WHEN s.condition = %(is_waiting)s THEN COALESCE(s.until, %(unknown)s) END AS until,
    CASE WHEN s.condition = %(is_open)s
        THEN k.days[width_bucket((s.since AT TIME ZONE 'America/New_York')::date, k.days) + s.act_days] END AS due,
    COALESCE(s.osis, s.line >> 12) AS osis, COALESCE(s.service, s.line >> 7 & 31) AS service,
    COALESCE(s.language, s.line >> 2 & 31) AS language, COALESCE(s.setting, s.line & 3) AS setting,
    s.iep_id, s.provider_number, s.place_id, s.call_id, s.letter_id, s.student_id, s.provider_id, s.agency_id,
    s.school_id, COALESCE(after.codes, '{}') AS consequences
FROM said s
JOIN picture_school d ON d.school_id = COALESCE(s.school_id, 0)
JOIN picture_calendar k ON k.calendar = d.calendar
LEFT JOIN (
    SELECT taker, array_agg(DISTINCT code::smallint ORDER BY code::smallint) AS codes
    FROM said WHERE taker IS NOT NULL
    GROUP BY taker
) after ON after.taker = s.id
WHERE NOT s.behind AND s.taker IS NULL;
CREATE TEMP TABLE witness (code int, a bigint, b bigint, evidence jsonb) ON COMMIT DROP
