"""The compliance app."""

from django.apps import AppConfig
from django.conf import settings


class ComplianceConfig(AppConfig):
    """Settings of the compliance app."""

    name = "compliance"
    verbose_name = "Compliance"

    def ready(self) -> None:
        """Hang the comparison onto the world's walk, its bell and its clock; in a demonstration, open the offices."""
        from compliance.mismatches.offices import open_office
        from compliance.office.answers import answer
        from compliance.reconcile import hooks

        hooks.hang()
        if settings.DEMO:
            open_office(answer)
