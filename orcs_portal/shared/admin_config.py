"""Puts our own site in the place of Django's default admin."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The admin app with the portal's own site."""

    default_site = "orcs_portal.shared.admin.PortalAdminSite"
