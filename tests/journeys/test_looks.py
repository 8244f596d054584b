"""Every page as each kind of user finds it: nothing for axe, nothing in the console, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.looks import DIAGONAL, VIEWS, look

PAGES = {
    "provider": ("/caseload/", "/caseload/?tab=to-call", "/calls/", "/calls/new/", "/calls/parked/", "/simulator/"),
    "coordinator": ("/calls/", "/calls/?tab=refused", "/calls/?tab=unlinked", "/calls/?tab=on-its-way"),
    "para": ("/caseload/",),
    "nurse": ("/caseload/", "/calls/new/"),
    "rsaprovider": ("/caseload/", "/calls/new/"),
    "agencyprovider": ("/caseload/", "/calls/new/"),
    "agency": ("/calls/",),
    "orcs": ("/calls/",),
    "head": ("/calls/",),
    "auditor": ("/calls/", "/simulator/"),
    "admin": (
        *("/admin/", "/admin/caseloads/", "/admin/caseloads/delivery/", "/admin/accounts/user/"),
        *("/admin/compliance/", "/admin/compliance/finding/", "/admin/compliance/run/"),
    ),
}


IN_FULL = {"provider", "coordinator", "nurse", "rsaprovider"}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of(visitor: Visitor, username: str) -> None:
    person = visitor(username)
    views = VIEWS if username in IN_FULL else DIAGONAL
    for address in PAGES[username]:
        person.open(address)
        look(person, f"{username}{address.replace('/', '-').replace('?', '')}", views)
