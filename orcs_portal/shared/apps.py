"""The shared app."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Settings of the shared app."""

    name = "orcs_portal.shared"
    label = "shared"
