"""The caseloads app."""

from django.apps import AppConfig


class CaseloadsConfig(AppConfig):
    """Settings of the caseloads app."""

    name = "caseloads"
    verbose_name = "Caseloads"
