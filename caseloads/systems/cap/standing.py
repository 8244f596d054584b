"""How far each line has come by what we know of who is to serve it, as CAP is told every night."""

from __future__ import annotations

from caseloads.systems.cap.statements import noted

# The document that counts is a student's latest final one, which is also the one that comes down to CAP: a row whose
# line it does not name, or never heard of, is left as it is.  A line is over once its mandate or that whole document
# has ended.
DOCUMENTS = """
    SELECT DISTINCT ON (i.student_id) i.id, i.student_id, upper(i.governs) AS over_on
    FROM caseloads_iep i
    WHERE i.status = %(final)s
    ORDER BY i.student_id, lower(i.governs) DESC, i.id DESC
"""

# Whoever was assigned first among those whose assignment has not ended; one that is still to begin counts already.
ASSIGNED = """
    SELECT DISTINCT ON (k.student_id, k.service, k.language, k.setting)
        k.student_id, k.service, k.language, k.setting, p.number
    FROM caseloads_assignment a
    JOIN caseloads_mandate k ON k.id = a.mandate_id
    JOIN providers_provider p ON p.id = a.provider_id
    WHERE a.ends IS NULL OR a.ends >= %(today)s
    ORDER BY k.student_id, k.service, k.language, k.setting, a.starts, a.id
"""

VACANT = """
    SELECT DISTINCT k.student_id, k.service, k.language, k.setting
    FROM caseloads_vacancy v
    JOIN caseloads_vacancy_mandates vm ON vm.vacancy_id = v.id
    JOIN caseloads_mandate k ON k.id = vm.mandate_id
    WHERE v.logged <= %(now)s AND (v.closed IS NULL OR v.closed > %(now)s)
"""

TRANSMITTED = "SELECT DISTINCT student_id, service, language FROM caseloads_transmittal WHERE processed <= %(now)s"

LETTERED = "SELECT DISTINCT student_id, service, language FROM caseloads_rsaletter WHERE processed <= %(now)s"

OF_LINE = "({0}.student_id, {0}.service, {0}.language, {0}.setting) = (k.student_id, k.service, k.language, k.setting)"
OF_SERVICE = "({0}.student_id, {0}.service, {0}.language) = (k.student_id, k.service, k.language)"

# Of several causes the furthest counts.  A first attend and its provider stay, whatever becomes of their causes, until
# the line is over.  CAP hears of an end in the night after it; a row that an earlier night left open is an error that
# somebody must find, and is left as it is.
WANTED = f"""
    SELECT c.id,
        CASE
            WHEN over.on_day > %(heard)s::date THEN %(closed)s
            WHEN over.on_day IS NOT NULL OR c.status = %(attended)s THEN c.status
            WHEN a.number IS NOT NULL THEN %(assigned)s
            WHEN l.student_id IS NOT NULL THEN %(approved)s
            WHEN t.student_id IS NOT NULL THEN %(transmitted)s
            WHEN v.student_id IS NOT NULL THEN %(contracting)s
            ELSE %(awaiting)s
        END AS status,
        CASE
            WHEN over.on_day IS NOT NULL OR c.status = %(attended)s THEN c.provider_number
            ELSE a.number
        END AS provider_number
    FROM caseloads_capmandate c
    JOIN caseloads_student s ON s.osis = c.osis
    JOIN ({DOCUMENTS}) d ON d.student_id = s.id
    JOIN caseloads_mandate k ON k.iep_id = d.id
     AND (k.service, k.language, k.setting) = (c.service, c.language, c.setting)
    LEFT JOIN LATERAL (SELECT LEAST(d.over_on, k.ends + 1) AS on_day) over ON over.on_day <= %(today)s
    LEFT JOIN ({ASSIGNED}) a ON {OF_LINE.format("a")}
    LEFT JOIN ({VACANT}) v ON {OF_LINE.format("v")}
    LEFT JOIN ({TRANSMITTED}) t ON {OF_SERVICE.format("t")}
    LEFT JOIN ({LETTERED}) l ON {OF_SERVICE.format("l")}
    WHERE c.status <> %(closed)s
"""  # noqa: S608 - only statements of this module

FOLLOW = noted(
    f"""
    UPDATE caseloads_capmandate m
    SET status = w.status, provider_number = w.provider_number, since = %(now)s,
        ends = CASE WHEN w.status = %(closed)s THEN COALESCE(m.ends, %(today)s) ELSE m.ends END
    FROM ({WANTED}) w
    WHERE m.id = w.id AND (m.status, m.provider_number) IS DISTINCT FROM (w.status, w.provider_number)
    """,  # noqa: S608 - only statements of this module
    "m",
)
