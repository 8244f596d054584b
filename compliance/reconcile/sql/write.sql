-- People act on findings one or many at a time: everybody locks them in the order of their ids.
SELECT 1 FROM compliance_finding
WHERE id IN (SELECT finding_id FROM verdict WHERE finding_id IS NOT NULL)
ORDER BY id FOR UPDATE;
INSERT INTO compliance_finding (
    code, subject, osis, service, language, setting, iep_id, provider_number, place_id, call_id, letter_id, student_id,
    provider_id, agency_id, school_id, condition, severity, owner, since, first_seen, opened, until, due, times_back,
    evidence, consequences, handling, ticket)
SELECT code, subject, osis, service, language, setting, iep_id, provider_number, place_id, call_id, letter_id, student_id,
    provider_id, agency_id, school_id, condition, severity, owner, since, %(at)s,
    CASE WHEN condition = %(is_open)s THEN %(at)s::timestamptz END, until, due, 0, evidence, consequences, %(untouched)s, ''
FROM verdict WHERE finding_id IS NULL
ORDER BY school_id, code, a, b;
UPDATE compliance_finding f
SET condition = v.condition, severity = v.severity, owner = v.owner, since = v.since, until = v.until, due = v.due,
    student_id = v.student_id, provider_id = v.provider_id, agency_id = v.agency_id, school_id = v.school_id,
    evidence = v.evidence, consequences = v.consequences, settled = NULL,
    opened = CASE WHEN v.condition = %(is_open)s AND (v.reopens OR v.was_opened IS NULL) THEN %(at)s::timestamptz
        WHEN v.reopens THEN NULL ELSE f.opened END,
    regressed = CASE WHEN v.back THEN %(at)s::timestamptz ELSE f.regressed END,
    times_back = f.times_back + v.back::int,
    handling = CASE WHEN v.reopens THEN %(untouched)s ELSE f.handling END,
    handled_by_id = CASE WHEN v.reopens THEN NULL ELSE f.handled_by_id END,
    handled = CASE WHEN v.reopens THEN NULL ELSE f.handled END,
    handed_to = CASE WHEN v.reopens THEN NULL ELSE f.handed_to END,
    look_again = CASE WHEN v.reopens THEN NULL ELSE f.look_again END,
    ticket = CASE WHEN v.reopens THEN '' ELSE f.ticket END
FROM verdict v
WHERE f.id = v.finding_id AND v.code IS NOT NULL;
UPDATE compliance_finding f
SET condition = %(is_closed)s, settled = %(at)s, until = NULL
FROM verdict v
WHERE f.id = v.finding_id AND v.code IS NULL;
INSERT INTO compliance_findingevent (finding_id, kind, at, note, told)
SELECT finding_id, CASE WHEN back THEN %(came_back)s ELSE %(settled)s END, %(at)s, '', '{}'
FROM verdict
WHERE back OR code IS NULL AND was_opened IS NOT NULL
ORDER BY finding_id
