"""Opens every page of a city-wide user once a round, in a process of its own, and says what SQL each took, as JSON.

``python -m tests.benchmarks.looking ROUNDS``.  Who looks, and what there is to open, is made ready first.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - the apps must be ready first
from django.db.models import Count  # noqa: E402 - as above
from django.test import Client  # noqa: E402 - as above
from django.test.utils import setup_test_environment  # noqa: E402 - as above

from caseloads.models import Assignment, Call, Mandate, Student, Vacancy  # noqa: E402 - as above
from compliance.kinds import Code, State  # noqa: E402 - as above
from compliance.models import Finding  # noqa: E402 - as above
from orcs_portal.accounts.models import User  # noqa: E402 - as above
from providers.models import Grant, School  # noqa: E402 - as above
from providers.models.grant import Standing  # noqa: E402 - as above
from tests import build  # noqa: E402 - as above

USERNAME = "bench.orcs"
DEEP = 20


@dataclass
class Page:
    """A page by its name: its address and what is posted to it, and what each look at it took, in milliseconds."""

    name: str
    address: str
    fields: dict[str, str] = field(default_factory=dict)
    sql: list[float] = field(default_factory=list)
    queries: int = 0
    slowest: str = ""
    slowest_ms: float = 0.0


def viewer() -> User:
    """Return somebody of ORCS for the whole city, who can sign in."""
    user, _made = User.objects.get_or_create(username=USERNAME, defaults={"full_name": "Test Citywide"})
    user.set_password(build.PASSWORD)
    user.save()
    Grant.objects.get_or_create(user=user, standing=Standing.ORCS, defaults={"starts": build.BEFORE})
    return user


def pages(client: Client) -> list[Page]:
    """Return the pages that are looked at."""
    busy = Finding.objects.filter(state=State.OPEN).values("code").annotate(n=Count("id")).order_by("-n")[0]["code"]
    crowd = Finding.objects.filter(state=State.OPEN, school__isnull=False).values("school").annotate(n=Count("id"))
    school = School.objects.get(pk=crowd.order_by("-n")[0]["school"])
    item = Finding.objects.filter(state=State.OPEN, code=Code.CAP_FIELD_DIFFERS).order_by("id")[0]
    student = item.student_id
    call = Call.objects.filter(outcome=1).order_by("-id")[0]
    vacancy = Vacancy.objects.order_by("-id")[0]
    mandate = Mandate.objects.filter(student=student).order_by("-id")[0]
    name = Student.objects.order_by("id")[1000].last_name
    cause = f"/mismatches/?tab=open&code={Code(busy).name}"
    listed = f"/mismatches/?tab=open&code={Code(busy).name}&school={school.dbn}"
    return [
        Page("Today", "/today/"),
        *(Page(f"Mismatches, {tab}", f"/mismatches/?tab={tab}") for tab in TABS),
        Page("Mismatches, a cause opened", cause),
        Page("Mismatches, a cause, newest first", f"{cause}&sort=newest"),
        Page("Mismatches, a cause at a school, overdue", f"{listed}&age=overdue"),
        Page("Mismatches, an owner, urgent first", "/mismatches/?tab=open&owner=school&severity=high&sort=newest"),
        Page(f"Mismatches, page {DEEP} of a cause", deep(client, cause)),
        Page("Lines not in all three systems", "/mismatches/lines/?view=unexplained"),
        Page("Mismatch", f"/mismatches/{item.pk}/"),
        Page("Student", f"/students/{student}/"),
        Page("Search by name", "/search/", {"q": name}),
        Page("Search by two letters", "/search/", {"q": name[:2]}),
        Page("Search by OSIS", "/search/", {"q": str(item.osis)}),
        Page("Calls", "/calls/"),
        Page(f"Calls, page {DEEP}", deep(client, "/calls/")),
        Page("Call", f"/calls/{call.pk}/"),
        Page("Vacancies", "/vacancies/"),
        Page("Vacancies, all open, by minutes", "/vacancies/?tab=open&sort=minutes"),
        Page("Vacancy", f"/vacancies/{vacancy.pk}/"),
        Page("SEC report", f"/reports/sec/?school={school.pk}"),
        Page("SEC report, a former day", f"/reports/sec/?school={school.pk}&on=2026-10-20"),
        Page("Assign", f"/assign/?school={school.dbn}"),
        Page("Assign, served", f"/assign/?school={school.dbn}&tab=served"),
        Page("Assign, one mandate", f"/assign/mandates/{mandate.pk}/"),
        Page("Access", "/access/"),
    ]


TABS = ("mine", "unassigned", "open", "handed-over", "waiting", "acknowledged", "settled")


def deep(client: Client, address: str) -> str:
    """Return the address of a page far down a list."""
    for _ in range(DEEP - 1):
        pager = client.get(address).context["pager"]
        address = (pager or {}).get("next_url") or address
    return address


def give_some_to(user: User) -> None:
    """Let a thousand items be somebody's own, so that no list of theirs is empty."""
    ids = list(Finding.objects.filter(state=State.OPEN).order_by("id").values_list("id", flat=True)[:1000])
    Finding.objects.filter(pk__in=ids).update(assigned_to=user)


def look(client: Client, page: Page) -> None:
    """Look at a page once and keep what its SQL took."""
    taken: list[tuple[float, str]] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 - Django's own wrapper
        began = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            taken.append((1000 * (time.perf_counter() - began), sql))

    with connection.execute_wrapper(watch):
        answer = client.post(page.address, page.fields) if page.fields else client.get(page.address)
    assert answer.status_code in {200, 302}, f"{page.name}: {answer.status_code}"
    page.sql.append(sum(ms for ms, _sql in taken))
    page.queries = len(taken)
    page.slowest_ms, page.slowest = max(taken)


def main(rounds: str) -> None:
    """Look at everything and print what it took."""
    setup_test_environment()
    client = Client()
    user = viewer()
    give_some_to(user)
    client.force_login(user)
    every = pages(client)
    for _ in range(int(rounds) + 1):
        for page in every:
            look(client, page)
    for page in every:
        del page.sql[0]
    items = {State(one["state"]).slug: one["n"] for one in Finding.objects.values("state").annotate(n=Count("id"))}
    counts = {
        "mandates": Mandate.objects.count(),
        "calls": Call.objects.count(),
        "assigned": Assignment.objects.count(),
    }
    print(json.dumps({"pages": [asdict(one) for one in every], "items": items, **counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
