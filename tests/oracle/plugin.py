"""Puts the leak oracle over every test of the suite."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.oracle.oracle import Oracle


@pytest.fixture(autouse=True)
def oracle() -> Iterator[Oracle]:
    """Look at every answer of the test client, and fail the test at its end if one leaked, whoever caught the error."""
    watching = Oracle()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", watching.watch(Client.request))
        logging.getLogger().addHandler(watching.log)
        yield watching
        logging.getLogger().removeHandler(watching.log)
    assert not watching.leaks, "\n".join(watching.leaks)
