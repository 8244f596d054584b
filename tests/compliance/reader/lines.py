"""Reading the lines of a student: CAP, SEC, provider, gate and the call that is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseloads.kinds import EntryState
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Affiliation, Role
from tests.compliance.reader.days import ONE, age, day_of, midnight, night_after
from tests.compliance.reader.pupil import Case
from tests.compliance.reader.said import EXEMPT, OPEN, WAITING, Said
from tests.compliance.reader.world import InCap, Line

DAY = timedelta(hours=24)
IN_SECS_WORDS = {
    CapStatus.APB: SecStatus.AWAITING,
    CapStatus.ACO: SecStatus.CONTRACTING,
    CapStatus.TRANSMITTED: SecStatus.CONTRACTING,
    CapStatus.RSA_APPROVED: SecStatus.CONTRACTING,
    CapStatus.ASSIGNED: SecStatus.ASSIGNED,
    CapStatus.FIRST_ATTENDED: SecStatus.RECEIVING,
}


def about(case: Case, line: Line | InCap, code: str, condition: str, provider: int | None = None) -> Said:
    """Return what is said of a line."""
    return Said(code, condition, case.pupil.osis, line.service, line.language, line.setting, provider)


def read_cap(case: Case, line: Line | None, row: InCap) -> Iterator[Said]:
    """Yield how CAP's row stands to the IEP's line."""
    if line is None:
        over = case.times.at
        for one in case.latest.lines if case.latest else []:
            if (one.service, one.language, one.setting) == row.key and one.ends is not None and one.ends < case.day:
                over = night_after(midnight(one.ends + ONE) - timedelta(seconds=1))
        yield about(case, row, "CAP_NOT_ON_IEP", OPEN if case.times.at >= over else WAITING)
        return
    mandated = (line.language, line.setting, line.frequency, line.duration, line.group_size, line.starts, line.ends)
    held = (row.language, row.setting, row.frequency, row.duration, row.group_size, row.starts, row.ends)
    if mandated != held:
        yield about(case, line, "CAP_FIELD_DIFFERS", OPEN)


def read_sec(case: Case, line: Line | InCap, row: InCap) -> Iterator[Said]:
    """Yield how SEC stands to CAP's row; what is only a call's way is the call's."""
    shown = next((one for one in case.sec if one.key == row.key), None)
    if shown is not None:
        shape = (shown.frequency, shown.duration, shown.group_size) == (row.frequency, row.duration, row.group_size)
        state = (shown.status, shown.provider, shown.first_attend)
        if shape and state == (IN_SECS_WORDS[row.status], row.provider, row.first_attend):
            return
        called = case.pupil.ours and case.accepted(row.service, row.language)
        if shape and row.first_attend is not None and shown.first_attend is None and called:
            return
    yield about(case, line, "SEC_STALE" if case.times.at >= row.since + DAY else "SEC_WAITING", _until(case, row))


def _until(case: Case, row: InCap) -> str:
    return OPEN if case.times.at >= row.since + DAY else WAITING


def read_sec_only(case: Case) -> Iterator[Said]:
    """Yield SEC's lines that CAP does not have."""
    open_in_cap = {row.key for row in case.cap}
    for shown in case.sec:
        if shown.key in open_in_cap:
            continue
        closed = [row.since for row in case.pupil.cap if row.key == shown.key and row.status == CapStatus.CLOSED]
        waits = bool(closed) and case.times.at < max(closed) + DAY
        code, condition = ("SEC_WAITING", WAITING) if waits else ("SEC_ONLY", OPEN)
        yield Said(code, condition, case.pupil.osis, shown.service, shown.language, shown.setting)


def read_provider(case: Case, line: Line, row: InCap | None) -> Iterator[Said]:
    """Yield what is wrong where nobody serves."""
    assigned = case.assigned_to(line)
    if row is not None and row.status == CapStatus.APB and not assigned and not _vacant(case, line):
        days = age(max(day_of(row.since), case.times.year[0] - ONE), case.times, case.world)
        if days > 10:
            yield about(case, line, "VACANCY_NOT_REPORTED", OPEN)
        else:
            yield about(case, line, "AWAITING_PROVIDER", OPEN if days > 2 else WAITING)
    sent = [one.processed for one in case.pupil.sent if (one.service, one.language) == (line.service, line.language)]
    sent = [one for one in sent if one <= case.times.at]
    lettered = any(
        one.processed is not None
        and one.processed <= case.times.at
        and (one.service, one.language) == (line.service, line.language)
        for one in case.pupil.letters
    )
    if row is not None and row.status == CapStatus.ACO and not sent and not lettered:
        late = age(day_of(row.since), case.times, case.world) > 5
        yield about(case, line, "NO_TRANSMITTAL", OPEN if late else WAITING)
    if sent and not assigned:
        late = age(day_of(min(sent)), case.times, case.world) > 10
        yield about(case, line, "AGENCY_NOT_STARTED", OPEN if late else WAITING)


def _vacant(case: Case, line: Line) -> bool:
    at = case.times.at
    return any(
        one.line == line.id and one.logged <= at and (one.closed is None or one.closed > at)
        for one in case.pupil.vacant
    )


def read_due(case: Case, line: Line) -> Iterator[Said]:
    """Yield calls that are due (R1), and the nurse who makes none."""
    for one in case.assigned_to(line):
        person = case.person(one.provider)
        if any(call.provider == one.provider for call in case.accepted(line.service, line.language)):
            continue
        if person.role == Role.NURSE:
            yield about(case, line, "NURSE_EXEMPT", EXEMPT, one.provider)
            continue
        start = max(one.starts, case.times.year[0] - ONE)
        if person.affiliation != Affiliation.DOE:
            gate = case.gate(person, line.service, line.language)
            if gate is None or (person.affiliation == Affiliation.RSA and case.times.hold):
                continue
            start = max(start, gate)
        late = age(start, case.times, case.world) > 5
        yield about(case, line, "NO_FIRST_ATTEND", OPEN if late else WAITING, one.provider)


def read_ended(case: Case) -> Iterator[Said]:
    """Yield caseload entries of students who left and of lines that ended."""
    mandates = {one.id: (document, one) for document in case.pupil.documents for one in document.lines}
    now = case.governing(case.day)
    named = {(one.service, one.language) for one in now.lines} if now else set()
    for entry in case.pupil.entries:
        if entry.state == EntryState.ENDED:
            continue
        document, line = mandates[entry.line]
        last: list[date] = []
        if not case.enrolled:
            last.append(max(one.ends for one in case.pupil.enrolled if one.ends is not None))
        if line.ends is not None and line.ends < case.day:
            last.append(line.ends)
        assert document.governs is not None
        over = document.governs[1]
        if over is not None and over <= case.day and (line.service, line.language) not in named:
            last.append(over - ONE)
        if last and case.times.at >= night_after(midnight(min(last) + ONE)):
            yield about(case, line, "CASELOAD_ENDED", OPEN, entry.provider)
