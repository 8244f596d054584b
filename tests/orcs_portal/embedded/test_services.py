from __future__ import annotations

import psycopg2.extensions
import pytest
import redis
from django.conf import settings
from django.db import connection
from kombu import Connection


@pytest.mark.django_db
def test_the_suite_runs_on_postgresql_18_through_psycopg2() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert cursor.fetchone()[0].startswith("18")
    assert isinstance(connection.connection, psycopg2.extensions.connection)


def test_redis_py_and_kombu_reach_the_same_broker_by_its_unix_socket() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL)
    with Connection(str(settings.CELERY["broker_url"])) as kombu:
        queue = kombu.SimpleQueue("embedded-check")
        queue.put({"ring": 1})
        assert client.llen("embedded-check") == 1
        queue.clear()
        queue.close()
    client.close()
