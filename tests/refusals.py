"""How a test says that the database itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """Expect the database to refuse what is done inside, by the constraint of this name and no other.

    The surrounding transaction stays usable.
    """
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert named(caught.value) == constraint


def named(error: IntegrityError) -> str:
    """Return the name of the constraint that an error comes from."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
