"""The compliance app."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Settings of the compliance app."""

    name = "compliance"
    verbose_name = "Compliance"
