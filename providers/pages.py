"""What every page of every room does: read the clocks, know who asks, render, and leave an access record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from orcs_portal.accounts.models import User
from orcs_portal.audit.record import record_access
from orcs_portal.shared import clock
from orcs_portal.shared.moment import Moment
from providers.middleware import standing_of_request
from providers.scope import Standing


def moment() -> Moment:
    """Return now on both clocks."""
    return Moment(clock.world_now(), clock.real_now())


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; raises ``Http404`` for nobody."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def overseer_of(request: HttpRequest) -> Standing:
    """Return the standing of somebody who looks over others' work; raises ``Http404`` for everybody else."""
    standing = standing_of_request(request)
    if not standing.oversees:
        raise Http404
    return standing


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page showed or changed, for the access record: which students, and why they are on it."""

    students: Collection[int]
    purpose: str
    verb: Literal["shown", "changed"] = "shown"
    kind: str = ""
    object_id: int | None = None


def note(request: HttpRequest, seen: Seen) -> None:
    """Write the access record of this page, in its transaction."""
    match = request.resolver_match
    record_access(
        by=user_of(request),
        now=clock.real_now(),
        students=seen.students,
        what=match.view_name if match else "",
        purpose=seen.purpose,
        verb=seen.verb,
        kind=seen.kind,
        object_id=seen.object_id,
    )


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, seen: Seen | None = None, status: int = 200
) -> HttpResponse:
    """Render a page, with its access record where it shows students."""
    if seen is not None:
        note(request, seen)
    return render(request, template, context, status=status)


def address(name: str, **query: str) -> str:
    """Return the address of a list with what narrows it; empty parts are left out."""
    known = {key: value for key, value in query.items() if value}
    return reverse(name) + (f"?{urlencode(known)}" if known else "")
