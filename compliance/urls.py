"""Addresses of the compliance app; one address per act."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
