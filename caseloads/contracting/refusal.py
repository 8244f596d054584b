"""Why something on the way of a vacancy is not done."""

from __future__ import annotations

from providers.policy.verdict import Advice


class CannotContract(Exception):
    """Nothing was done; the message says why in plain words, ``advice`` the rule where one decided."""

    def __init__(self, words: str | Advice, *, field: str = "") -> None:
        """Keep the words, the advice they come from, and the field of a form that they are about."""
        super().__init__(words.message if isinstance(words, Advice) else words)
        self.advice = words if isinstance(words, Advice) else None
        self.field = field
