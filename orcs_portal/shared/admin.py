"""The admin: read-only, for the administrator alone, and not there for anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

M = TypeVar("M", bound=Model)
V = TypeVar("V", bound=Callable[..., HttpResponseBase])
KEPT_PAGES = {"index", "app_list", "jsi18n"}
KEPT_MODEL_PAGES = ("_changelist", "_change")
"""The pages that only read. Signing in, passwords, adding, deleting and histories of them do not exist here."""


def is_administrator(request: HttpRequest) -> bool:
    """Return whether this request's standing (set by the providers' middleware) is the administrator's."""
    standing = getattr(request, "standing", None)
    return standing is not None and bool(standing.is_admin)


class PortalAdminSite(AdminSite):
    """Answers 404 to everyone but the administrator, as if there were no admin."""

    site_header = "ORCS Portal, records"
    site_title = "ORCS Portal"
    index_title = "Records, read only"
    index_template = "admin/records.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def register(
        self,
        model_or_iterable: type[M] | Iterable[type[M]],
        admin_class: type[ModelAdmin[M]] | None = None,
        **options: Any,
    ) -> None:
        """Register models that are only read; what a package registers for writing, such as groups, stays out."""
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether this is the administrator."""
        return is_administrator(request)

    def admin_view(self, view: V, cacheable: bool = False) -> V:  # noqa: FBT001, FBT002 - Django's own signature
        """Wrap a page of the admin: nobody else finds it, and nothing but reading is allowed on it."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            return inner(request, *args, **kwargs)

        return cast(V, update_wrapper(guarded, view))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the pages that only read.

        They are exempt from the check for forged forms: it would answer 403 before the 404 and so give the admin away,
        and there is no form to forge.
        """
        urls = [url for url in super().get_urls() if isinstance(url, URLResolver) or url.name in KEPT_PAGES]
        for url in walk(urls):
            url.callback.csrf_exempt = True  # type: ignore[attr-defined] # how Django marks a view
        return urls


def walk(urls: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield every address at any depth."""
    for url in urls:
        if isinstance(url, URLResolver):
            yield from walk(url.url_patterns)
        else:
            yield url


class ReadOnlyAdmin(ModelAdmin[M]):
    """Shows every row of a model to the administrator and changes none."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_urls(self) -> list[URLPattern]:
        """Return the list of rows and the page of one."""
        return [url for url in super().get_urls() if (url.name or "").endswith(KEPT_MODEL_PAGES)]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the app is listed."""
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return whether rows may be read."""
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: rows come from the portal's own acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return False: as adding."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return False: as adding."""
        return False
