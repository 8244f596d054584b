"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Settings of the audit app."""

    name = "orcs_portal.audit"
    label = "audit"
