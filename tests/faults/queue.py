"""Puts many calls into the outbox at once, by a statement of the campaign's own: the way in is not what is tried."""

from __future__ import annotations

from tests.faults.campaign import Campaign

QUEUE = """
    WITH made AS (
        INSERT INTO caseloads_call (outcome, rule, reason, confirmation, origin, provider_id, student_id, school_id,
            service, language, school_year, session_on, mandates, other_provider, on_holiday, received, recorded, said,
            form_digest)
        SELECT 1, '', 'accepted', (90000000 + s.osis - 800000000)::text, 2, %s, s.id, e.school_id,
            1, 1, DATE '2026-09-10', DATE '2026-11-23', ARRAY[m.id], false, false,
            now() + (SELECT "offset" FROM shared_worldclock), now(), '{}', ''
        FROM caseloads_student s
        JOIN caseloads_enrolment e ON e.student_id = s.id
        JOIN caseloads_mandate m ON m.student_id = s.id
        WHERE s.osis = ANY(%s) ORDER BY s.osis
        RETURNING id, student_id, confirmation
    ), queued AS (
        INSERT INTO caseloads_delivery (call_id, system, act, student_id, service, state, attempts, alone, queued, due,
            reason)
        SELECT made.id, s.system, 1, made.student_id, 1, 1, 0, false, clock_timestamp(), clock_timestamp(), ''
        FROM made CROSS JOIN (VALUES (1), (2), (3)) AS s(system)
    )
    SELECT confirmation FROM made
"""


def queue(campaign: Campaign, count: int) -> list[str]:
    """Queue calls for fresh students and return their confirmation numbers."""
    return [one for (one,) in campaign.ledger.rows(QUEUE, campaign.caller.id, campaign.students(count))]
