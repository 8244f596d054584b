"""The page of the hold: everybody who oversees reads it, ORCS alone switches it (R13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from providers.models import PolicySwitch
from tests import build
from tests.caseloads.views.pages import main
from tests.caseloads.views.people import (
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_nobody,
    as_orcs,
    as_provider,
)

pytestmark = pytest.mark.django_db
HOLD = "/rsa-hold/"
DAY = timedelta(days=1)


def typed(on: str = "off", days: int = 0, reason: str = "Contracts are in place") -> dict[str, Any]:
    """Return the form's fields as sent."""
    return {"on": on, "starts": f"{build.TODAY + days * DAY:%m/%d/%Y}", "reason": reason}


def test_orcs_lifts_the_hold_with_a_date_and_a_reason_and_everybody_reads_it() -> None:
    orcs = as_orcs()
    assert "The hold is on" in main(orcs.get(HOLD))
    done = main(orcs.post(HOLD, typed(), follow=True))
    assert "The hold is lifted from Nov 24 on." in done
    row = PolicySwitch.objects.get()
    assert (row.on, row.starts, row.reason, row.set_at) == (False, build.TODAY, "Contracts are in place", build.NOW)
    school = build.school()
    for client in (as_coordinator(school), as_head(school), as_auditor(), as_agency(build.agency())):
        said = main(client.get(HOLD))
        assert "The hold is lifted since Nov 24" in said
        assert "Contracts are in place" in said


def test_nobody_else_switches_it_or_is_offered_to() -> None:
    school = build.school()
    for client in (as_coordinator(school), as_head(school), as_auditor(), as_agency(build.agency())):
        assert "Switch the hold" not in main(client.get(HOLD))
        assert client.post(HOLD, typed()).status_code == 404
    assert not PolicySwitch.objects.exists()


def test_providers_and_people_without_a_role_have_no_such_page() -> None:
    assert as_provider(build.provider()).get(HOLD).status_code == 404
    assert as_nobody().get(HOLD).status_code == 404
    assert "sign-in" in Client().get(HOLD).headers["Location"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (typed(days=-1), "starts", "The day must be today"),
        (typed(on="on"), "on", "On Nov 24 the hold is on already"),
        (typed(on="maybe"), "on", "Choose whether the hold is lifted or set"),
        (typed() | {"on": ""}, "on", "Choose whether the hold is lifted or set"),
        (typed() | {"starts": "11/31/2026"}, "starts", "Enter the date as month, day and year"),
        (typed() | {"starts": ""}, "starts", "Enter the day from which it counts"),
        (typed(reason=" "), "reason", "Enter the reason"),
        (typed(reason="a" * 401), "reason", "Enter a reason of at most 400 signs"),
        (typed(reason="\x00"), "reason", "Take out the signs"),
    ],
)
def test_what_cannot_be_done_is_said_at_its_field_and_keeps_what_was_typed(
    fields: dict[str, Any], field: str, said: str
) -> None:
    answer = as_orcs().post(HOLD, fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    assert {name: answer.context["form"][name].value() for name in fields} == fields
    assert not PolicySwitch.objects.exists()


def test_a_switch_to_come_is_announced() -> None:
    orcs = as_orcs()
    said = main(orcs.post(HOLD, typed(days=7), follow=True))
    assert "The hold is on." in said
    assert "Lifted from Dec 1 on." in said


def test_a_reason_with_markup_is_shown_as_it_was_typed() -> None:
    answer = as_orcs().post(HOLD, typed(reason='<b>bold</b> & "quoted"'), follow=True)
    assert b"&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;" in answer.content
