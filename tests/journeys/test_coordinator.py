"""A coordinator looks after the calls of two schools: lists, a refused call, and what a system would not take."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.acts import AMARA, DAY, SOON, SPEECH
from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, look


def test_every_tab_holds_as_many_calls_as_it_says(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.room("Calls")
    expect(me.heading).to_have_text("Calls")
    for name in ("All", "Accepted", "Refused", "Unlinked", "Not taken yet", "Parked"):
        me.tab(name).click()
        expect(me.tab(name)).to_have_attribute("aria-current", "page")
        assert me.rows_on_all_pages() == me.tab_count(name), name


def test_a_refused_call_says_the_rule_who_acts_and_when_to_look_again(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.room("Calls")
    me.tab("Refused").click()
    me.page.get_by_role("link", name="D'Angelo O'Shaughnessy-Petrov").click()
    expect(me.page.locator("main")).to_contain_text("(R8)")
    expect(me.page.get_by_text("Who must act")).to_be_visible()
    expect(me.state("ivr")).to_contain_text("Refused")
    for key in ("cap", "sec", "sesis"):
        expect(me.state(key)).to_have_text("Not sent")
    me.page.get_by_role("link", name="Back to calls").click()
    expect(me.heading).to_have_text("Calls")


def test_a_nurses_call_is_read_as_somebody_elses(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.room("Calls")
    me.tab("Refused").click()
    me.row("Rosalind Quartey").get_by_role("link").click()
    expect(me.page.locator("main")).to_contain_text("Rosalind Quartey")
    expect(me.page.get_by_role("link", name="Open my caseload")).not_to_be_visible()
    me.page.locator(".crumbs").get_by_role("link", name="Calls").click()
    expect(me.heading).to_have_text("Calls")


def test_what_sec_would_not_take_is_parked_and_sent_again(visitor: Visitor) -> None:
    provider = visitor("provider")
    provider.set_fault("SEC", "Rejects records")
    number = provider.record(AMARA, SPEECH, DAY)
    expect(provider.state("sec")).to_contain_text("Parked", timeout=SOON)
    look(provider, "call-parked", DIAGONAL)
    provider.open("/simulator/")
    look(provider, "simulator-sec-rejects", DIAGONAL)
    me = visitor("coordinator")
    me.room("Calls")
    expect(me.tab("Parked")).to_contain_text("1")
    me.page.get_by_role("link", name="1 parked delivery").click()
    expect(me.row("Amara Okonkwo-Reyes")).to_contain_text("SEC rejected the record")
    look(me, "parked", DIAGONAL)
    provider.set_fault("SEC", "In order")
    me.button("Send to SEC again").click()
    expect(me.page.get_by_role("status")).to_contain_text("Sent to SEC again")
    expect(me.page.get_by_text("Nothing is parked")).to_be_visible()
    me.open("/calls/")
    row = me.row("Amara Okonkwo-Reyes")
    expect(row).to_contain_text(f"{number[:4]} {number[4:]}")
    row.get_by_role("link").click()
    expect(me.stop("sec")).to_contain_text("Taken", timeout=SOON)


def test_the_switch_between_two_schools(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.room("Calls")
    counts = {"": me.tab_count("All")}
    for school in ("15K999", "13K998"):
        me.page.get_by_text("Switch school").click()
        me.page.locator(".places").get_by_role("button", name=school).click()
        expect(me.page.locator(".places summary")).to_contain_text(school)
        counts[school] = me.tab_count("All")
        me.open("/calls/")
        assert me.tab_count("All") == counts[school]
    assert counts["15K999"] + counts["13K998"] == counts[""]
    assert min(counts.values()) > 0


def test_another_schools_call_is_not_there(visitor: Visitor) -> None:
    me = visitor("coordinator")
    me.room("Calls")
    me.page.locator("tbody a.name").first.click()
    address = me.page.url
    stranger = visitor("coordinator2", answers=frozenset({404}))
    stranger.open(address)
    expect(stranger.heading).not_to_contain_text("First call")
