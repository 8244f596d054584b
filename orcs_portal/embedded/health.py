"""Ask the served portal how it is."""

from __future__ import annotations

import http.client
import json

SECONDS = 5.0
READY = 200
GOOD = {"ok"}


def is_ready(port: int) -> bool:
    """Tell whether the portal on this machine's ``port`` answers ``/readyz`` with 200 and every check is ok."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status == READY and {check["state"] for check in json.load(answer).values()} == GOOD
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()
