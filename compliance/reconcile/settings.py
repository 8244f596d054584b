"""The numbers of the comparison, from Django's settings: lags, ages, limits, and how soon somebody should act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from compliance.kinds import Code, Severity
from compliance.reconcile.entry import Entry
from providers.kinds import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Lags in hours of the clock or business days, ages in school days; each is the last one that is still in time."""

    pending_business_days: int
    sec_hours: int
    caseload_hours: int
    galaxy_hours: int
    awaiting_days: int
    vacancy_days: int
    transmittal_days: int
    agency_days: int
    call_days: int
    letter_calendar_days: int
    limits: Mapping[Service, int]


PLAIN = tuple(one.name for one in fields(Numbers) if one.name != "limits")
"""The numbers that are one whole number each."""


def numbers() -> Numbers:
    """Return the numbers in force; raises ``ImproperlyConfigured`` for a name or a value that makes no sense."""
    given: Mapping[str, object] = settings.RECONCILE_NUMBERS
    if set(given) != set(PLAIN):
        wrong = sorted(set(given) ^ set(PLAIN))
        raise ImproperlyConfigured(f"RECONCILE_NUMBERS must name each number once; look at: {', '.join(wrong)}")
    limits = {Service.from_slug(slug): _whole("RECONCILE_LIMITS", slug, value) for slug, value in _limits().items()}
    plain = {name: _whole("RECONCILE_NUMBERS", name, value) for name, value in given.items()}
    return Numbers(**plain, limits=limits)


def _limits() -> Mapping[str, object]:
    given: Mapping[str, object] = settings.RECONCILE_LIMITS
    return given


def _whole(setting: str, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ImproperlyConfigured(f"{setting}: {name} must be a whole number, 0 or more, and is {value!r}")
    return value


def as_set(entries: Mapping[Code, Entry]) -> Mapping[Code, Entry]:
    """Return the catalogue with the severities and school days to act that ``RECONCILE_ACT`` sets, by code's name."""
    given: Mapping[str, tuple[str, int]] = settings.RECONCILE_ACT
    changed = dict(entries)
    for name, (severity, days) in given.items():
        code = Code.from_name(name)
        changed[code] = replace(
            changed[code], severity=Severity.from_slug(severity), days=_whole("RECONCILE_ACT", name, days)
        )
    return MappingProxyType(changed)
