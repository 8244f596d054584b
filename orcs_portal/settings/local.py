"""Settings of a clone on one machine: the demonstration, by default on the embedded services.

With ``DATABASE_URL`` and ``DEMO=1`` the demonstration runs on services from elsewhere, as in the compose file.
"""

from __future__ import annotations

import os

import environ

from orcs_portal.embedded.place import of_clone
from orcs_portal.settings.base import *  # noqa: F403 - settings modules build on one another
from orcs_portal.settings.base import CELERY, VAR
from orcs_portal.settings.broker import broker_url
from orcs_portal.settings.database import connection
from orcs_portal.settings.environment import EnvironmentRefusedError, check_clone
from orcs_portal.settings.secret_key import own_secret_key

try:
    check_clone(os.environ)
except EnvironmentRefusedError as refused:
    raise SystemExit(str(refused)) from None

env = environ.Env()

DEMO = os.environ.get("DEMO", "1") != "0"
SECRET_KEY = env.str("SECRET_KEY", default="") or own_secret_key(VAR)
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default=f"http://localhost:{os.environ.get('PORT') or 8000}")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

if "DATABASE_URL" in os.environ:
    DATABASES = {"default": connection(env.db_url("DATABASE_URL"))}
    REDIS_URL = env.str("REDIS_URL")
else:
    DATABASES = {"default": connection(of_clone().address)}
    REDIS_URL = of_clone().redis_url

CELERY = CELERY | {"broker_url": broker_url(REDIS_URL)}
if "EMAIL_URL" in os.environ:
    globals().update(env.email_url("EMAIL_URL"))
    MAIL_IS_SENT = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
