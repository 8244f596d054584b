"""The reading of a whole world: every rule, and what follows from what."""

from __future__ import annotations

from collections.abc import Iterable

from caseloads.kinds import Outcome
from compliance.kinds import Code
from tests.compliance.reader.calls import fact_of, read_call, read_letters
from tests.compliance.reader.documents import read_document
from tests.compliance.reader.lines import read_cap, read_due, read_ended, read_provider, read_sec, read_sec_only
from tests.compliance.reader.places import read_places
from tests.compliance.reader.pupil import Case
from tests.compliance.reader.said import EXEMPT, OPEN, Said
from tests.compliance.reader.world import Times, World

FROM_IEP = ("CAP_FIELD_DIFFERS", "CAP_NOT_ON_IEP")
BEFORE_DELIVERY = ("CAP_FIELD_DIFFERS", "CAP_NOT_ON_IEP", "SEC_STALE", "SEC_ONLY")
DELIVERY = ("CALL_NOT_IN_CAP", "CALL_NOT_IN_SEC", "CALL_NOT_ON_CASELOAD")


def read(world: World, times: Times) -> set[Said]:
    """Return everything that is to be said of a world."""
    cases = [Case(pupil, world, times) for pupil in world.pupils]
    found = set(read_places(world, times, cases))
    for case in cases:
        found |= read_pupil(case)
    return found


def hop(said: Said) -> int:
    """Return the place of a code's hop on the way."""
    return int(Code[said.code]) // 10


def read_pupil(case: Case) -> set[Said]:
    """Return everything that is to be said of one student, without what follows from something earlier."""
    document = read_document(case)
    lines = _lines(case) if case.enrolled or not case.pupil.ours else []
    if document is not None:
        lines = [one for one in lines if one.code not in FROM_IEP]
        lines = [one for one in lines if one.condition == EXEMPT] if document.condition == OPEN else lines
    kept = [one for group in _by_line(lines) for one in _earliest(group)]
    found = set(kept) | set(read_ended(case)) | set(read_letters(case))
    if document is not None:
        found.add(document)
    broken = {(one.service, one.language) for one in kept if one.code in BEFORE_DELIVERY and one.condition == OPEN}
    for call in case.pupil.calls:
        said = list(read_call(case, call))
        if call.outcome == Outcome.ACCEPTED and fact_of(case, call) is None:
            blocked = document is not None and document.condition == OPEN
            said = [] if blocked or (call.service, call.language) in broken else said
        found |= set(said)
    return found


def _lines(case: Case) -> list[Said]:
    found: list[Said] = []
    pairs, missing, left = case.pairs()
    for line, held in pairs:
        found += [*read_cap(case, line, held), *read_sec(case, line, held)]
    for held in left:
        found += [*read_cap(case, None, held), *read_sec(case, held, held)]
    found += read_sec_only(case)
    if case.begun:
        for line, row in [*pairs, *((line, None) for line in missing)]:
            found += [*read_provider(case, line, row), *read_due(case, line)]
    return found


def _by_line(said: Iterable[Said]) -> list[list[Said]]:
    groups: dict[tuple[int | None, ...], list[Said]] = {}
    for one in said:
        groups.setdefault((one.service, one.language, one.setting), []).append(one)
    return list(groups.values())


def _earliest(group: list[Said]) -> list[Said]:
    first = min((hop(one) for one in group if one.condition == OPEN), default=None)
    if first is None:
        return group
    return [one for one in group if hop(one) <= first or one.condition == EXEMPT]
