"""Settings of the fault campaign: real processes on services of their own, and every wait in seconds.

``FAULT_TIMES=production`` keeps production's leases, backoff and breakers instead.
"""

from __future__ import annotations

import os

from orcs_portal.settings.test import *  # noqa: F403 - settings modules build on one another
from orcs_portal.settings.test import CELERY

DEMO = True  # only a demonstration's clock can be moved through the nights
FAULT_POINTS = os.environ.get("FAULT_POINTS", "")

if os.environ.get("FAULT_TIMES") != "production":
    DELIVERY_BATCH = 25  # many small batches: more moments at which a process can die between two of them
    DELIVERY_LEASE = 3.5
    DELIVERY_BACKOFF = 0.25
    DELIVERY_BACKOFF_MOST = 2.0
    BREAKER_PROBE = 0.5
    BREAKER_PROBE_MOST = 2.0
    SYSTEM_PATIENCE = 1.1
    SWEEP_EVERY = 1.0
    DRAIN_SECONDS = 0.8
    DRAIN_SOFT_LIMIT = 2
    DRAIN_LIMIT = 3
    CELERY = CELERY | {"broker_transport_options": {**CELERY["broker_transport_options"], "visibility_timeout": 10}}
