"""Now, on both clocks; it stands on the floor, where every room finds it."""

from orcs_portal.shared.moment import Moment

__all__ = ["Moment"]
