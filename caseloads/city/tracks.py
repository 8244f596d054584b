"""A line's way through CAP, and a day later through SEC, as clean nights leave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caseloads.city.records import Line, Said, Shown, Track
from caseloads.city.times import Times
from caseloads.propagation.nightly import SEC_WORDS
from caseloads.systems.cap.codes import CapStatus

WORDS = {status.value: None if word is None else word.value for status, word in SEC_WORDS.items()}
"""SEC's word for each of CAP's codes, as plain numbers."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that CAP hears of a line in a night: its mandate anew, how far it has come, its end."""

    at: int
    line: Line | None = None
    status: int | None = None
    provider: int | None = None
    first_attend: int | None = None
    ends: int | None = None


def said(turns: Iterable[Turn]) -> list[Said]:
    """Return what CAP said from each turn on; the first one in time brings the mandate.

    A first attend stays, whatever status comes after it.
    """
    told: list[Said] = []
    for turn in sorted(turns, key=lambda one: one.at):
        last = told[-1] if told else None
        now = _after(turn, last)
        if now is None:
            continue
        if last is not None and last.since == now.since:
            told.pop()
        told.append(now)
    return told


def _after(turn: Turn, last: Said | None) -> Said | None:
    """Return what CAP says after a turn, or None where that changes nothing."""
    if turn.line is not None:
        return _mandated(turn, turn.line, last)
    if last is None or last.status == CapStatus.CLOSED:
        return None
    if turn.ends is not None:
        return replace(last, since=turn.at, status=CapStatus.CLOSED.value, ends=last.ends or turn.ends)
    if last.first_attend is not None:
        return None
    if turn.first_attend is not None:
        attended = CapStatus.FIRST_ATTENDED.value
        return replace(last, since=turn.at, status=attended, provider=turn.provider, first_attend=turn.first_attend)
    return replace(last, since=turn.at, status=turn.status or last.status, provider=turn.provider)


def _mandated(turn: Turn, line: Line, last: Said | None) -> Said:
    return Said(
        since=turn.at,
        frequency=line.frequency,
        duration=line.duration,
        group_size=line.group_size,
        starts=line.starts,
        ends=line.ends,
        status=last.status if last else turn.status or CapStatus.APB.value,
        provider=last.provider if last else turn.provider,
        first_attend=last.first_attend if last else None,
    )


def shown(told: Iterable[Said], times: Times) -> list[Shown]:
    """Return what SEC showed up to now of what CAP said, each from the night that carried it."""
    found: list[Shown] = []
    for one in told:
        night = times.in_sec(one.since)
        if night > times.at:
            break
        word = WORDS[one.status]
        last = found[-1] if found else None
        if last is not None and last.until_at is None:
            if word is not None and _same(last, one, word):
                continue
            if last.from_at == night:
                found.pop()
            else:
                last.until_at = night
        if word is not None:
            found.append(
                Shown(one.frequency, one.duration, one.group_size, word, one.provider, one.first_attend, night)
            )
    return found


def _same(last: Shown, one: Said, word: int) -> bool:
    return (last.frequency, last.duration, last.group_size, last.status, last.provider, last.first_attend) == (
        one.frequency,
        one.duration,
        one.group_size,
        word,
        one.provider,
        one.first_attend,
    )


def track(line: Line, turns: Iterable[Turn], times: Times) -> Track:
    """Return a line's way by what CAP heard of it."""
    told = said(turns)
    last = told[-1]
    if last.status == CapStatus.CLOSED:
        return Track(*line.key, None, shown(told, times), closed=last)
    return Track(*line.key, last, shown(told, times))
