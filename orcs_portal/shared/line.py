"""The line: what one call has reached, as one plain structure for every size in which it is drawn.

Phone, IVR, SESIS, caseload and attendance form the trunk; CAP and SEC hang from the fork after the IVR, because only
SESIS leads on to the caseload (R2, R3).  The structure holds words and marks, never a student.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2s

from django.utils import timezone

from orcs_portal.shared.say import say_time

ORDER = ("phone", "ivr", "cap", "sec", "sesis", "caseload", "attendance")
TRUNK = ("phone", "ivr", "sesis", "caseload", "attendance")
BRANCHES = frozenset({"cap", "sec"})

MARK_WORDS = {
    "done": "done",
    "wait": "waiting",
    "fail": "failed",
    "stop": "stopped",
    "none": "not reached",
}
_LETTERS = {mark[0] for mark in MARK_WORDS}
_WAY_TO = {"done": "done", "wait": "wait", "fail": "fail", "stop": "done", "none": "none"}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the line: its mark (a key of ``MARK_WORDS``), the words beside it, and the act it offers.

    ``way_in`` and ``way_out`` are done, wait, fail or none, ``tone`` colors the state; left empty they follow from the
    marks: what waits beyond its time is still waiting, in the tone of what is due.
    ``retry_url`` is where "Try SEC now" is posted; without it there is no button.
    """

    key: str
    name: str
    mark: str
    state: str
    meta: str = ""
    way_in: str = ""
    way_out: str = ""
    tone: str = ""
    retry_url: str = ""
    retry_label: str = ""

    @property
    def way_to(self) -> str:
        """The state of the way that leads here."""
        return self.way_in or _WAY_TO[self.mark]

    @property
    def is_branch(self) -> bool:
        """Whether this stop hangs from the fork."""
        return self.key in BRANCHES

    @property
    def retry(self) -> str:
        """What the button says."""
        return self.retry_label or f"Try {self.name} now"


@dataclass(frozen=True, slots=True)
class CallLine:
    """The seven stops in their order; raises ``ValueError`` for any other seven.

    ``stopped``: a rule refused the call, so nothing went on.  ``settled``: nothing more will change by itself, so
    a page may stop looking.  ``said``: the few words under the small line, derived when empty.
    """

    stops: tuple[Stop, ...]
    stopped: bool = False
    settled: bool = False
    said: str = ""

    def __post_init__(self) -> None:
        if tuple(stop.key for stop in self.stops) != ORDER:
            raise ValueError(f"A line has these stops in this order: {', '.join(ORDER)}")

    def at(self, key: str) -> Stop:
        """Return the stop of this key."""
        return self.stops[ORDER.index(key)]

    def way_from(self, stop: Stop) -> str:
        """Return the state of the trunk beside or after a stop; empty after the last one."""
        if stop.way_out or stop.key == TRUNK[-1]:
            return stop.way_out
        trunk_stop = "ivr" if stop.is_branch else stop.key
        return self.at(TRUNK[TRUNK.index(trunk_stop) + 1]).way_to

    @property
    def in_marks(self) -> str:
        """What a screen reader says in place of the picture."""
        words = [f"{stop.name} {MARK_WORDS[stop.mark]}" for stop in self.stops]
        return "; ".join(words)

    @property
    def summary(self) -> str:
        """The few words that stand under the small line."""
        return self.said or _trouble(self)


def _trouble(line: CallLine) -> str:
    """Return what holds the call up, worst first; that it arrived everywhere, or that there is no call."""
    for mark, tones in (("stop", None), ("fail", None), ("wait", {"is-due"}), ("wait", None)):
        for stop in line.stops:
            if stop.mark == mark and (tones is None or stop.tone in tones):
                return f"{stop.name}: {stop.state[:1].lower()}{stop.state[1:]}"
    return "Arrived everywhere" if line.at("ivr").mark == "done" else "No call so far"


def fingerprint(line: CallLine, now: datetime) -> str:
    """Return what a page has shown of a line: a letter per mark, and a hash over every word and the minute of ``now``.

    A page sends it back when it looks again, so that an unchanged line is not drawn anew.  It holds no student data.
    """
    marks = "".join(stop.mark[0] for stop in line.stops)
    words = repr((line, timezone.localtime(now).date(), say_time(now)))
    return f"{marks}-{blake2s(words.encode(), digest_size=6).hexdigest()}"


def said_since(line: CallLine, seen: str) -> str:
    """Return the change since a fingerprint in words, such as ``CAP: done. SEC: waiting.``; empty without a change.

    A fingerprint that is not one of ours says nothing: what was seen is then unknown.
    """
    marks = seen.partition("-")[0]
    if len(marks) != len(ORDER) or not set(marks) <= _LETTERS:
        return ""
    changed = [stop for stop, mark in zip(line.stops, marks, strict=True) if stop.mark[0] != mark]
    return " ".join(f"{stop.name}: {stop.state.rstrip('.')}." for stop in changed)


@dataclass(frozen=True, slots=True)
class CallLight:
    """May I call? One of exactly three answers (a key of ``ANSWERS``), and always the reason (R1, R8, R13)."""

    answer: str
    reason: str
    number: str = ""
    called_on: date | None = None

    @property
    def words(self) -> str:
        """The answer in words."""
        return ANSWERS[self.answer][0]

    @property
    def tone(self) -> str:
        """The tone of the answer: ok, due or plain."""
        return ANSWERS[self.answer][1]

    @property
    def icon(self) -> str:
        """The icon beside the answer."""
        return ANSWERS[self.answer][2]


ANSWERS = {
    "now": ("You may call now", "ok", "phone"),
    "not-yet": ("Not yet, because", "due", "stop"),
    "not-needed": ("Not needed", "plain", "check"),
}
