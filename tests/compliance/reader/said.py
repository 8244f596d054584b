"""What a reading says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A code about a subject, and whether it is open, waiting or exempt; what the subject lacks is None."""

    code: str
    condition: str
    osis: int | None = None
    service: int | None = None
    language: int | None = None
    setting: int | None = None
    provider: int | None = None
    place: str | None = None
    call: int | None = None
    version: int | None = None
    letter: int | None = None

    def __str__(self) -> str:
        """Say only what is there."""
        parts = [self.code, self.condition]
        names = ("osis", "service", "language", "setting", "provider", "place", "call", "version", "letter")
        parts += [f"{name}={getattr(self, name)}" for name in names if getattr(self, name) is not None]
        return " ".join(parts)


OPEN, WAITING, EXEMPT = "open", "waiting", "exempt"
