"""Settings of the journeys: the demonstration as `make run` serves it, on services of its own, its waits in seconds."""

from __future__ import annotations

from orcs_portal.embedded.place import of_test_run
from orcs_portal.settings.base import STORAGES as SERVED
from orcs_portal.settings.test import *  # noqa: F403 - settings modules build on one another

DEMO = True

# Names with a hash in them, as a browser gets them from `make run`: a style sheet that is not found shows here.
STORAGES = SERVED
STATIC_ROOT = of_test_run().root / "static"
WHITENOISE_AUTOREFRESH = False

DELIVERY_LEASE = 5.0
DELIVERY_BACKOFF = 1.0
BREAKER_PROBE = 2.0
BREAKER_PROBE_MOST = 3.0
SWEEP_EVERY = 1.0
