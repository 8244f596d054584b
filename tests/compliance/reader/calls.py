"""Reading calls and letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from caseloads.kinds import EntryState, Outcome
from providers.kinds import Affiliation
from tests.compliance.reader.days import day_of, night_after
from tests.compliance.reader.places import has_access
from tests.compliance.reader.pupil import Case, covers
from tests.compliance.reader.said import OPEN, WAITING, Said
from tests.compliance.reader.world import Called

DAY = timedelta(hours=24)
TWO_DAYS = timedelta(hours=48)
UNUSED_DAYS = 28


def fact_of(case: Case, call: Called) -> str | None:
    """Return what is wrong with a call in itself, the first that holds."""
    if call.outcome == Outcome.UNLINKED:
        return "CALL_NO_MANDATE" if _last_unanswered(case, call, by_language=False) else None
    if call.outcome == Outcome.REFUSED:
        return "CALL_BEFORE_GATE" if _last_unanswered(case, call, by_language=True) else None
    facts = {
        "CALL_BEFORE_GATE": _before_gate(case, call),
        "DUPLICATE_CALL": _repeated(case, call),
        "OLD_MANDATE_SERVED": _superseded(case, call),
        "WRONG_SCHOOL": case.school_on(call.session_on) != call.at,
        "WRONG_PROVIDER": _of_another(case, call),
    }
    return next((code for code, holds in facts.items() if holds), None)


def _before_gate(case: Case, call: Called) -> bool:
    if not call.by_log or case.person(call.provider).affiliation == Affiliation.DOE:
        return False
    gate = _gate_moment(case, call)
    return gate is None or call.received < gate


def _repeated(case: Case, call: Called) -> bool:
    same = [one for one in case.accepted(call.service, call.language) if one.provider == call.provider]
    return any((one.received, one.number) < (call.received, call.number) for one in same)


def _of_another(case: Case, call: Called) -> bool:
    ids = {
        line.id
        for document in case.pupil.documents
        for line in document.lines
        if (line.service, line.language) == (call.service, call.language)
    }
    on = day_of(call.received)
    then = {one.provider for one in case.pupil.assigned if one.line in ids and covers(one.starts, one.ends, on)}
    return bool(then) and call.provider not in then


def _gate_moment(case: Case, call: Called) -> datetime | None:
    person = case.person(call.provider)
    key = (call.service, call.language)
    if person.affiliation == Affiliation.AGENCY:
        opened = [one.processed for one in case.pupil.sent if (one.service, one.language) == key]
    else:
        opened = [
            one.processed
            for one in case.pupil.letters
            if one.provider == call.provider and (one.service, one.language) == key and one.processed is not None
        ]
    return min(opened, default=None)


def _last_unanswered(case: Case, call: Called, *, by_language: bool) -> bool:
    def alike(one: Called) -> bool:
        same = (one.provider, one.service) == (call.provider, call.service)
        return same and (not by_language or one.language == call.language)

    for one in case.pupil.calls:
        if not alike(one) or (one.received, one.number) <= (call.received, call.number):
            continue
        if one.outcome in (call.outcome, Outcome.ACCEPTED):
            return False
    return True


def _superseded(case: Case, call: Called) -> bool:
    documents = [one for one in case.pupil.documents if any(line.id in call.lines for line in one.lines)]
    governed = case.governing(call.session_on)
    return bool(documents) and governed is not None and governed not in documents


def read_call(case: Case, call: Called) -> Iterator[Said]:
    """Yield the one code of a call: a fact of it, or how far it came."""
    fact = fact_of(case, call)
    if fact is not None:
        yield Said(fact, OPEN, call=call.number)
        return
    if call.outcome == Outcome.ACCEPTED:
        yield from _delivered(case, call)


def _delivered(case: Case, call: Called) -> Iterator[Said]:
    document = case.governing(case.day)
    key = (call.service, call.language)
    if not case.enrolled or document is None:
        return
    running = [one for one in document.lines if one.ends is None or one.ends >= case.day]
    if key not in {(one.service, one.language) for one in running}:
        return
    at = case.times.at
    rows = [one for one in case.cap if (one.service, one.language) == key]
    settings = {line.setting for one in case.pupil.documents for line in one.lines if line.id in call.lines}
    rows = [one for one in rows if one.setting in settings] or rows
    found: list[Said] = []
    if any(one.first_attend is None for one in rows):
        over = at >= night_after(call.received, hour=2)
        found.append(Said("CALL_NOT_IN_CAP", OPEN if over else WAITING, call=call.number))
    for row in rows:
        shown = next((one for one in case.sec if one.key == row.key), None)
        if row.first_attend is not None and shown is not None and shown.first_attend is None:
            found.append(Said("CALL_NOT_IN_SEC", OPEN if at >= row.since + DAY else WAITING, call=call.number))
    if not _on_caseload(case, call) and not _has_left(case, call):
        over = at >= call.received + TWO_DAYS
        if not over or has_access(case, call):
            found.append(Said("CALL_NOT_ON_CASELOAD", OPEN if over else WAITING, call=call.number))
    first_open = next((index for index, one in enumerate(found) if one.condition == OPEN), None)
    yield from found if first_open is None else found[: first_open + 1]


def _on_caseload(case: Case, call: Called) -> bool:
    keys = {line.id: (line.service, line.language) for one in case.pupil.documents for line in one.lines}
    return any(
        one.provider == call.provider
        and one.state == EntryState.OPEN
        and keys[one.line] == (call.service, call.language)
        for one in case.pupil.entries
    )


def _has_left(case: Case, call: Called) -> bool:
    """Return whether the caller was assigned and no longer is."""
    key = (call.service, call.language)
    ids = {x.id for one in case.pupil.documents for x in one.lines if (x.service, x.language) == key}
    ever = [one for one in case.pupil.assigned if one.provider == call.provider and one.line in ids]
    return bool(ever) and all(one.ends is not None and one.ends < case.day for one in ever)


def read_letters(case: Case) -> Iterator[Said]:
    """Yield what is wrong with RSA letters (R13)."""
    if not case.enrolled:
        return
    for letter in case.pupil.letters:
        key = (letter.service, letter.language)
        number = letter.provider
        calls = case.accepted(*key)
        own = [one for one in calls if one.provider == number]
        if own and case.times.hold and _active(case, number, key):
            yield Said("RSA_UNDER_HOLD", OPEN, letter=letter.number)
            continue
        if letter.processed is None or letter.processed > case.times.at:
            continue
        if key in case.times.contracts and not _declined(case, key):
            yield Said("RSA_WITHOUT_AGENCIES", OPEN, letter=letter.number)
        elif not calls:
            unused = (case.day - day_of(letter.processed)).days > UNUSED_DAYS
            yield Said("RSA_UNUSED", OPEN if unused else WAITING, letter=letter.number)


def _active(case: Case, number: int, key: tuple[object, object]) -> bool:
    ids = {x.id for one in case.pupil.documents for x in one.lines if (x.service, x.language) == key}
    ever = [one for one in case.pupil.assigned if one.provider == number and one.line in ids]
    return not ever or any(covers(one.starts, one.ends, case.day) for one in ever)


def _declined(case: Case, key: tuple[object, object]) -> bool:
    ids = {x.id for one in case.pupil.documents for x in one.lines if (x.service, x.language) == key}
    return any(one.declined for one in case.pupil.vacant if one.line in ids)
