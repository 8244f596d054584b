"""A school with people around its items, and reading the list as they do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from compliance.mismatches.seen import mark_of
from compliance.models import Finding
from orcs_portal.accounts.models import User
from providers.models import School
from providers.models.grant import Standing
from tests import build
from tests.caseloads.views.people import account, browser

ROW = re.compile(r'<a class="name" href="/mismatches/(\d+)/">')
LIST = "/mismatches/"
LOOK_AGAIN = "12/01/2026"


@dataclass(frozen=True)
class Floor:
    """A school, its coordinator with a browser, a colleague there, and a stranger elsewhere."""

    school: School
    user: User
    me: Client
    colleague: User
    stranger: Client


def floor() -> Floor:
    """Return the floor in a running year, with the three systems set up."""
    build.school_year()
    build.systems()
    school = build.school("15K910")
    user, colleague, stranger = account("Dana Okonkwo"), account("Jo Petrossian"), account("Sam Stranger")
    for person in (user, colleague):
        build.grant(person, Standing.COORDINATOR, at=school)
    build.grant(stranger, Standing.COORDINATOR, at=build.school("24Q911"))
    return Floor(school, user, browser(user), colleague, browser(stranger))


def ids(answer: Any) -> list[int]:  # noqa: ANN401 - the client's own answer
    """Return the items on a page of a list, in their order."""
    return [int(key) for key in ROW.findall(answer.content.decode())]


def all_ids(client: Client, url: str) -> list[int]:
    """Return the items of a whole list: every cause opened, every page turned."""
    found: list[int] = []
    answer = client.get(url)
    if answer.context["groups"]:
        for group in every_group(client, url):
            found += all_ids(client, group["url"]) if group["more"] else [row["id"] for row in group["rows"]]
        return found
    while True:
        found += ids(answer)
        pager = answer.context["pager"]
        if not pager or not pager["next_url"]:
            return found
        answer = client.get(pager["next_url"])


def every_group(client: Client, url: str) -> list[dict[str, Any]]:
    """Return the causes of a list, turning its pages."""
    groups = []
    while url:
        answer = client.get(url)
        groups += answer.context["groups"]
        pager = answer.context["pager"]
        url = pager["next_url"] if pager else ""
    return groups


def ticked(*findings: Finding, **more: Any) -> dict[str, Any]:
    """Return what the list's form sends for some ticked items."""
    items = [f"{one.pk}:{mark_of(one)}" for one in findings]
    return {"item": items, "list": "tab=open", "sent": "bar", "look_again": LOOK_AGAIN, "ticket": ""} | more


def fresh(finding: Finding) -> Finding:
    """Return an item as the database has it."""
    return Finding.objects.get(pk=finding.pk)
