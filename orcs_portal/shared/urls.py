"""Addresses that every deployment asks, without signing in."""

from __future__ import annotations

from django.urls import path

from orcs_portal.shared.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
