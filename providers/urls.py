"""Addresses of the providers app."""

from __future__ import annotations

from django.urls import path

from providers.views import school

urlpatterns = [path("school/", school.switch, name="school-switch")]
