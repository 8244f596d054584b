"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.kinds import Code, Hop, Owner, Severity, Subject


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a code holds: SQL expressions over the columns of its subject's picture.

    ``open`` and ``waiting`` are conditions that exclude each other; either may be missing.  ``since`` is the moment at
    which it stopped being only waiting or, where it never waits, the source's own time; while it waits it is when the
    wait began to matter, and ``until`` when it ends.  ``owner`` replaces the code's own.  ``exempt`` says that what
    holds is nobody's work and is shown as such.
    """

    open: str = ""
    waiting: str = ""
    since: str = ""
    until: str = ""
    owner: str = ""
    exempt: bool = False


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
