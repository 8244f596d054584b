"""The CAP-authorized office and the help desk, on what CAP, SEC and SESIS hold (R2, R11)."""

from __future__ import annotations

from caseloads.kinds import System
from caseloads.propagation import corrections
from caseloads.systems.sesis.corrections import end_entries
from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask


def correct_cap(ask: Ask) -> str:
    """Let the CAP office make CAP say what the IEP says."""
    in_cap = ask.finding.evidence.get("cap") or {}
    key = ask.line
    held = (in_cap.get("language") or key["language"], in_cap.get("setting") or key["setting"])
    if not corrections.correct_cap(**key, held=held, now=ask.now):
        raise CannotAnswer("CAP or the IEP no longer has this line")
    return "The CAP office made CAP say what the IEP says. SEC follows a day later."


def close_in_cap(ask: Ask) -> str:
    """Let the CAP office close what the IEP does not name."""
    if not corrections.close_in_cap(**ask.line, now=ask.now):
        raise CannotAnswer("CAP no longer has this line")
    return "The CAP office closed the mandate. SEC follows a day later."


def catch_up(ask: Ask) -> str:
    """Let the help desk have SEC take over what CAP says."""
    in_cap = ask.finding.evidence.get("cap") or {}
    named = {name: in_cap[name] for name in ("language", "setting") if in_cap.get(name)}
    corrections.catch_up_sec(**(ask.line | named), now=ask.now)
    return "The help desk had SEC take over what CAP says."


def send_to_cap(ask: Ask) -> str:
    """Let the help desk carry a call to CAP again."""
    _send_again(ask, System.CAP)
    return "The help desk had the call carried to CAP again. CAP works through it in the next night."


def send_to_sec(ask: Ask) -> str:
    """Let the help desk carry a call to SEC again."""
    _send_again(ask, System.SEC)
    return "The help desk had the call carried to SEC again. SEC shows it after its next night."


def send_to_caseload(ask: Ask) -> str:
    """Let the help desk carry a call to SESIS again."""
    _send_again(ask, System.SESIS)
    return "The help desk had the call carried to SESIS again. The caseload opens within two days."


def end_on_caseload(ask: Ask) -> str:
    """Let the school end what is still on a caseload."""
    row = ask.finding
    if row.student_id is None or row.service is None or row.language is None:
        raise CannotAnswer("The item names no line")
    ended = end_entries(
        student_id=row.student_id,
        provider_id=ask.provider.pk,
        service=row.service,
        language=row.language,
        now=ask.now,
    )
    if not ended:
        raise CannotAnswer("Nothing of this is on the caseload any more")
    return "The school took the student off the caseload."


def _send_again(ask: Ask, system: System) -> None:
    if ask.finding.call is None:
        raise CannotAnswer("The item names no call")
    corrections.send_again(call=ask.finding.call, system=system, real=ask.real)
