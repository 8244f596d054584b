"""What each system said, as it is kept with an item: SQL expressions over the item ``v`` and its picture's row ``p``.

``l`` is the line of a picture that is drawn from lines.  Each returns JSON by system, in codes: whole numbers, ISO
dates and times; what a system does not say is left out.
"""

from __future__ import annotations

FIELDS = ("frequency", "duration", "group_size", "language", "setting", "starts", "ends")
KEYED = ("language", "setting")
IN_SEC = ("frequency", "duration", "group_size", "status", "provider", "first_attend")


def _object(**fields: str) -> str:
    pairs = ", ".join(f"'{name}', {value}" for name, value in fields.items())
    return f"jsonb_build_object({pairs})"


def _where(condition: str, value: str) -> str:
    return f"CASE WHEN {condition} THEN {value} END"


def _differing(pairs: dict[str, tuple[str, str]]) -> str:
    names = ", ".join(f"CASE WHEN {one} IS DISTINCT FROM {two} THEN '{name}' END" for name, (one, two) in pairs.items())
    return f"to_jsonb(array_remove(ARRAY[{names}]::text[], NULL))"


def _calls(student: str, service: str, language: str) -> str:
    return f"""(
        SELECT jsonb_build_object('calls', jsonb_agg(jsonb_build_object(
            'id', c.id, 'number', COALESCE(c.confirmation, c.reference), 'provider', v.number,
            'session_on', c.session_on, 'received', c.received, 'outcome', c.outcome) ORDER BY c.received, c.id))
        FROM caseloads_call c JOIN providers_provider v ON v.id = c.provider_id
        WHERE c.student_id = {student} AND c.service = {service} AND c.language IS NOT DISTINCT FROM {language}
          AND c.school_year = %(year)s HAVING count(*) > 0)"""  # noqa: S608 - only expressions of this module


def _assigned(mandate: str) -> str:
    return f"""(
        SELECT jsonb_agg(v.number ORDER BY v.number)
        FROM caseloads_assignment a JOIN providers_provider v ON v.id = a.provider_id
        WHERE a.mandate_id = {mandate} AND a.starts <= %(day)s AND (a.ends IS NULL OR a.ends >= %(day)s))"""  # noqa: S608 - as above


def _entry(where: str) -> str:
    return f"""(
        SELECT jsonb_build_object('provider', v.number, 'state', e.state, 'since', e.since)
        FROM caseloads_entry e JOIN providers_provider v ON v.id = e.provider_id
        WHERE e.state <> %(ended)s AND {where} ORDER BY e.id LIMIT 1)"""  # noqa: S608 - as above


def _systems(row: str) -> dict[str, str]:
    sesis = {name: f"{row}.{name}" for name in FIELDS if name not in KEYED}
    sesis |= {"language": f"({row}.line >> 2 & 31)", "setting": f"({row}.line & 3)"}
    cap = {name: f"{row}.cap_{name}" for name in (*FIELDS, "status", "provider", "first_attend", "since")}
    sec = {name: f"{row}.sec_{name}" for name in IN_SEC}
    return {
        "sesis": _where(f"{row}.mandate_id IS NOT NULL", _object(**sesis)),
        "cap": _where(f"{row}.cap_id IS NOT NULL", _object(**cap)),
        "sec": _where(f"{row}.sec_id IS NOT NULL", _object(**sec, since=f"{row}.sec_from")),
    }


TO_SESIS = _differing({name: (f"p.{name}", f"p.cap_{name}") for name in FIELDS})
TO_CAP = _differing(
    {
        "frequency": ("p.sec_frequency", "p.cap_frequency"),
        "duration": ("p.sec_duration", "p.cap_duration"),
        "group_size": ("p.sec_group_size", "p.cap_group_size"),
        "status": ("p.sec_status", "(%(sec_words)s::int[])[p.cap_status]"),
        "provider": ("p.sec_provider", "p.cap_provider"),
        "first_attend": ("p.sec_first_attend", "p.cap_first_attend"),
    }
)
DIFFERS = (
    "CASE WHEN p.cap_id IS NULL OR v.hop = %(sec_hop)s AND p.sec_id IS NULL OR p.mandate_id IS NULL "
    f"AND v.hop <> %(sec_hop)s THEN NULL WHEN v.hop = %(sec_hop)s THEN {TO_CAP} ELSE {TO_SESIS} END"
)

LINE = _object(
    **_systems("p"),
    ivr=_calls("p.student_id", "(p.line >> 7 & 31)", "COALESCE(p.cap_language, p.language)"),
    assigned=_assigned("p.mandate_id"),
    caseload=_entry("e.mandate_id = p.mandate_id"),
    differs=DIFFERS,
)
NEED = _object(
    **_systems("l"),
    gate=_object(transmittal="p.transmitted"),
    ivr=_calls("p.student_id", "(p.line >> 7 & 31)", "(p.line >> 2 & 31)"),
)
SERVED = _object(
    **_systems("l"),
    assigned="jsonb_build_array(p.number)",
    gate=_object(opened="p.gate_at", assigned="p.assigned_from"),
)
DOCUMENT = _object(
    iep=_object(
        version="p.version",
        kind="p.kind",
        final="p.finalised",
        starts="p.starts",
        transfer="p.transfer",
        transfer_at="p.transfer_at",
        consent="p.consent",
    ),
    counts=_object(lacking="NULLIF(p.lacking, 0)"),
)
ENTRY = _object(
    caseload=_object(
        provider="p.number",
        state="p.state",
        since="p.entry_since",
        left="p.left_on",
        ended="p.ended_on",
        dropped="p.dropped_on",
    )
)
LOAD = _object(counts=_object(students="p.students", most="p.most"))
ONE_CALL = """(
    SELECT jsonb_build_object('calls', jsonb_build_array(jsonb_build_object(
        'id', c.id, 'number', COALESCE(c.confirmation, c.reference), 'provider', p.number,
        'session_on', c.session_on, 'received', c.received, 'outcome', c.outcome)))
    FROM caseloads_call c WHERE c.id = p.call_id)"""
ASSIGNED_THEN = """(
    SELECT jsonb_agg(DISTINCT v.number) FROM caseloads_mandate m
    JOIN caseloads_assignment a ON a.mandate_id = m.id JOIN providers_provider v ON v.id = a.provider_id
    WHERE p.replaced AND m.student_id = p.student_id AND m.service = p.service AND m.language = p.language
      AND a.starts <= (p.received AT TIME ZONE 'America/New_York')::date
      AND (a.ends IS NULL OR a.ends >= (p.received AT TIME ZONE 'America/New_York')::date))"""
CALL = _object(ivr=ONE_CALL, gate=_object(opened="p.gate_at"), assigned=ASSIGNED_THEN)
DELIVERY = _object(
    ivr=ONE_CALL,
    cap=_where("p.sec_lags_from IS NOT NULL", _object(since="p.sec_lags_from")),
    caseload=_entry("e.student_id = p.student_id AND e.provider_id = p.provider_id"),
    access=_object(galaxy="p.added", pets="NULLIF(p.usable, false)"),
)
LETTER = _object(
    gate=_object(letter="p.processed", not_declined="NULLIF(p.not_declined, '{}')"),
    ivr=_calls("p.student_id", "p.service", "p.language"),
)
PLACE = _object(
    access=_object(galaxy="p.added", pets="p.usable", serves="p.serves_from"), counts=_object(students="p.students")
)
