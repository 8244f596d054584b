"""Settings of the test suite: throw-away services of its own, which tests/conftest.py starts and ends."""

from __future__ import annotations

from orcs_portal.embedded.place import of_test_run
from orcs_portal.settings.base import *  # noqa: F403 - settings modules build on one another
from orcs_portal.settings.base import CELERY, STORAGES
from orcs_portal.settings.broker import broker_url
from orcs_portal.settings.database import connection

SECRET_KEY = "only the throw-away test services ever see this key"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_BASE_URL = "http://testserver"

DATABASES = {"default": connection(of_test_run().address)}
REDIS_URL = of_test_run().redis_url
CELERY = CELERY | {"broker_url": broker_url(REDIS_URL)}

# Tests of the demonstration are about its scenes; those of the borough build one of their own.
DEMO_STUDENTS = 0

# Names with a hash in them need a collected folder, which only a served portal has.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# So whitenoise looks for files when they are asked for, and does not warn that nothing was collected.
WHITENOISE_AUTOREFRESH = True
