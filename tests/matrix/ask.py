"""Asks for every cell of a row, and says which answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from tests.matrix.cast import Cast
from tests.matrix.table import METHODS, Address, Row
from tests.matrix.thing import Thing
from tests.oracle.oracle import LeakError


def answers(row: Row, address: Address, cast: Cast, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield role, method and answer for each cell of a row at an address it covers."""
    for thing in things_of(row, address, cast):
        settings.DEMO = thing.demo
        url = reverse(address.name, kwargs=dict(thing.parameters))
        for role, cookies in cast.browsers.items():
            for method in METHODS[row.method]:
                yield role, method, answer(cookies, method, url, thing)


def things_of(row: Row, address: Address, cast: Cast) -> list[Thing]:
    """Return what the row is about; in the admin, the first row of the model shown, or no row where it has none."""
    if row.about not in {"a row", "no row"}:
        return [cast.things[row.about]]
    app, model, _page = address.name.removeprefix("admin:").split("_", 2)
    first = apps.get_model(app, model)._base_manager.order_by("pk").first()
    if row.about == "a row":
        return [Thing({"object_id": first.pk})] if first is not None else []
    return [cast.things[row.about]] if first is None else []


def answer(cookies: str, method: str, url: str, thing: Thing) -> str:
    """Return what a browser with these cookies gets, as the matrix writes it; whatever it changed is taken back."""
    browser = Client()
    browser.cookies.load(cookies)
    with transaction.atomic():
        try:
            response = getattr(browser, method.lower())(url, dict(thing.data) if method == "POST" else None)
            said = written(response)
        except LeakError:
            said = "leak"
        transaction.set_rollback(True)
    return said


def written(response: HttpResponseBase) -> str:
    """Return a status, or ``>name`` for a redirect."""
    if response.status_code != 302:
        return str(response.status_code)
    return f">{resolve(urlsplit(response.headers['Location']).path).view_name}"


def differing(row: Row, address: Address, cast: Cast, settings: Settings) -> list[str]:
    """Return a sentence for every cell whose answer is not the one written."""
    return [
        f"{row.key} at {address.name}: {role} by {method} got {got}, not {row.expected[role]}"
        for role, method, got in answers(row, address, cast, settings)
        if got != row.expected[role]
    ]
