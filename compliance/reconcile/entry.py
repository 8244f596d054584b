"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from compliance.kinds import Code, Hop, Owner, Severity, Subject


class Picture(StrEnum):
    """The pictures that conditions look at, each a table of one comparison; ``sql`` says what is in them."""

    DOCUMENT = "document"
    LINE = "line"
    NEED = "need"
    SERVED = "served"
    ENTRY = "entry"
    LOAD = "load"
    CALL = "call"
    DELIVERY = "delivery"
    LETTER = "letter"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way in which a code holds: SQL expressions over the columns of the code's picture.

    ``open``, ``waiting`` and ``exempt`` are conditions that exclude each other.  ``since`` is the moment at which it
    stopped being only waiting or, where it never waits, the source's own time; ``until`` is when the wait is over, and
    is asked of waiting ones alone.  ``owner`` replaces the code's own.  Where ``behind`` holds, an open one is a
    consequence of the provider's access at the call's school, and no item.
    """

    open: str = ""
    waiting: str = ""
    exempt: str = ""
    since: str
    until: str = ""
    owner: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code: what it is about, how much it matters, who acts, what to say and when it holds.

    ``days`` are the school days to act.  ``one`` and ``many`` stand after a count.  ``fix`` is what to do, in the
    imperative, to whoever acts; ``meanwhile`` what to do until then; ``then`` what happens once it is done.  ``rule``
    is the memo's, or empty.  ``beside`` codes stand beside others: nothing takes them along, and they take nothing.
    """

    code: Code
    subject: Subject
    hop: Hop
    severity: Severity
    days: int
    owner: Owner
    rule: str = ""
    one: str
    many: str
    why: str
    fix: str
    meanwhile: str
    then: str
    beside: bool = False
    picture: Picture
    cases: tuple[Case, ...] = field(default=())

    @property
    def title(self) -> str:
        """The code in words, such as ``Final IEP never reached CAP``."""
        return str(self.code.label)

    @property
    def slug(self) -> str:
        """The anchor of its words on a page, such as ``iep-not-in-cap``."""
        return self.code.name.lower().replace("_", "-")

    def counted(self, count: int) -> str:
        """Return the words after a count of items: ``one`` for 1, else ``many``."""
        return self.one if count == 1 else self.many
