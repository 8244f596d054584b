"""The providers app."""

from django.apps import AppConfig
from django.core.checks import register


class ProvidersConfig(AppConfig):
    """Settings of the providers app."""

    name = "providers"
    verbose_name = "Providers"

    def ready(self) -> None:
        """Register the check that every rule of the memo has its code."""
        from providers.checks import check_rules

        register(check_rules, "policy")
