"""The providers app."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Settings of the providers app."""

    name = "providers"
    verbose_name = "Providers"
