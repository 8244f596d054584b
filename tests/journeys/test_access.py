"""Access to SESIS: a school asks, the head opens Galaxy's door, an agency and ORCS the other one (R6, R9)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import Visit
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look

STAFF, OTHERS = "Aaliyah Kingsley", "Liam Quick-Fairbanks"  # of the DOE, and of an agency; neither is in SESIS


def act_on(me: Visit, name: str, act: str, said: str) -> None:
    """Press a person's button in the list of who lacks access, and read what became of it."""
    me.room("Access")
    with me.page.expect_event("load"):
        me.row(name).get_by_role("button", name=act).click()
    expect(me.page.get_by_role("status").filter(has_text=said)).to_be_visible()


@pytest.mark.usefixtures("town")
def test_the_school_asks_and_each_door_is_opened_by_whom_it_belongs_to(visitor: Visitor) -> None:
    me = visitor("coordinator")
    act_on(me, STAFF, "Ask the head", f"Asked that {STAFF} come into SESIS through Galaxy")
    act_on(me, OTHERS, "Ask the agency", f"Asked that {OTHERS} come into SESIS through PETS")
    me.tab("Asked for").click()
    expect(me.row(STAFF)).to_contain_text("The head of school")
    expect(me.row(OTHERS)).to_contain_text("The agency")
    look(me, "access-asked", DIAGONAL)
    head = visitor("head")
    act_on(head, STAFF, "Add to Galaxy", "on the Galaxy list")
    head.tab("Opens by itself").click()
    expect(head.row(STAFF)).to_contain_text("Opens by itself")
    look(head, "access-opening", DIAGONAL)
    agency = visitor("agency")
    act_on(agency, OTHERS, "Ask the central office", f"Asked the central office to register {OTHERS} in PETS")
    orcs = visitor("orcs")
    orcs.open("/access/?tab=asked&school=15K999")
    with orcs.page.expect_event("load"):
        orcs.row(OTHERS).get_by_role("button", name="Register in PETS").click()
    expect(orcs.page.get_by_role("status").filter(has_text=f"{OTHERS} is registered in PETS")).to_be_visible()
    me.room("Access")
    expect(me.row(OTHERS)).to_have_count(0)


def test_the_wrong_door_is_an_interruption_and_on_record(visitor: Visitor) -> None:
    head = visitor("head", answers=frozenset({403}))
    head.room("Access")
    head.page.get_by_role("link", name="Add somebody to Galaxy").click()
    look(head, "access-galaxy", DIAGONAL)
    head.page.get_by_label("Provider id").fill("840017")
    head.send("Add to Galaxy")
    expect(head.heading).to_have_text("Galaxy is for DOE staff only")
    expect(head.page.locator("main")).to_contain_text("This attempt is on record.")
    look(head, "access-wrong-door", DIAGONAL)
    head.open("/access/galaxy/")
    head.page.get_by_label("Provider id").fill("310197")
    head.send("Add to Galaxy")
    expect(head.page.get_by_role("status").filter(has_text="Greta Oyelaran is on the Galaxy list")).to_be_visible()
