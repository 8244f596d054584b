"""Filling in the first-call form, as a browser does."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from caseloads.models import Call
from providers.kinds import Language, Service
from tests import build

NEW, CHANGE, RECORD = "/calls/new/", "/calls/new/change/", "/calls/new/record/"


def typed(
    osis: object,
    service: Service = Service.SPEECH,
    on: date = build.TODAY,
    *,
    language: Language | None = None,
    token: str = "",
) -> dict[str, Any]:
    """Return the form's fields as sent; ``token`` is a new one unless given."""
    fields = {"osis": osis, "service": service.value, "session_on": f"{on:%m/%d/%Y}", "token": token or str(uuid4())}
    return fields if language is None else fields | {"language": language.value}


def check(client: Client, fields: dict[str, Any]) -> Any:  # noqa: ANN401 - the client's own answer
    """Send step one."""
    return client.post(NEW, fields)


def record(client: Client, fields: dict[str, Any]) -> Any:  # noqa: ANN401 - the client's own answer
    """Send step two."""
    return client.post(RECORD, fields)


def only_call() -> Call:
    """Return the one call there is."""
    return Call.objects.get()


def errors(answer: Any) -> dict[str, list[str]]:  # noqa: ANN401 - the client's own answer
    """Return the messages of a form by field; "" for those of the whole form."""
    found = answer.context["form"].errors
    return {("" if name == "__all__" else name): [str(one) for one in said] for name, said in found.items()}
