-- RSA letters of enrolled students: whether their provider serves, whether anybody does, and who was not asked.
CREATE TEMP TABLE picture_letter ON COMMIT DROP AS
WITH letter AS (
    SELECT r.id AS letter_id, r.student_id, r.provider_id, v.number, p.osis, p.school_id, s.borough, r.service, r.language,
        CASE WHEN r.processed <= %(at)s THEN r.processed END AS processed,
        (r.processed AT TIME ZONE 'America/New_York')::date AS processed_on
    FROM caseloads_rsaletter r
    JOIN ({pupils}) p ON p.student_id = r.student_id AND p.school_id IS NOT NULL
    JOIN picture_school s ON s.school_id = p.school_id
    JOIN picture_provider v ON v.provider_id = r.provider_id
    WHERE r.student_id IN (SELECT id FROM chosen_student)
), called AS (
    SELECT l.letter_id, min(c.received) FILTER (WHERE c.provider_id = l.provider_id) AS first_call
    FROM letter l
    JOIN caseloads_call c
        ON c.student_id = l.student_id AND c.service = l.service AND c.language = l.language
       AND c.outcome = %(accepted)s AND c.school_year = %(year)s
    GROUP BY l.letter_id
), assigned AS (
    SELECT l.letter_id, bool_or(a.starts <= %(day)s AND (a.ends IS NULL OR a.ends >= %(day)s)) AS today
    FROM letter l
    JOIN caseloads_mandate m ON m.student_id = l.student_id AND m.service = l.service AND m.language = l.language
    JOIN caseloads_assignment a ON a.mandate_id = m.id AND a.provider_id = l.provider_id
    GROUP BY l.letter_id
), declined AS (
    SELECT DISTINCT l.letter_id, o.agency_id
    FROM letter l
    JOIN caseloads_mandate m ON m.student_id = l.student_id
    JOIN caseloads_vacancy_mandates n ON n.mandate_id = m.id
    JOIN caseloads_vacancy y
        ON y.id = n.vacancy_id AND y.school_id = l.school_id AND y.service = l.service AND y.language = l.language
    JOIN caseloads_offer o ON o.vacancy_id = y.id AND o.answer = %(declined)s
), contracted AS (
    SELECT l.letter_id, array_agg(DISTINCT a.code ORDER BY a.code) AS codes
    FROM letter l
    JOIN providers_contract k
        ON k.service = l.service AND k.language = l.language AND k.borough = l.borough AND k.starts <= l.processed_on
       AND (k.ends IS NULL OR k.ends >= l.processed_on)
    JOIN providers_agency a ON a.id = k.agency_id
    LEFT JOIN declined d ON d.letter_id = l.letter_id AND d.agency_id = k.agency_id
    WHERE d.letter_id IS NULL
    GROUP BY l.letter_id
)
SELECT l.*, called.first_call, called.letter_id IS NOT NULL AS served, assigned.letter_id IS NOT NULL AS ever_assigned,
    COALESCE(assigned.today, false) AS assigned, COALESCE(contracted.codes, '{}') AS not_declined
FROM letter l
LEFT JOIN called USING (letter_id)
LEFT JOIN assigned USING (letter_id)
LEFT JOIN contracted USING (letter_id)
