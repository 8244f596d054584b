"""What an address of the matrix is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOBODY_HAS_THIS = 999_999


@dataclass(frozen=True)
class Thing:
    """What stands in for an address's parameters, what is posted, and whether it is a demonstration's."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    demo: bool = True
