"""Every page, as each kind of user: nothing for axe to find, nothing in the console, nothing wider than the screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import NARROW, WIDE, arrive

PAGES = {
    "provider": ["/caseload/", "/caseload/?tab=blocked", "/calls/", "/calls/new/", "/simulator/", "/calls/parked/"],
    "coordinator": ["/calls/", "/calls/?tab=refused", "/calls/?tab=unlinked", "/calls/parked/", "/simulator/"],
    "nurse": ["/caseload/", "/calls/new/"],
    "rsaprovider": ["/calls/new/", "/caseload/"],
    "agencyprovider": ["/caseload/", "/calls/"],
    "orcs": ["/calls/"],
    "auditor": ["/calls/", "/simulator/"],
    "head": ["/calls/"],
    "agency": ["/calls/"],
}


@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (NARROW, True)], ids=["wide and light", "narrow and dark"])
@pytest.mark.parametrize("username", PAGES)
def test_a_page_is_whole(browser: Browser, url: str, username: str, width: int, dark: bool) -> None:
    person = arrive(browser, url, width=width, dark=dark)
    person.open("/sign-in/")
    found = {"/sign-in/": person.troubles()}
    person.sign_in(username)
    for address in PAGES[username]:
        person.open(address)
        found[address] = [*person.troubles(), *([f"{person.overflow()} px too wide"] if person.overflow() > 0 else [])]
    assert {address: said for address, said in found.items() if said} == {}
    assert person.said == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_call_is_whole_in_every_state(browser: Browser, url: str, width: int) -> None:
    person = arrive(browser, url, width=width)
    person.sign_in("coordinator")
    found: dict[str, list[str]] = {}
    for tab in ("accepted", "refused", "unlinked"):
        person.open(f"/calls/?tab={tab}")
        links = person.page.locator("tbody a.name").all()
        for link in [one.get_attribute("href") for one in links[:3]]:
            person.open(str(link))
            found[str(link)] = [*person.troubles(), *(["too wide"] if person.overflow() > 0 else [])]
    assert found
    assert {address: said for address, said in found.items() if said} == {}


def test_wrong_answers_are_said_at_their_fields(browser: Browser, url: str) -> None:
    provider = arrive(browser, url)
    provider.sign_in("provider")
    provider.fill_in("12345", "13/45/2026")
    provider.page.get_by_role("button", name="Check your answers").click()
    expect(provider.page.locator(".error-summary")).to_be_focused()
    expect(provider.page).to_have_title(re.compile("^Error: "))
    assert provider.troubles() == []


def test_a_coordinator_switches_between_schools(browser: Browser, url: str) -> None:
    coordinator = arrive(browser, url)
    coordinator.sign_in("coordinator")
    every = int(coordinator.page.locator(".tabs [aria-current] span").inner_text())
    coordinator.page.locator(".places summary").click()
    coordinator.page.locator(".places button").nth(1).click()
    one = int(coordinator.page.locator(".tabs [aria-current] span").inner_text())
    assert 0 < one < every
