"""Sending the search field, and reading what it found."""

from __future__ import annotations

from typing import Any

from django.test import Client

from caseloads.models import Student
from tests import build
from tests.caseloads.calls import Scene

SEARCH = "/search/"
NOTHING = "Nothing found"


def look_for(client: Client, what: object) -> Any:  # noqa: ANN401 - the client's own answer
    """Send the search field."""
    return client.post(SEARCH, {"q": what})


def names(answer: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the names of the students that a search found, in order."""
    return [row["name"] for row in answer.context["students"]]


def named(here: Scene, first: str, last: str) -> Student:
    """Return one more student of the school."""
    return build.student(here.school, first, last)
