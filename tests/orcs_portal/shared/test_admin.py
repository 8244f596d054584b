"""The admin reads, for the administrator alone; for everybody else there is none."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as portal
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import get_resolver

from caseloads.models import Student
from orcs_portal.accounts.models import User
from orcs_portal.shared.admin import PortalAdminSite, ReadOnlyAdmin, is_administrator
from providers.models.grant import Standing
from providers.scope import standing_of
from tests import build

PAGES = ["/admin/", "/admin/accounts/", "/admin/accounts/user/", "/admin/jsi18n/"]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
FULL_STANDINGS = [standing for standing in Standing if standing != Standing.ADMINISTRATOR]


@pytest.fixture
def administrator(db: None) -> User:
    user = build.user("root", "Ruth Administrator")
    build.grant(user, Standing.ADMINISTRATOR)
    return user


@pytest.fixture
def browser(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def somebody(standing: Standing) -> User:
    """Return a user with this standing and the scope it takes."""
    user = build.user()
    school = build.school()
    scope = {
        Standing.COORDINATOR: {"at": school},
        Standing.HEAD: {"at": school},
        Standing.PROVIDER: {"provider": build.provider()},
        Standing.AGENCY: {"agency": build.agency()},
    }
    build.grant(user, standing, **scope.get(standing, {}))  # type: ignore[arg-type] # one scope each
    return user


def of(user: User) -> list[str]:
    """Return the addresses of one row."""
    return [f"/admin/accounts/user/{user.pk}/change/", "/admin/accounts/user/0/change/"]


def rows() -> list[ModelAdmin[Any]]:
    """Return how each model in the admin is shown."""
    return [admin.site.get_model_admin(model) for model in apps.get_models() if admin.site.is_registered(model)]


def test_every_model_in_the_admin_is_only_read() -> None:
    assert len(rows()) > 1
    assert not [one for one in rows() if not isinstance(one, ReadOnlyAdmin)]


@pytest.mark.parametrize("model", [Group, Student])
def test_groups_which_mean_nothing_here_and_students_are_not_in_the_admin(model: type[Model]) -> None:
    assert not admin.site.is_registered(model)


def test_what_would_write_is_not_registered() -> None:
    site = PortalAdminSite()
    site.register(User, ModelAdmin)
    site.register(User)
    assert not site.is_registered(User)
    site.register([User], ReadOnlyAdmin)
    assert site.is_registered(User)


def test_nothing_in_the_admin_names_a_student_since_nothing_there_is_recorded(administrator: User) -> None:
    request = RequestFactory().get("/admin/")
    request.standing = standing_of(administrator.pk, on=build.TODAY)  # type: ignore[attr-defined] # as the middleware does
    shown = [(one.model, field) for one in rows() for field in flatten_fieldsets(one.get_fieldsets(request))]
    listed = [(one.model, field) for one in rows() for field in one.get_list_display(request)]
    assert len(shown) > len(rows())
    assert not [(model, field) for model, field in shown + listed if field in {"student", "call", "mandate", "osis"}]


@pytest.mark.parametrize("url", PAGES)
def test_the_administrator_reads(browser: Client, url: str) -> None:
    assert browser.get(url).status_code == 200


def test_the_help_desk_stands_there_without_an_icon_that_the_admin_has_not(browser: Client) -> None:
    page = browser.get("/admin/").content.decode()
    assert ">(718) 935-2985</a>" in page
    assert 'href="#i-' not in page


@pytest.mark.parametrize("standing", FULL_STANDINGS)
def test_nobody_else_finds_it(client: Client, administrator: User, standing: Standing) -> None:
    client.force_login(somebody(standing))
    assert {client.get(url).status_code for url in PAGES + of(administrator)} == {404}


def test_whoever_is_not_signed_in_finds_nothing_and_is_not_asked_to_sign_in(
    client: Client, administrator: User
) -> None:
    assert {client.get(url).status_code for url in PAGES + of(administrator)} == {404}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_stranger_cannot_tell_it_from_nothing_by_another_method(strict: Client, db: None, method: str) -> None:
    answers = {getattr(strict, method)(url).status_code for url in [*PAGES, "/admin/nothing/", "/nothing/"]}
    assert answers == {404}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_allowed(browser: Client, administrator: User, method: str) -> None:
    assert {getattr(browser, method)(url).status_code for url in PAGES + of(administrator)} == {405}
    administrator.refresh_from_db()
    assert administrator.full_name == "Ruth Administrator"


@pytest.mark.parametrize(
    "url",
    [
        "login/",
        "logout/",
        "password_change/",
        "autocomplete/",
        "accounts/user/add/",
        "accounts/user/{pk}/delete/",
        "accounts/user/{pk}/history/",
        "accounts/user/{pk}/",
    ],
)
def test_pages_that_write_or_sign_in_do_not_exist(browser: Client, administrator: User, url: str) -> None:
    assert browser.get(f"/admin/{url.format(pk=administrator.pk)}").status_code == 404


def test_every_address_of_the_admin_is_named() -> None:
    namespace = get_resolver().namespace_dict["admin"][1]
    assert "index" in namespace.reverse_dict
    assert {"login", "logout", "password_change"}.isdisjoint(namespace.reverse_dict)


def test_a_page_of_one_shows_no_password_and_no_field_to_change(browser: Client, administrator: User) -> None:
    page = browser.get(of(administrator)[0]).content.decode()
    assert "Ruth Administrator" in page
    assert administrator.password not in page
    assert "argon2" not in page
    assert not re.search(r"<(?:input|select|textarea)\b(?![^>]*type=\"hidden\")", page)
    assert 'name="_save"' not in page


@pytest.mark.parametrize("url", [*PAGES[:3], "of one"])
def test_no_page_needs_what_the_content_policy_refuses(browser: Client, administrator: User, url: str) -> None:
    answer = browser.get(of(administrator)[0] if url == "of one" else url)
    assert not INLINE.findall(answer.content.decode())
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_no_list_of_rows_does_either(browser: Client) -> None:
    build.transmittal(build.mandated(build.school()), build.contract(build.agency()))
    for one in rows():
        answer = browser.get(f"/admin/{one.opts.app_label}/{one.opts.model_name}/")
        assert answer.status_code == 200, one
        assert not INLINE.findall(answer.content.decode()), one


def test_every_page_has_the_help_desk_and_the_way_out(browser: Client) -> None:
    page = browser.get("/admin/").content.decode()
    assert portal.HELP_DESK_NUMBER in page
    assert 'action="/sign-out/"' in page
    assert "Change password" not in page
    assert "Recent actions" not in page


def test_a_request_without_a_standing_is_nobodys() -> None:
    assert not is_administrator(RequestFactory().get("/admin/"))


def test_rows_are_never_added_changed_or_deleted_even_by_a_page_that_asks(administrator: User) -> None:
    request = RequestFactory().get("/admin/")
    rows = ReadOnlyAdmin(User, PortalAdminSite())
    assert not rows.has_add_permission(request)
    assert not rows.has_change_permission(request)
    assert not rows.has_delete_permission(request)
    assert rows.get_actions(request) == {}
