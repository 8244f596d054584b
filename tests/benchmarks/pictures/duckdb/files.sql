-- The files, read once each, with every column's type known beforehand.  ``line`` is the key as one number, ``topic`` the
-- student, service and language as one.
CREATE MACRO topic_of(osis, service, language) AS (osis * 32 + enum_code(service) + 1) * 32 + enum_code(language) + 1;
CREATE MACRO line_of(osis, service, language, setting) AS topic_of(osis, service, language) * 4 + enum_code(setting) + 1;
CREATE MACRO csv(kind, types) AS TABLE SELECT * FROM read_csv('{directory}/' || kind || '.csv', header = true,
    auto_detect = false, delim = ',', quote = '"', columns = types);

CREATE TEMP TABLE document AS FROM csv('sesis-status', {osis: 'BIGINT', version: 'INT', kind: 'iepkind',
    status: 'iepstatus', starts: 'DATE', final: 'TIMESTAMPTZ', governs_from: 'DATE', governs_until: 'DATE',
    transfer: 'transfer', transfer_at: 'TIMESTAMPTZ', consent: 'TIMESTAMPTZ'});
CREATE TEMP TABLE mandate AS SELECT *, topic_of(osis, service, language) AS topic,
    line_of(osis, service, language, setting) AS line
FROM csv('sesis-mandates', {osis: 'BIGINT', version: 'INT', mandate: 'BIGINT', service: 'service', language: 'language',
    setting: 'setting', frequency: 'SMALLINT', duration: 'SMALLINT', group_size: 'SMALLINT', starts: 'DATE',
    ends: 'DATE', months: 'SMALLINT'});
CREATE TEMP TABLE assignment AS FROM csv('assignments', {mandate: 'BIGINT', provider: 'BIGINT', starts: 'DATE',
    ends: 'DATE'});
CREATE TEMP TABLE entry AS SELECT *, topic_of(osis, service, language) AS topic,
    line_of(osis, service, language, setting) AS line
FROM csv('caseload', {osis: 'BIGINT', mandate: 'BIGINT', service: 'service', language: 'language', setting: 'setting',
    provider: 'BIGINT', dbn: 'VARCHAR', state: 'entrystate', since: 'TIMESTAMPTZ', confirmation: 'VARCHAR'})
WHERE state <> 'ended';
CREATE TEMP TABLE cap AS SELECT *, topic_of(osis, service, language) AS topic,
    line_of(osis, service, language, setting) AS line
FROM csv('cap-mandates', {osis: 'BIGINT', service: 'service', language: 'language', setting: 'setting',
    frequency: 'SMALLINT', duration: 'SMALLINT', group_size: 'SMALLINT', starts: 'DATE', ends: 'DATE',
    status: 'capstatus', provider: 'BIGINT', first_attend: 'DATE', since: 'TIMESTAMPTZ'});
CREATE TEMP TABLE sec AS SELECT r.*, s.frequency, s.duration, s.group_size
FROM (
    SELECT *, line_of(osis, service, language, setting) AS line
    FROM csv('sec-receipt', {osis: 'BIGINT', service: 'service', language: 'language', setting: 'setting',
        status: 'secstatus', provider: 'BIGINT', first_attend: 'DATE', "from": 'TIMESTAMPTZ'})
) r
JOIN (
    SELECT line_of(osis, service, language, setting) AS line, frequency, duration, group_size
    FROM csv('sec-services', {osis: 'BIGINT', service: 'service', language: 'language', setting: 'setting',
        frequency: 'SMALLINT', duration: 'SMALLINT', group_size: 'SMALLINT', status: 'secstatus'})
) s USING (line);
CREATE TEMP TABLE call AS SELECT *, topic_of(osis, service, language) AS topic
FROM csv('ivr-calls', {number: 'VARCHAR', outcome: 'outcome', rule: 'VARCHAR', origin: 'VARCHAR', osis: 'BIGINT',
    service: 'service', language: 'language', provider: 'BIGINT', dbn: 'VARCHAR', session: 'DATE',
    received: 'TIMESTAMPTZ', mandates: 'VARCHAR'});
CREATE TEMP TABLE roster AS SELECT osis, dbn, starts, ends
FROM csv('roster', {osis: 'BIGINT', first_name: 'VARCHAR', last_name: 'VARCHAR', dbn: 'VARCHAR', grade: 'VARCHAR',
    starts: 'DATE', ends: 'DATE'});
CREATE TEMP TABLE provider AS SELECT provider, affiliation, role <> 'nurse' AS calls, agency
FROM csv('providers', {provider: 'BIGINT', name: 'VARCHAR', affiliation: 'affiliation', role: 'VARCHAR',
    agency: 'VARCHAR'});
CREATE TEMP TABLE galaxy AS SELECT dbn, provider, added, ends
FROM csv('galaxy', {dbn: 'VARCHAR', provider: 'BIGINT', name: 'VARCHAR', title: 'VARCHAR', added: 'TIMESTAMPTZ',
    ends: 'DATE'});
CREATE TEMP TABLE usable AS SELECT DISTINCT provider
FROM csv('pets', {provider: 'BIGINT', vendor: 'VARCHAR', name: 'VARCHAR', active: 'BOOLEAN', eligible: 'BOOLEAN',
    registered: 'TIMESTAMPTZ'})
WHERE active AND eligible;
CREATE TEMP TABLE school AS FROM csv('schools', {dbn: 'VARCHAR', name: 'VARCHAR', borough: 'VARCHAR'});
CREATE TEMP TABLE calendar AS FROM csv('calendar', {date: 'DATE', kind: 'VARCHAR', dbn: 'VARCHAR', label: 'VARCHAR'});
CREATE TEMP TABLE year AS FROM csv('school-years', {starts: 'DATE', ends: 'DATE'});
CREATE TEMP TABLE contract AS FROM csv('contracts', {agency: 'VARCHAR', service: 'service', language: 'language',
    borough: 'VARCHAR', starts: 'DATE', ends: 'DATE'});
CREATE TEMP TABLE transmittal AS SELECT *, topic_of(osis, service, language) AS topic
FROM csv('transmittals', {osis: 'BIGINT', service: 'service', language: 'language', agency: 'VARCHAR',
    processed: 'TIMESTAMPTZ'});
CREATE TEMP TABLE letter AS SELECT *, topic_of(osis, service, language) AS topic
FROM csv('rsa-letters', {osis: 'BIGINT', service: 'service', language: 'language', provider: 'BIGINT',
    approved: 'DATE', processed: 'TIMESTAMPTZ'});
CREATE TEMP TABLE vacancy AS FROM csv('vacancies', {vacancy: 'BIGINT', dbn: 'VARCHAR', osis: 'BIGINT',
    mandate: 'BIGINT', service: 'service', language: 'language', unserved_since: 'DATE', logged: 'TIMESTAMPTZ',
    closed: 'TIMESTAMPTZ'});
CREATE TEMP TABLE offer AS FROM csv('offers', {vacancy: 'BIGINT', agency: 'VARCHAR', offered: 'TIMESTAMPTZ',
    answer: 'VARCHAR', answered: 'TIMESTAMPTZ'});
CREATE TEMP TABLE hold AS FROM csv('rsa-hold', {starts: 'DATE', "on": 'BOOLEAN', reason: 'VARCHAR'});

-- The moment, its day, its nights and its school year; R13's hold; ages.
SET VARIABLE day = getvariable('moment')::DATE;
SET VARIABLE night = (SELECT max(n) FROM (SELECT (getvariable('day') - b::INT)::TIMESTAMP::TIMESTAMPTZ + INTERVAL 1 HOUR AS n
    FROM range(2) r(b)) WHERE n <= getvariable('moment'));
SET VARIABLE cap_night = (SELECT max(n) FROM (SELECT (getvariable('day') - b::INT)::TIMESTAMP::TIMESTAMPTZ
    + INTERVAL 2 HOUR AS n FROM range(2) r(b)) WHERE n <= getvariable('moment'));
SET VARIABLE year = (SELECT COALESCE(max(starts) FILTER (WHERE starts <= getvariable('day')), min(starts)) FROM year);
SET VARIABLE hold = COALESCE((SELECT arg_max("on", starts) FROM hold WHERE starts <= getvariable('day')), true);
SET VARIABLE hold_since = (SELECT max(starts)::TIMESTAMP::TIMESTAMPTZ FROM (
    SELECT starts, "on" AND NOT lag("on", 1, true) OVER (ORDER BY starts) AS begins FROM hold
    WHERE starts <= getvariable('day')) WHERE begins);
CREATE MACRO night_after(said, hour) AS
    (date_trunc('day', said::TIMESTAMP - to_hours(hour)) + to_hours(24 + hour))::TIMESTAMPTZ;
CREATE MACRO start_of(day) AS day::TIMESTAMP::TIMESTAMPTZ;
CREATE MACRO runs(starts, ends) AS starts <= getvariable('day') AND (ends IS NULL OR ends >= getvariable('day'));

-- How many school days of a calendar are over or begun on a day, and the day of each number; '' is the city's.
CREATE TEMP TABLE kept AS
WITH day AS (
    SELECT DISTINCT d::DATE AS day FROM year, unnest(generate_series(starts::TIMESTAMP, ends::TIMESTAMP, INTERVAL 1 DAY)) u(d)
    WHERE isodow(d) < 6 AND d::DATE NOT IN (SELECT date FROM calendar WHERE dbn IS NULL)
)
SELECT '' AS calendar, day FROM day
UNION ALL
SELECT own.dbn, day FROM (SELECT DISTINCT dbn FROM calendar WHERE dbn IS NOT NULL) own, day
WHERE NOT EXISTS (SELECT 1 FROM calendar c WHERE c.dbn = own.dbn AND c.date = day.day);
CREATE TEMP TABLE numbered AS SELECT calendar, day, row_number() OVER (PARTITION BY calendar ORDER BY day) AS n FROM kept;
CREATE TEMP TABLE ordinal AS
SELECT c.calendar, d.day::DATE AS day, count(k.day) OVER (PARTITION BY c.calendar ORDER BY d.day) AS n
FROM (SELECT DISTINCT calendar FROM kept) c
CROSS JOIN (
    SELECT unnest(generate_series((SELECT min(starts) FROM year)::TIMESTAMP, getvariable('day')::TIMESTAMP,
        INTERVAL 1 DAY)) AS day
) d
LEFT JOIN kept k ON k.calendar = c.calendar AND k.day = d.day;
CREATE TEMP TABLE today AS SELECT calendar, n FROM ordinal WHERE day = getvariable('day');
CREATE TEMP TABLE of_school AS
SELECT s.dbn, s.borough, COALESCE(c.calendar, '') AS calendar
FROM school s LEFT JOIN (SELECT DISTINCT calendar FROM kept WHERE calendar <> '') c ON c.calendar = s.dbn;
CREATE MACRO since_the_start(day) AS GREATEST(day, (SELECT min(starts) FROM year))
