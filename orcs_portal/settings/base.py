"""What every kind of process shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = BASE_DIR / "var"

DEMO = False
# Role and user name of who signs in to a demonstration; the sign-in page shows them where DEMO is set, and only there.
DEMO_SIGN_INS = [
    ("Coordinator and designee", "coordinator"),
    ("Coordinator of another school", "coordinator2"),
    ("DOE therapist", "provider"),
    ("Paraprofessional", "para"),
    ("School nurse", "nurse"),
    ("Agency provider", "agencyprovider"),
    ("Independent (RSA) provider", "rsaprovider"),
    ("ORCS", "orcs"),
    ("Agency representative", "agency"),
    ("Head of school", "head"),
    ("Auditor, reading only", "auditor"),
    ("Administrator", "admin"),
]
DEBUG = False
SECRET_KEY = ""
ALLOWED_HOSTS: list[str] = []
PUBLIC_BASE_URL = ""
REDIS_URL = ""
DATABASES: dict[str, dict[str, Any]] = {}

INSTALLED_APPS = [
    "orcs_portal.shared",
    "orcs_portal.audit",
    "orcs_portal.accounts",
    "providers",
    "caseloads",
    "compliance",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "orcs_portal.shared.admin_config.PortalAdminConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "bootstrap",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "orcs_portal.shared.middleware.no_store",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "orcs_portal.accounts.sessions.stay_signed_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "providers.middleware.standing",
    "orcs_portal.shared.middleware.words_for_405",
    "orcs_portal.shared.middleware.slash_at_the_end",
]

ROOT_URLCONF = "orcs_portal.urls"
WSGI_APPLICATION = "orcs_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False  # a form would be sent on as well: ``slash_at_the_end`` leads on pages alone

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "providers.context.frame",
            ],
            "builtins": ["orcs_portal.shared.templatetags.ledger"],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["orcs_portal.accounts.hashers.PortalArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "orcs_portal.accounts.forgery.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

HELP_DESK_NUMBER = "(718) 935-2985"

# What is written to agencies is always kept; it is sent where EMAIL_URL says by whom.
MAIL_IS_SENT = False
MAIL_EVERY = 60.0  # seconds between two looks for mail that waits
DEFAULT_FROM_EMAIL = "orcs-portal@localhost"
# Within how many school days an agency is to answer an offer.
OFFER_ANSWER_DAYS = 3

CELERY: dict[str, Any] = {
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": False,
    "worker_prefetch_multiplier": 1,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "visibility_timeout": 60,
        "socket_timeout": 2.0,
        "socket_connect_timeout": 2.0,
        "max_retries": 0,
    },
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "worker_enable_remote_control": False,
    "worker_hijack_root_logger": False,
    "timezone": TIME_ZONE,
}

# How many students the demonstration's borough has, beside the hand-written scenes.
DEMO_STUDENTS = 5000

# How deliveries are carried; seconds of real time unless said otherwise.  The fault campaign makes them short.
DELIVERY_BATCH = 500
DELIVERY_LEASE = 30.0
DELIVERY_ATTEMPTS = 8
DELIVERY_BACKOFF = 5.0
DELIVERY_BACKOFF_MOST = 3600.0
DELIVERY_GIVE_UP_HOURS = 24
BREAKER_SILENCES = 3
BREAKER_PROBE = 15.0
BREAKER_PROBE_MOST = 300.0
SYSTEM_PATIENCE = 10.0
SWEEP_EVERY = 5.0
# A drain begins no batch after its seconds.  With the patience added it ends below the soft limit, and every limit is
# below the lease: a worker that hangs is ended before anybody takes its deliveries for abandoned.
DRAIN_SECONDS = 15.0
DRAIN_SOFT_LIMIT = 27
DRAIN_LIMIT = 29
# A folder of markers at which a process stops on purpose; empty except under the fault campaign.
FAULT_POINTS = ""

# The comparison's numbers: each is the last one that is still in time.  Hours are of the clock, weekends included;
# days are school days unless their name says otherwise.
RECONCILE_NUMBERS = {
    "pending_business_days": 4,  # an IEP's transfer to CAP
    "sec_hours": 24,  # SEC after CAP
    "caseload_hours": 48,  # the caseload after the call
    "galaxy_hours": 24,  # the role in SESIS after Galaxy
    "awaiting_days": 2,  # a DOE provider after CAP began to wait for one
    "vacancy_days": 10,  # until a vacancy is to be logged
    "transmittal_days": 5,  # a transmittal after CAP began to wait for contracting out
    "agency_days": 10,  # an agency's provider after the transmittal
    "call_days": 5,  # the first call after assignment and gate
    "letter_calendar_days": 28,  # the first attend after an RSA letter
}
# More students of a service than this are too many for one provider.
RECONCILE_LIMITS = {"speech": 65}
# Severity and school days to act of a code, where they are not the catalogue's: {"OVER_CASELOAD": ("normal", 5)}.
RECONCILE_ACT: dict[str, tuple[str, int]] = {}

# How many days before a first IEP begins its consent may have been given; what is older is a slip of the year.
CONSENT_DAYS_BEFORE = 365
