-- Everything that holds, before it is decided what follows from what: a subject is two numbers, or a text and a number.
CREATE MACRO openly(holds, waits) AS CASE WHEN holds THEN 'open' WHEN waits THEN 'waiting' END;
CREATE MACRO hours_ago(name) AS getvariable('moment') - to_hours(getvariable(name));
-- How old something is at its school, and when it became, or becomes, too old.
CREATE TEMP TABLE aged AS
WITH each AS (
    SELECT 'need' AS what, line, 0 AS provider, dbn, cap_since::DATE AS day, getvariable('transmittal_days') AS most
    FROM need WHERE cap_status = 'aco' AND transmitted IS NULL AND NOT lettered
    UNION ALL
    SELECT 'agency', line, 0, dbn, transmitted::DATE, getvariable('agency_days')
    FROM need WHERE transmitted IS NOT NULL AND NOT assigned
    UNION ALL
    SELECT 'unserved', line, 0, dbn, GREATEST(cap_since::DATE, getvariable('year') - 1), getvariable('awaiting_days')
    FROM need WHERE cap_status = 'apb' AND NOT assigned AND NOT vacant
    UNION ALL
    SELECT 'call', line, provider, dbn, GREATEST(assigned_from, gate_at::DATE, getvariable('year') - 1),
        getvariable('call_days')
    FROM served WHERE calls AND (affiliation = 'doe' OR gate_at IS NOT NULL)
      AND NOT (affiliation = 'rsa' AND getvariable('hold'))
), dated AS (
    SELECT DISTINCT each.*, COALESCE(s.calendar, '') AS calendar FROM each LEFT JOIN of_school s USING (dbn)
)
SELECT d.*, t.n - COALESCE(o.n, 0) AS age, k.day::TIMESTAMP::TIMESTAMPTZ AS over_on,
    l.day::TIMESTAMP::TIMESTAMPTZ AS over_on_later
FROM dated d
JOIN today t ON t.calendar = d.calendar
LEFT JOIN ordinal o ON o.calendar = d.calendar AND o.day = d.day
LEFT JOIN numbered k ON k.calendar = d.calendar AND k.n = COALESCE(o.n, 0) + d.most + 1
LEFT JOIN numbered l ON l.calendar = d.calendar AND l.n = COALESCE(o.n, 0) + getvariable('vacancy_days') + 1;

CREATE TEMP TABLE said AS
WITH calls_way AS (
    SELECT l.line FROM line l JOIN (SELECT DISTINCT topic FROM accepted) a
        ON a.topic = (l.line >> 7) * 32 + enum_code(l.cap_language) + 1
    WHERE l.cap_first_attend IS NOT NULL AND l.sec_first_attend IS NULL
      AND (sec_frequency, sec_duration, sec_group_size) IS NOT DISTINCT FROM (cap_frequency, cap_duration, cap_group_size)
), behind AS (
    SELECT DISTINCT line FROM line l ANTI JOIN calls_way USING (line)
    WHERE cap IS NOT NULL AND (
        (sec_frequency, sec_duration, sec_group_size) IS DISTINCT FROM (cap_frequency, cap_duration, cap_group_size)
        OR sec_status IS DISTINCT FROM sec_word(cap_status) OR sec_provider IS DISTINCT FROM cap_provider
        OR sec_first_attend IS DISTINCT FROM cap_first_attend)
), pending AS (
    SELECT d.osis, (SELECT count(*) FROM business b WHERE b.day > d.moved_at::DATE) > getvariable('pending_business_days')
        AS late
    FROM doc d WHERE transfer = 'pending'
), documents AS (
    SELECT osis, CASE
        WHEN without_consent THEN CONSENT_MISSING()
        WHEN transfer = 'action-needed' THEN IEP_ACTION_NEEDED()
        WHEN transfer = 'known-issue' THEN IEP_KNOWN_ISSUE()
        WHEN transfer = 'never' OR transfer = 'successful' AND lacking > 0 OR p.late THEN IEP_NOT_IN_CAP()
        WHEN transfer = 'pending' THEN IEP_PENDING() END AS code,
        CASE WHEN without_consent THEN openly(final < getvariable('night'), true)
        WHEN transfer = 'never' THEN openly(ready_at < getvariable('night'), true)
        WHEN transfer = 'successful' THEN openly(moved_at < getvariable('night'), true)
        WHEN transfer = 'pending' THEN openly(p.late, true) ELSE 'open' END AS condition,
        CASE WHEN without_consent THEN night_after(final, 1) WHEN transfer = 'never' THEN night_after(ready_at, 1)
        WHEN transfer = 'successful' THEN night_after(moved_at, 1) ELSE moved_at END AS since
    FROM doc LEFT JOIN pending p USING (osis)
), lines AS (
    SELECT CAP_FIELD_DIFFERS() AS code, 'open' AS condition, line, osis, NULL AS provider, cap_since AS since FROM line
    WHERE mandate IS NOT NULL AND cap IS NOT NULL AND ((frequency, duration, group_size, language, setting)
        IS DISTINCT FROM (cap_frequency, cap_duration, cap_group_size, cap_language, cap_setting)
        OR starts IS DISTINCT FROM cap_starts OR ends IS DISTINCT FROM cap_ends)
    UNION ALL
    SELECT CAP_NOT_ON_IEP(), openly(ended_on IS NULL OR start_of(ended_on + 1) < getvariable('night'), true), line, osis,
        NULL, GREATEST(cap_since, night_after(start_of(ended_on + 1), 1))
    FROM line WHERE mandate IS NULL AND cap IS NOT NULL
    UNION ALL
    SELECT CASE WHEN cap_since <= hours_ago('sec_hours') THEN SEC_STALE() ELSE SEC_WAITING() END,
        openly(cap_since <= hours_ago('sec_hours'), true), line, osis, NULL,
        CASE WHEN cap_since <= hours_ago('sec_hours') THEN cap_since + to_hours(getvariable('sec_hours'))
            ELSE cap_since END
    FROM line SEMI JOIN behind USING (line)
    WHERE cap IS NOT NULL
    UNION ALL
    SELECT CASE WHEN closed_since > hours_ago('sec_hours') THEN SEC_WAITING() ELSE SEC_ONLY() END,
        openly(closed_since IS NULL OR closed_since <= hours_ago('sec_hours'), true), line, osis, NULL,
        COALESCE(closed_since, sec_from)
    FROM line WHERE cap IS NULL AND sec IS NOT NULL
    UNION ALL
    SELECT CASE WHEN a.age > getvariable('vacancy_days') THEN VACANCY_NOT_REPORTED() ELSE AWAITING_PROVIDER() END,
        openly(a.age > a.most, true), line, osis, NULL,
        CASE WHEN a.age > getvariable('vacancy_days') THEN a.over_on_later ELSE a.over_on END
    FROM need JOIN aged a USING (line) WHERE a.what = 'unserved'
    UNION ALL
    SELECT NO_TRANSMITTAL(), openly(a.age > a.most, true), line, osis, NULL, a.over_on
    FROM need JOIN aged a USING (line) WHERE a.what = 'need'
    UNION ALL
    SELECT AGENCY_NOT_STARTED(), openly(a.age > a.most, true), line, osis, NULL, a.over_on
    FROM need JOIN aged a USING (line) WHERE a.what = 'agency'
    UNION ALL
    SELECT NO_FIRST_ATTEND(), openly(a.age > a.most, true), line, osis, provider, a.over_on
    FROM served JOIN aged a USING (line, provider) WHERE a.what = 'call'
    UNION ALL
    SELECT NURSE_EXEMPT(), 'exempt', line, osis, provider, start_of(assigned_from) FROM served WHERE NOT calls
    UNION ALL
    SELECT CASELOAD_ENDED(), 'open', line, osis, provider, night_after(start_of(last_day + 1), 1)
    FROM over WHERE start_of(last_day + 1) < getvariable('night')
), calls AS (
    SELECT code, 'open' AS condition, number, osis, topic, provider, dbn, received AS since, false AS behind FROM fact
    UNION ALL
    SELECT CALL_NOT_IN_CAP(), openly(received < getvariable('cap_night'), true), number, osis, topic, provider, dbn,
        night_after(received, 2), false
    FROM delivery WHERE cap_lacks
    UNION ALL
    SELECT CALL_NOT_IN_SEC(), openly(sec_lags_from <= hours_ago('sec_hours'), true), number, osis, topic, provider, dbn,
        sec_lags_from + to_hours(getvariable('sec_hours')), false
    FROM delivery WHERE sec_lags_from IS NOT NULL
    UNION ALL
    SELECT CALL_NOT_ON_CASELOAD(), openly(received <= hours_ago('caseload_hours'), true), number, osis, topic, provider,
        dbn, received + to_hours(getvariable('caseload_hours')), received <= hours_ago('caseload_hours')
            AND CASE WHEN affiliation = 'doe' THEN added IS NULL OR added > hours_ago('galaxy_hours') ELSE NOT usable END
    FROM delivery WHERE NOT on_caseload
), letters AS (
    SELECT CASE WHEN getvariable('hold') AND first_call IS NOT NULL AND (assigned OR NOT ever_assigned)
            THEN RSA_UNDER_HOLD()
        WHEN processed IS NOT NULL AND missed THEN RSA_WITHOUT_AGENCIES()
        WHEN processed IS NOT NULL AND NOT served THEN RSA_UNUSED() END AS code,
        CASE WHEN code = RSA_UNUSED() THEN openly(getvariable('day') - processed::DATE
            > getvariable('letter_calendar_days'), true) ELSE 'open' END AS condition,
        osis, topic, provider,
        CASE code WHEN RSA_UNDER_HOLD() THEN GREATEST(first_call, getvariable('hold_since')) ELSE processed END AS since
    FROM paper
), places AS (
    SELECT NOT_IN_GALAXY() AS code, openly(added IS NULL, true) AS condition, provider, dbn, start_of(serves_from) AS since
    FROM place WHERE doe AND serves_from IS NOT NULL AND (added IS NULL OR added > hours_ago('galaxy_hours'))
    UNION ALL
    SELECT NOT_IN_PETS(), 'open', provider, dbn, start_of(serves_from)
    FROM place WHERE NOT doe AND serves_from IS NOT NULL AND NOT usable
    UNION ALL
    SELECT NON_DOE_IN_GALAXY(), 'open', provider, dbn, added FROM place WHERE NOT doe AND added IS NOT NULL
), each AS (
    SELECT 'document' AS subject, osis::VARCHAR AS a, 0 AS b, * FROM documents WHERE code IS NOT NULL
    UNION ALL BY NAME
    SELECT 'line' AS subject, line::VARCHAR AS a, COALESCE(provider, 0) AS b, * FROM lines
    UNION ALL BY NAME
    SELECT 'call' AS subject, number AS a, 0 AS b, * FROM calls
    UNION ALL BY NAME
    SELECT 'letter' AS subject, topic::VARCHAR AS a, provider AS b, * FROM letters WHERE code IS NOT NULL
    UNION ALL BY NAME
    SELECT 'load' AS subject, provider::VARCHAR AS a, 1 AS b, OVER_CASELOAD() AS code, 'open' AS condition, provider,
        newest AS since
    FROM load WHERE students > getvariable('most_speech')
    UNION ALL BY NAME
    SELECT 'place' AS subject, dbn AS a, provider AS b, * FROM places
)
SELECT row_number() OVER () AS id, code // 10 + 1 AS hop, code IN (CASELOAD_ENDED(), OVER_CASELOAD(), NURSE_EXEMPT())
        AS beside, NULL::BIGINT AS taker, *
FROM each
QUALIFY row_number() OVER (PARTITION BY code, a, b ORDER BY condition = 'open' DESC, since) = 1
