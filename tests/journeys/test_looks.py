"""Every page as each kind of user finds it: nothing for axe, nothing in the console, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, VIEWS, look

PAGES = {
    "provider": ("/caseload/", "/calls/new/", "/caseload/?tab=to-call", "/calls/parked/", "/simulator/"),
    "coordinator": ("/calls/", "/calls/?tab=refused", "/calls/?tab=on-its-way"),
    "nurse": ("/caseload/", "/calls/new/"),
    "rsaprovider": ("/caseload/", "/calls/new/"),
    "agencyprovider": ("/caseload/",),
    "agency": ("/calls/",),
    "orcs": ("/calls/",),
    "auditor": ("/simulator/",),
    "admin": ("/admin/", "/admin/caseloads/delivery/", "/admin/accounts/user/", "/admin/compliance/finding/"),
}
IN_FULL = {"/caseload/", "/calls/new/", "/calls/", "/simulator/"}  # whose parts the others are made of


@pytest.mark.parametrize("username", PAGES)
def test_pages_of(visitor: Visitor, username: str) -> None:
    person = visitor(username)
    for address in PAGES[username]:
        views = VIEWS if username in {"provider", "coordinator"} and address in IN_FULL else DIAGONAL
        person.open(address)
        look(person, f"{username}{address.replace('/', '-').replace('?', '')}", views)
