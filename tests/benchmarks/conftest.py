"""The portal as it is served, with production's waits, for the benchmarks; and the report at their end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.benchmarks.report import Measured, server_version, write
from tests.faults.campaign import Campaign
from tests.faults.stack import running

MEASURED: list[Measured] = []


@pytest.fixture(scope="session")
def measured() -> Iterator[list[Measured]]:
    """Return the list that the report is written from at the end."""
    yield MEASURED
    if MEASURED:
        write(MEASURED, database=f"PostgreSQL {server_version()}, fsync on", now=datetime.now(UTC))


@pytest.fixture(scope="session")
def campaign() -> Iterator[Campaign]:
    """Run a whole stack on services that keep what they are told (fsync on), and its helpers."""
    os.environ["FAULT_TIMES"] = "production"
    with running() as stack:
        campaign = Campaign(stack)
        yield campaign
        campaign.close()
