"""Settings of production: everything from the environment, and HTTPS everywhere.

The process stands behind a proxy that ends TLS, sets ``X-Forwarded-Proto`` itself and lets no one else set it.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import environ

from orcs_portal.settings.base import *  # noqa: F403 - settings modules build on one another
from orcs_portal.settings.base import CELERY
from orcs_portal.settings.broker import broker_url
from orcs_portal.settings.database import connection
from orcs_portal.settings.environment import EnvironmentRefusedError, check_environment, hosts

try:
    check_environment(os.environ)
except EnvironmentRefusedError as refused:
    raise SystemExit(str(refused)) from None

env = environ.Env()

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = hosts(os.environ["ALLOWED_HOSTS"])
PUBLIC_BASE_URL = os.environ["PUBLIC_BASE_URL"]
DATABASES = {"default": connection(env.db_url("DATABASE_URL"))}
REDIS_URL = os.environ["REDIS_URL"]
CELERY = CELERY | {"broker_url": broker_url(REDIS_URL)}
globals().update(env.email_url("EMAIL_URL"))
MAIL_IS_SENT = True
DEFAULT_FROM_EMAIL = f"orcs-portal@{urlsplit(PUBLIC_BASE_URL).hostname}"

CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked by the host itself, without the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"  # a browser takes the prefix only over HTTPS, for this host alone
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
