"""The rows that questions answer with, for pages to name in their annotations.

Pages import no models: what they ask is asked here, and already within the asker's scope.
"""

from __future__ import annotations

from caseloads.facts import NoSchoolYear
from caseloads.models import Assignment, Call, Mandate, Vacancy
from orcs_portal.accounts.models import User
from providers.models import Provider, School

__all__ = ["Assignment", "Call", "Mandate", "NoSchoolYear", "Provider", "School", "User", "Vacancy"]
