-- Left-over rows of one student and service, paired: same language first, then same setting, then by both in order.
CREATE TEMP TABLE picture_pair ON COMMIT DROP AS
WITH asked AS (
    SELECT * FROM picture_odd WHERE mandate_id IS NOT NULL
), held AS (
    SELECT * FROM picture_odd WHERE cap_id IS NOT NULL AND school_id IS NOT NULL
), by_language AS (
    SELECT a.line AS asked, h.line AS held FROM asked a JOIN held h USING (of_service, language)
), asked_2 AS (
    SELECT *, row_number() OVER (PARTITION BY of_service, setting ORDER BY language) AS place
    FROM asked WHERE line NOT IN (SELECT asked FROM by_language)
), held_2 AS (
    SELECT *, row_number() OVER (PARTITION BY of_service, setting ORDER BY language) AS place
    FROM held WHERE line NOT IN (SELECT held FROM by_language)
), by_setting AS (
    SELECT a.line AS asked, h.line AS held FROM asked_2 a JOIN held_2 h USING (of_service, setting, place)
), asked_3 AS (
    SELECT line, of_service, row_number() OVER (PARTITION BY of_service ORDER BY language, setting) AS place
    FROM asked_2 WHERE line NOT IN (SELECT asked FROM by_setting)
), held_3 AS (
    SELECT line, of_service, row_number() OVER (PARTITION BY of_service ORDER BY language, setting) AS place
    FROM held_2 WHERE line NOT IN (SELECT held FROM by_setting)
)
SELECT * FROM by_language
UNION ALL SELECT * FROM by_setting
UNION ALL SELECT a.line, h.line FROM asked_3 a JOIN held_3 h USING (of_service, place);
ANALYZE picture_pair
