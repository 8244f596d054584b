"""What the rules answer: a decision, and the words in which people meet it.

Every answer says what is so, why, who acts, what happens then, and what to do meanwhile.  Sentences end in full
stops; headlines do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from providers.kinds import Language
from providers.policy.facts import FirstAttend


class Outcome(StrEnum):
    """What becomes of a call."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNLINKED = "unlinked"
    CORRECT = "correct"
    REPEATED = "repeated"


class Flag(StrEnum):
    """What an accepted call is marked with, for the coordinator to look at."""

    HOLIDAY = "holiday"
    OTHER_PROVIDER = "other-provider"

    @property
    def words(self) -> str:
        """The mark in a sentence."""
        return _FLAG_WORDS[self]


_FLAG_WORDS = {
    Flag.HOLIDAY: "There was no school on that day, so the call is marked for the coordinator.",
    Flag.OTHER_PROVIDER: "Another provider is assigned to this service, so the call is marked for the coordinator.",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A trouble in plain words.

    ``rule`` is the memo's number, such as ``R8``, or empty; ``code`` a slug that never changes.  ``headline`` has no
    full stop, the other texts are sentences.  ``look_again`` counts school days, and is ``None`` where nothing is
    waited for.
    """

    rule: str
    code: str
    headline: str
    reason: str
    who_acts: str
    what_then: str
    meanwhile: str
    look_again_school_days: int | None = None

    @property
    def message(self) -> str:
        """All of it in one line, for the phone, the command line and mail."""
        parts = (self.reason, self.who_acts, self.what_then, self.meanwhile)
        return " ".join([f"{self.headline}.", *(part for part in parts if part)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Advice):
    """The decision on a call.

    ``field`` names what to correct (``osis``, ``service``, ``language`` or ``session_on``).  ``lines`` are the ids of
    the mandates the call concerns, ``language`` the one they are in, once it is known.  ``first`` is set where the
    first session was recorded before.
    """

    outcome: Outcome
    field: str = ""
    flags: tuple[Flag, ...] = ()
    lines: tuple[int, ...] = ()
    language: Language | None = None
    first: FirstAttend | None = None


class Answer(StrEnum):
    """Whether a provider may call."""

    NOW = "now"
    NOT_YET = "not-yet"
    NOT_NEEDED = "not-needed"

    @property
    def headline(self) -> str:
        """The answer in the caseload's words."""
        return _ANSWER_WORDS[self]


_ANSWER_WORDS = {
    Answer.NOW: "You may call now",
    Answer.NOT_YET: "Not yet, because",
    Answer.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True, slots=True)
class Light:
    """The call light beside a student: the answer, why, the rule it rests on, and who acts while it is not yet."""

    answer: Answer
    reason: str
    rule: str = ""
    who_acts: str = ""

    @property
    def headline(self) -> str:
        """The answer in the caseload's words."""
        return self.answer.headline


class Paper(StrEnum):
    """What must be processed in SEC before a provider may call (R8)."""

    NONE = "none"
    TRANSMITTAL = "transmittal"
    RSA_LETTER = "rsa-letter"


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a call counts yet (R8): which paper opens it, and since when it is open.

    ``since`` is ``None`` for a gate that is shut, and for one that is always open.
    """

    paper: Paper
    since: date | None

    @property
    def is_open(self) -> bool:
        """True where no paper is needed, or the paper has been processed."""
        return self.paper is Paper.NONE or self.since is not None


class AccessOwner(StrEnum):
    """Who must act when a provider has no SESIS access (R6, R9)."""

    SCHOOL = "school"
    AGENCY = "agency"
    ORCS = "orcs"
