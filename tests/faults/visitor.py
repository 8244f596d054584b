"""A person at a browser, without a browser: signs in, opens the first-call form and sends it over HTTP."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

from tests import build
from tests.faults.cast import SESSION_ON

FORM = "/calls/new/"
RECORD = "/calls/new/record/"
PATIENCE = 30.0
HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>\w+)" value="(?P<value>[^"]*)"')
CALL = re.compile(r"/calls/(?P<id>\d+)/")

Fields = dict[str, str]


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self._path))


def answers(path: Path) -> bool:
    """Tell whether a web server listens at the socket."""
    with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
        line.connect(str(path))
        return True
    return False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answered, and the seconds it took."""

    status: int
    location: str
    text: str
    cookies: tuple[str, ...]
    seconds: float

    @property
    def call(self) -> int:
        """The id of the call whose page the answer leads to."""
        found = CALL.match(self.location)
        assert found, f"{self.status} leads to no call: {self.location or self.text[:500]}"
        return int(found["id"])

    @property
    def hidden(self) -> Fields:
        """The hidden fields of the page's forms; the last form's where two name the same."""
        return {found["name"]: found["value"] for found in HIDDEN.finditer(self.text)}


class Visitor:
    """One signed-in person; ``send`` may be used by many threads at once."""

    def __init__(self, path: Path, username: str) -> None:
        self._path = path
        self._cookies = SimpleCookie()
        page = self._keep(self.ask("GET", "/sign-in/"))
        signed = {"username": username, "password": build.PASSWORD, **page.hidden}
        answer = self._keep(self.ask("POST", "/sign-in/", signed))
        assert answer.status == 302, f"{username} could not sign in: {answer.status}"

    def _keep(self, answer: Answer) -> Answer:
        for cookie in answer.cookies:
            self._cookies.load(cookie)
        return answer

    def ask(self, method: str, address: str, fields: Fields | None = None) -> Answer:
        """Send one request on a connection of its own; raises ``OSError`` or ``HTTPException`` if it breaks off."""
        began = time.monotonic()
        connection = UnixConnection(self._path)
        headers = {"Cookie": "; ".join(f"{key}={one.value}" for key, one in self._cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, None if fields is None else urlencode(fields), headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        return Answer(response.status, response.headers.get("Location", ""), text, cookies, time.monotonic() - began)

    def form(self, osis: int) -> Fields:
        """Open the form and return it as it would be sent for a student, its one-time token with it."""
        page = self._keep(self.ask("GET", FORM))
        typed = {"osis": str(osis), "service": "1", "session_on": SESSION_ON.strftime("%m/%d/%Y")}
        return {name: page.hidden[name] for name in ("csrfmiddlewaretoken", "token")} | typed

    def check(self, form: Fields) -> Answer:
        """Take the first step: have the answers checked."""
        return self.ask("POST", FORM, form)

    def send(self, form: Fields) -> Answer:
        """Take the second step: record the call."""
        return self.ask("POST", RECORD, form)


def send_at_once(forms: Sequence[tuple[Visitor, Fields]]) -> list[Answer]:
    """Send all forms at the same moment, each on a connection of its own, and return the answers in order."""
    start = Barrier(len(forms))

    def send(visitor: Visitor, form: Fields) -> Answer:
        start.wait()
        return visitor.send(form)

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(lambda one: send(*one), forms))
