"""The door: every address of the portal."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("orcs_portal.shared.urls")),
    path("", include("orcs_portal.accounts.urls")),
    path("", include("providers.urls")),
    path("", include("caseloads.urls")),
    path("", include("compliance.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "orcs_portal.shared.errors.bad_request"
handler403 = "orcs_portal.shared.errors.denied"
handler404 = "orcs_portal.shared.errors.not_found"
handler500 = "orcs_portal.shared.errors.broken"
