"""Whom to write to: contacts are rows that ORCS changes (R12, R15)."""

from __future__ import annotations

from datetime import datetime

from orcs_portal.accounts.models import User
from providers.kinds import Borough
from providers.models import Contact, School


def set_school_contact(*, school: School, full_name: str, email: str, phone: str, by: User, now: datetime) -> Contact:
    """Name the related-services contact of a school, who is copied on every e-mail about its vacancies (R12)."""
    return Contact.objects.create(school=school, full_name=full_name, email=email, phone=phone, set_by=by, set_at=now)


def set_orcs_contact(*, borough: Borough, full_name: str, email: str, phone: str, by: User, now: datetime) -> Contact:
    """Name ORCS's contact for a borough, to whom its schools' vacancies go (R15)."""
    return Contact.objects.create(borough=borough, full_name=full_name, email=email, phone=phone, set_by=by, set_at=now)
