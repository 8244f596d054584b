-- Latest IEPs that have not been carried in full, or that wait for consent; business days count a transfer's age.
CREATE TEMP TABLE picture_document ON COMMIT DROP AS
WITH lacking AS MATERIALIZED (
    SELECT student_id, count(DISTINCT line) AS lines FROM picture_line
    WHERE mandate_id IS NOT NULL AND cap_id IS NULL
    GROUP BY student_id
), unsure AS (
    SELECT p.*, c.recorded AS consent, COALESCE(lacking.lines, 0) AS lacking
    FROM (SELECT student_id FROM picture_unsure UNION SELECT student_id FROM lacking) each
    JOIN ({pupils}) p ON p.student_id = each.student_id
    LEFT JOIN lacking ON lacking.student_id = p.student_id
    LEFT JOIN caseloads_consent c ON c.student_id = p.student_id AND c.recorded <= %(at)s
    WHERE p.school_id IS NOT NULL
      AND (p.transfer <> %(successful)s OR p.kind = %(initial)s AND c.id IS NULL OR lacking.lines > 0)
), business AS (
    SELECT COALESCE(array_agg(each::date ORDER BY each), '{}') AS business_days
    FROM generate_series(
        (SELECT min(transfer_at)::date - 1 FROM unsure WHERE transfer = %(pending)s)::timestamp,
        %(day)s::timestamp + interval '60 days', interval '1 day') AS each
    WHERE extract(isodow FROM each) < 6 AND NOT EXISTS (
        SELECT 1 FROM providers_calendarday c
        WHERE c.school_id IS NULL AND c.kind = %(holiday)s AND c.date = each::date)
)
SELECT u.*, u.kind = %(initial)s AND u.consent IS NULL AS without_consent,
    GREATEST(u.finalised, CASE WHEN u.kind = %(initial)s THEN u.consent END) AS ready_at,
    COALESCE(u.transfer_at, u.finalised) AS moved_at, business.business_days
FROM unsure u CROSS JOIN business
