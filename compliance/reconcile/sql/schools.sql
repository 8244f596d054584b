-- Schools with their calendars: every school day in order, and how many of them are over or begun today.  School 0 is
-- the city itself, for what belongs to no school of ours.
CREATE TEMP TABLE picture_school ON COMMIT DROP AS
WITH kept AS (
    SELECT DISTINCT each::date AS day
    FROM providers_schoolyear y
    CROSS JOIN LATERAL generate_series(y.starts::timestamp, y.ends::timestamp, interval '1 day') AS each
    WHERE extract(isodow FROM each) < 6
      AND NOT EXISTS (SELECT 1 FROM providers_calendarday c WHERE c.school_id IS NULL AND c.date = each::date)
), city AS (
    SELECT COALESCE(array_agg(day ORDER BY day), '{}') AS days FROM kept
), own AS (
    SELECT closed.school_id, ARRAY(SELECT day FROM unnest(city.days) AS day WHERE day <> ALL(closed.days)) AS days
    FROM (
        SELECT school_id, array_agg(date) AS days FROM providers_calendarday WHERE school_id IS NOT NULL GROUP BY school_id
    ) closed CROSS JOIN city
), calendar AS (
    SELECT s.id AS school_id, s.dbn, s.borough, COALESCE(own.days, city.days) AS days
    FROM providers_school s CROSS JOIN city LEFT JOIN own ON own.school_id = s.id
    UNION ALL
    SELECT 0, NULL, NULL, days FROM city
)
SELECT *, width_bucket(%(day)s::date, days) AS today FROM calendar;
CREATE UNIQUE INDEX ON picture_school (school_id)
