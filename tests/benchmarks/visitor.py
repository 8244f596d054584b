"""A person at a browser without a browser: signs in and records first calls over HTTP."""

from __future__ import annotations

import http.client
import re
import socket
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


class Visitor:
    """Keeps the cookies and the form's token of one signed-in person."""

    def __init__(self, path: Path, username: str, password: str) -> None:
        self._path = path
        self._cookies = SimpleCookie()
        self._csrf = ""
        self.get("/sign-in/")
        self.post("/sign-in/", username=username, password=password)
        self.get("/calls/new/")

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        connection = UnixConnection(self._path)
        headers = {"Cookie": "; ".join(f"{key}={one.value}" for key, one in self._cookies.items())}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://localhost/calls/new/"}
        connection.request(method, address, body=body or None, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self._cookies.load(cookie)
        connection.close()
        found = FORM_TOKEN.search(text)
        self._csrf = found[1] if found else self._csrf
        return response.status, text

    def get(self, address: str) -> str:
        """Open a page and return it."""
        return self._ask("GET", address)[1]

    def post(self, address: str, **fields: str) -> int:
        """Send a form and return the answer's status."""
        return self._ask("POST", address, urlencode({"csrfmiddlewaretoken": self._csrf, **fields}))[0]

    def record(self, osis: int) -> float:
        """Record a first call for a student and return the seconds its last step took."""
        fields = {"osis": str(osis), "service": "1", "session_on": "11/23/2026", "token": str(uuid4())}
        began = time.perf_counter()
        status = self.post("/calls/new/record/", **fields)
        seconds = time.perf_counter() - began
        assert status == 302, f"The call was not recorded: {status}"
        return seconds
