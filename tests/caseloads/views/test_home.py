from __future__ import annotations

from tests import build
from tests.caseloads.views.pages import main
from tests.caseloads.views.people import (
    Cast,
    as_administrator,
    as_agency,
    as_auditor,
    as_head,
    as_nobody,
    as_orcs,
)


def test_everybody_is_led_to_their_first_page(people: Cast) -> None:
    overseers = (
        people.colleague,
        as_head(people.scene.school),
        as_orcs(),
        as_auditor(),
        as_agency(build.agency()),
    )
    assert [client.get("/").headers["Location"] for client in overseers] == ["/today/"] * 5
    assert people.owner.get("/").headers["Location"] == "/caseload/"
    assert as_administrator().get("/").headers["Location"] == "/admin/"


def test_who_has_no_role_is_told_who_gives_one(people: Cast) -> None:
    answer = as_nobody().get("/")
    assert answer.status_code == 200
    assert "You have no role here at present" in main(answer)
    assert "(718) 935-2985" in main(answer)


def test_every_page_one_is_led_to_opens(people: Cast) -> None:
    for client in (people.owner, people.colleague, people.stranger, as_administrator()):
        assert client.get("/", follow=True).status_code == 200
