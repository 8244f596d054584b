"""What comes out of a printer: who printed it, where and when, the help desk, and nothing that only a screen can do."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journeys.acts import AMARA, find
from tests.journeys.conftest import Visitor
from tests.journeys.looks import TOO_WIDE, picture

LETTER: ViewportSize = {"width": 816, "height": 1056}  # US letter at 96 dots an inch
INK = "rgb(21, 32, 42)"  # paper is light, however dark the screen
PAGES = {
    "caseload": ("provider", "/caseload/"),
    "calls": ("coordinator", "/calls/"),
    "refused": ("coordinator", "/calls/?tab=refused"),
    "simulator": ("provider", "/simulator/"),
    "nurse": ("nurse", "/calls/new/"),
    "sec-report": ("coordinator2", "/reports/sec/"),
    "call-sheets": ("coordinator", "/mismatches/call-sheets/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_on_paper(visitor: Visitor, name: str) -> None:
    username, address = PAGES[name]
    me = visitor(username, scheme="dark")
    me.open(address)
    me.page.set_viewport_size(LETTER)
    me.page.emulate_media(media="print")
    head = me.page.locator(".print-head")
    expect(head).to_contain_text("Printed by")
    expect(head).to_contain_text("Tue, Nov 24, 2026")
    expect(head).to_contain_text("(718) 935-2985")
    expect(me.page.get_by_role("navigation", name="Main", exact=True)).not_to_be_visible()
    expect(me.page.locator("button:visible, select:visible, .btn:visible")).to_have_count(0)
    assert me.page.evaluate(TOO_WIDE) <= 0
    assert me.page.evaluate("() => getComputedStyle(document.body).color") == INK
    picture(me.page, f"paper-{name}")


def test_a_student_on_paper(visitor: Visitor) -> None:
    me = visitor("coordinator")
    find(me, AMARA)
    me.page.set_viewport_size(LETTER)
    me.page.emulate_media(media="print")
    expect(me.heading).to_have_text("Amara Okonkwo-Reyes")
    expect(me.page.locator(".print-head")).to_contain_text("Printed by")
    expect(me.page.locator("button:visible, select:visible, .btn:visible")).to_have_count(0)
    assert me.page.evaluate(TOO_WIDE) <= 0
    picture(me.page, "paper-student")


def test_a_call_on_paper_still_says_its_number_and_where_it_is(visitor: Visitor) -> None:
    me = visitor("provider")
    me.page.get_by_role("link", name="Marisol Teague-Abiodun", exact=True).click()
    number = me.number()
    me.page.set_viewport_size(LETTER)
    me.page.emulate_media(media="print")
    assert me.number() == number
    for key in ("phone", "ivr", "cap", "sec", "sesis", "caseload", "attendance"):
        expect(me.state(key)).to_be_visible()
    picture(me.page, "paper-call")
