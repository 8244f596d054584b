-- Everything that holds, before it is decided what follows from what.  ``a`` and ``b`` are the subject as two
-- numbers, ``at`` is the picture's row, and ``taker`` what it follows from.
CREATE TEMP TABLE said (
    id int GENERATED ALWAYS AS IDENTITY, picture text NOT NULL, at tid NOT NULL, taker int, code int NOT NULL, condition int NOT NULL, hop int NOT NULL, subject int NOT NULL,
    beside boolean NOT NULL, severity int NOT NULL, act_days int NOT NULL, behind boolean NOT NULL, owner int NOT NULL,
    line bigint, osis bigint, service int, language int, setting int, iep_id bigint, provider_number bigint,
    place_id bigint, call_id bigint, letter_id bigint, student_id bigint, provider_id bigint, agency_id bigint,
    school_id bigint, at_school bigint, since timestamptz NOT NULL, until timestamptz,
    a bigint NOT NULL GENERATED ALWAYS AS (COALESCE(line, iep_id, call_id, letter_id, provider_number)) STORED,
    b bigint NOT NULL GENERATED ALWAYS AS (CASE
        WHEN line IS NOT NULL THEN COALESCE(provider_number, 0)
        WHEN COALESCE(iep_id, call_id, letter_id) IS NOT NULL THEN 0
        ELSE COALESCE(place_id, service) END) STORED
) ON COMMIT DROP
