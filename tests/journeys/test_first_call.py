"""A provider records a first call and watches it reach SESIS, CAP and SEC; SEC is switched off and on again."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.journeys.people import NARROW, Person, arrive

STUDENT = "900 012 011"
DAY = "11/23/2026"


def stop(person: Person, key: str) -> str:
    """Return what the call's line says at a stop."""
    return person.page.locator(f".at-{key}").inner_text()


def test_a_call_reaches_sesis_then_cap_then_sec_and_the_caseload_says_why(browser: Browser, url: str) -> None:
    provider = arrive(browser, url)
    provider.sign_in("provider")
    expect(provider.page).to_have_url(re.compile("/caseload/$"))
    number = provider.record(STUDENT, DAY)
    call = provider.page.url.removeprefix(url)
    assert "Waiting" in stop(provider, "sesis")

    watching = arrive(browser, url)
    watching.sign_in("provider")
    watching.open(call)
    provider.move_on("a night")
    expect(watching.page.locator(".at-sesis")).to_contain_text("On the caseload", timeout=15_000)
    expect(watching.page.locator(".at-cap")).to_contain_text("Mandate marked", timeout=15_000)
    assert "Waiting" in stop(watching, "sec")
    provider.move_on("a night")
    expect(watching.page.locator(".at-sec")).to_contain_text("The report shows it", timeout=15_000)

    provider.open("/caseload/?tab=open")
    row = provider.page.locator("tr", has_text="900012011")
    expect(row).to_contain_text(re.compile(rf"{number[:4]}\s?{number[-4:]}"))
    assert provider.said == []
    assert watching.said == []


def test_with_sec_off_the_rest_goes_on_and_sec_recovers_by_itself(browser: Browser, url: str) -> None:
    provider = arrive(browser, url, width=NARROW)
    provider.sign_in("provider")
    provider.turn("SEC", "Switched off")
    provider.record(STUDENT, DAY)
    call = provider.page.url.removeprefix(url)
    expect(provider.page.locator(".at-sec")).to_contain_text("SEC did not answer", timeout=20_000)
    expect(provider.page.locator(".at-cap")).to_contain_text("Taken", timeout=20_000)
    provider.turn("SEC", "In order")
    provider.open(call)
    expect(provider.page.locator(".at-sec")).to_contain_text("shows a day after CAP has it", timeout=30_000)


def test_the_whole_way_without_script(browser: Browser, url: str) -> None:
    provider = arrive(browser, url, script=False)
    provider.sign_in("provider")
    provider.record(STUDENT, DAY)
    call = provider.page.url.removeprefix(url)
    for _ in range(40):
        provider.open(call)
        if "Taken" in stop(provider, "sec"):
            break
        provider.page.wait_for_timeout(250)
    assert "Expected by" in stop(provider, "sec")


def test_by_keyboard_alone(browser: Browser, url: str) -> None:
    provider = arrive(browser, url)
    provider.sign_in("provider")
    provider.open("/calls/new/")
    keys = provider.page.keyboard
    provider.page.get_by_label("Student's OSIS number").focus()
    keys.type(STUDENT)
    keys.press("Tab")
    keys.type("Speech")
    keys.press("Tab")
    keys.type(DAY)
    keys.press("Enter")
    record = provider.page.get_by_role("button", name="Record this first call")
    record.wait_for()
    for _ in range(40):
        keys.press("Tab")
        if record.evaluate("one => one === document.activeElement"):
            break
    outline = record.evaluate("one => getComputedStyle(one).outlineWidth")
    assert outline == "3px"
    keys.press("Enter")
    expect(provider.page.locator(".confirmation-number")).to_be_visible()


def test_what_was_typed_outlives_the_session(browser: Browser, url: str) -> None:
    provider = arrive(browser, url)
    provider.sign_in("provider")
    provider.fill_in(STUDENT, DAY)
    provider.page.context.clear_cookies(name="sessionid")
    provider.page.get_by_role("button", name="Check your answers").click()
    provider.page.get_by_label("User name").fill("provider")
    provider.page.get_by_label("Password").fill("only-a-demonstration")
    provider.page.get_by_role("button", name="Sign in").click()
    expect(provider.page.get_by_label("Student's OSIS number")).to_have_value(STUDENT)
    expect(provider.page.get_by_label("First session on")).to_have_value(DAY)


def test_a_double_click_and_a_second_tab_make_one_call(browser: Browser, url: str) -> None:
    provider = arrive(browser, url)
    provider.sign_in("provider")
    provider.fill_in(STUDENT, DAY)
    provider.page.get_by_role("button", name="Check your answers").click()
    provider.page.get_by_role("button", name="Record this first call").dblclick()
    number = provider.page.locator(".confirmation-number").inner_text()
    provider.fill_in(STUDENT, DAY)
    provider.page.get_by_role("button", name="Check your answers").click()
    assert provider.page.locator(".confirmation-number").inner_text() == number
    expect(provider.page.get_by_text("You had already called.")).to_be_visible()
