-- Calendars: every school day in order, and how many of them are over or begun today.  Calendar 0 is the city's; schools
-- with closed days of their own have their own.  School 0 stands for what belongs to no school of ours.
CREATE TEMP TABLE picture_calendar WITH (toast_tuple_target = 8160) ON COMMIT DROP AS
WITH kept AS (
    SELECT DISTINCT each::date AS day
    FROM providers_schoolyear y
    CROSS JOIN LATERAL generate_series(y.starts::timestamp, y.ends::timestamp, interval '1 day') AS each
    WHERE extract(isodow FROM each) < 6
      AND NOT EXISTS (SELECT 1 FROM providers_calendarday c WHERE c.school_id IS NULL AND c.date = each::date)
), city AS (
    SELECT COALESCE(array_agg(day ORDER BY day), '{}') AS days FROM kept
), calendar AS (
    SELECT 0 AS calendar, days FROM city
    UNION ALL
    SELECT closed.school_id, CASE WHEN cardinality(closed.days) = 1 THEN array_remove(city.days, closed.days[1])
        ELSE ARRAY(SELECT day FROM unnest(city.days) AS day WHERE day <> ALL(closed.days) ORDER BY day) END
    FROM (
        SELECT school_id, array_agg(date) AS days FROM providers_calendarday WHERE school_id IS NOT NULL GROUP BY school_id
    ) closed CROSS JOIN city
)
SELECT *, width_bucket(%(day)s::date, days) AS today FROM calendar;
CREATE UNIQUE INDEX ON picture_calendar (calendar);
CREATE TEMP TABLE picture_school ON COMMIT DROP AS
SELECT s.id AS school_id, s.dbn, s.borough, COALESCE(c.calendar, 0) AS calendar
FROM providers_school s LEFT JOIN picture_calendar c ON c.calendar = s.id
UNION ALL
SELECT 0, NULL, NULL, 0;
CREATE UNIQUE INDEX ON picture_school (school_id)
