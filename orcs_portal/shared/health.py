"""Whether this process is alive, and whether everything is there that it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from orcs_portal.shared import clock, heartbeat

BROKER_SECONDS = 0.4
"""How long the broker may take to accept a connection, and again to answer, before it counts as gone."""
DRIFT_SECONDS = 5.0
"""How far this host's clock may stand from the database's: leases are compared across hosts."""
QUIET_SECONDS = 60.0
"""How long no worker may be heard of: the sweep wakes one every few seconds."""

Check = dict[str, Any]
OK, DEGRADED, FAILED = "ok", "degraded", "failed"


@transaction.non_atomic_requests
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process serves requests; neither database nor session is touched."""
    return HttpResponse("ok\n", content_type="text/plain")


@transaction.non_atomic_requests
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer a JSON object per check; 503 while one has failed, 200 while the worst is ``degraded``."""
    checks = check_all()
    failed = any(check["state"] == FAILED for check in checks.values())
    return JsonResponse(checks, status=503 if failed else 200)


def check_all() -> dict[str, Check]:
    """Return every check by name; what needs the database fails with it, and no check raises."""
    return {
        "database": guarded(check_database),
        "migrations": guarded(check_migrations),
        "clock": guarded(check_clock),
        "workers": guarded(check_workers),
        "broker": check_broker(),
    }


def guarded(check: Callable[[], Check]) -> Check:
    """Return the check's answer, or that it failed because the database did not answer; no detail goes out."""
    try:
        return check()
    except DatabaseError:
        return {"state": FAILED, "why": "The database does not answer."}


def check_database() -> Check:
    """Return ok when the database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"state": OK}


def check_migrations() -> Check:
    """Return how many migrations of this version the database has not had; any at all is a failure."""
    applied = MigrationRecorder(connection).applied_migrations()
    pending = len(known_migrations() - applied.keys())
    return {"state": FAILED if pending else OK, "pending": pending}


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of every migration of this version, read from disk once a process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def check_clock() -> Check:
    """Return the world's time, and how many seconds this host's clock stands from the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    drift = abs((clock.real_now() - theirs).total_seconds())
    world = clock.world_now().astimezone(clock.NEW_YORK).isoformat(timespec="seconds")
    return {"state": DEGRADED if drift > DRIFT_SECONDS else OK, "drift_seconds": round(drift, 3), "world": world}


def check_workers() -> Check:
    """Return how many seconds ago a worker last took up a task; degraded after a minute, since calls are kept."""
    last = heartbeat.last_beat()
    if last is None:
        return {"state": DEGRADED, "why": "No worker has been heard of yet. Calls are kept until one works."}
    seconds = round((clock.real_now() - last).total_seconds(), 3)
    if seconds <= QUIET_SECONDS:
        return {"state": OK, "seconds": seconds}
    return {"state": DEGRADED, "seconds": seconds, "why": "No worker works. Calls are kept until one does."}


def check_broker() -> Check:
    """Return degraded when the broker does not answer in time: it is only a bell, so pages work on without it."""
    broker = Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=BROKER_SECONDS,
        socket_timeout=BROKER_SECONDS,
        retry=Retry(NoBackoff(), 0),
        driver_info=None,
        protocol=2,
    )
    try:
        with broker:
            broker.ping()
    except RedisError:
        return {"state": DEGRADED, "why": "The broker does not answer. Calls are kept and delivered by the sweep."}
    return {"state": OK}
