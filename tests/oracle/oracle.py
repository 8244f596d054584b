"""The leak oracle: no answer of the whole suite may show a student whom its reader may not see.

It watches every request of Django's test client. Whom the reader may see is worked out in ``scope`` from rows that
``world`` reads past the product; how a student is recognized is ``search``'s business. Whom the reader may see, and was
shown, must stand in an access record that the same request left. What is logged on the way may name no student at all.
"""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.functional import SimpleLazyObject, empty

from tests.oracle.scope import sight_of
from tests.oracle.search import Page, Planted, addresses_in, found, numbers_in, read, spoken
from tests.oracle.world import World, names_of_others, newest_record, read_world, rows_of

Request = Callable[..., Any]
TEXT = ("text/", "application/json", "application/xml", "application/xhtml")


class LeakError(AssertionError):
    """A student out of the reader's scope was shown, or one in it without a record, or a number in an address."""


class Listener(logging.Handler):
    """Hears everything that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as it would be written, with its traceback."""
        self._lines.append(self.format(record))

    def said(self) -> str:
        """Return what was logged since this was last asked."""
        lines, self._lines = self._lines, []
        return "\n".join(lines)


class Oracle:
    """Looks at answers; keeps what it found until the test ends, so that no test can swallow it."""

    def __init__(self) -> None:
        self.leaks: list[str] = []
        self.log = Listener()
        self.pages = 0
        self._typed: weakref.WeakKeyDictionary[Client, frozenset[int]] = weakref.WeakKeyDictionary()

    def watch(self, request: Request) -> Request:
        """Return the test client's ``request`` with every answer looked at."""

        def watched(client: Client, **environ: Any) -> Any:  # noqa: ANN401 - the client's own answer, handed on
            before = newest_record()
            response = request(client, **environ)
            if before is not None:
                self.look(client, response, since=before)
            return response

        return watched

    def look(self, client: Client, response: HttpResponseBase, *, since: int) -> None:
        """Look at one answer; raises ``LeakError`` when it shows what it must not, or leaves no access record.

        ``since`` is the newest access record's id before the request.
        """
        self.pages += 1
        world = read_world(since)
        leaks = leaks_in(response, world, reader=reader_of(response), typed=self.typed_by(client, response))
        leaks += logged(self.log.said(), world)
        if leaks:
            self.leaks += leaks
            raise LeakError("\n".join(leaks))

    def typed_by(self, client: Client, response: HttpResponseBase) -> frozenset[int]:
        """Return every number this browser has sent in a form so far: a page may show those again."""
        sent = response.wsgi_request.POST  # type: ignore[attr-defined] # the test client adds it to every answer
        now = numbers_in(" | ".join(value for values in sent.lists() for value in values[1]))
        self._typed[client] = self._typed.get(client, frozenset()) | now
        return self._typed[client]


def leaks_in(response: HttpResponseBase, world: World, *, reader: int | None, typed: frozenset[int]) -> list[str]:
    """Return a sentence per leak in an answer to ``reader``, a user id."""
    sight = sight_of(reader, world)
    asked = {student.id for student in world.students if student.osis in typed} & sight.on_asking
    allowed = [student for student in world.students if student.id in sight.always | asked]
    others = [student for student in world.students if student.id not in sight.always | asked]
    recorded = {student for record in world.records if record.by == reader for student in record.students}
    silent = [student for student in allowed if student.id not in recorded]
    content = text_of(response)
    page = read(f"{content}\n{headers_of(response)}")
    addresses = numbers_in(f"{addresses_in(content)}\n{response.headers.get('Location', '')}")
    where = response.wsgi_request.path  # type: ignore[attr-defined] # as above
    return [
        *(f"{where} shows user {reader} {leak}" for leak in found(page, others, typed=typed, known=names_of(allowed))),
        *(f"{where} leaves no record of {leak}" for leak in named(page, silent, world, typed=typed)),
        *(f"{where} has the OSIS of student {one.id} in an address" for one in world.students if one.osis in addresses),
    ]


def logged(lines: str, world: World) -> list[str]:
    """Return a sentence per student in the log: nobody's data may stand there, whoever asked."""
    leaks = found(read(lines), world.students, typed=frozenset(), known="")
    return [f"the log names {leak}" for leak in leaks if "family" not in leak]


def named(page: Page, students: list[Planted], world: World, *, typed: frozenset[int]) -> list[str]:
    """Return which of these students a page shows beyond doubt: a name that two bear does not say who is meant."""
    doubtful = [one for one in world.students if one not in students]
    return [leak for leak in found(page, students, typed=typed, known=names_of(doubtful)) if "family" not in leak]


def names_of(students: list[Planted]) -> str:
    """Return, spoken, the names of these students and of people and places: met on a page, they prove nothing."""
    names = [f"{student.first_name} {student.last_name}" for student in students] + names_of_others()
    return "|".join(spoken(name) for name in names)


def text_of(response: HttpResponseBase) -> str:
    """Return what a browser or a script would read; a stream is read whole, a picture or archive is not text."""
    if not response.headers.get("Content-Type", "text/").startswith(TEXT):
        return ""
    if response.streaming:
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined] # streaming answers alone
        response.streaming_content = [content]  # type: ignore[attr-defined] # the test reads it after us
    else:
        content = response.content  # type: ignore[attr-defined] # all others
    return str(content.decode(response.charset or "utf-8", "replace"))


def headers_of(response: HttpResponseBase) -> str:
    """Return all headers and cookies but those of the session and of form secrets, which are random."""
    own = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    cookies = [morsel.value for name, morsel in response.cookies.items() if name not in own]
    return "\n".join([*(f"{name}: {value}" for name, value in response.headers.items()), *cookies])


def reader_of(response: HttpResponseBase) -> int | None:
    """Return the id of the user who reads an answer, without a query that a test might count."""
    request = response.wsgi_request  # type: ignore[attr-defined] # the test client adds it to every answer
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject) and user._wrapped is empty:  # noqa: SLF001 - asking it would query
        return in_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    return user.pk if user is not None and user.is_authenticated else None


def in_session(key: str) -> int | None:
    """Return the user id in a stored session, for answers whose view never asked who it was."""
    rows = rows_of("SELECT session_data FROM django_session WHERE session_key = %s", key)
    store: SessionBase = SessionStore()
    user = store.decode(rows[0][0]).get("_auth_user_id") if rows else None
    return int(user) if user else None
