"""The system check that every rule of the memo is carried out by something that exists.

It stands outside ``providers.policy``, which knows Django only through the kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from providers.policy.registry import RULE_NAMES, RULES


def check_rules(app_configs: Sequence[Any] | None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's hook
    """Return an error for each rule without an entry and for each entry that names nothing."""
    return list(problems(RULES))


def problems(rules: Mapping[str, tuple[str, ...]]) -> Iterator[CheckMessage]:
    """Yield what is wrong with a list of rules: one missing, one unknown, or a name that does not resolve."""
    for rule in RULE_NAMES:
        if rule not in rules:
            yield Error(f"{rule} has no entry in providers.policy.registry.RULES.", id="policy.E001")
    for rule, names in rules.items():
        if rule not in RULE_NAMES:
            yield Error(f"{rule} is not one of the memo's rules.", id="policy.E002")
        for name in names:
            if not exists(name):
                yield Error(f"{rule} names {name}, which does not exist.", id="policy.E003")


def exists(name: str) -> bool:
    """Return whether a name of the registry leads to something: code, constraint, setting, template or address."""
    kind, colon, rest = name.partition(":")
    if not colon:
        return _code_exists(name)
    look = _KINDS.get(kind)
    return look is not None and look(rest)


def _code_exists(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True


def _constraint_exists(path: str) -> bool:
    label, _, name = path.rpartition(".")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return any(constraint.name == name for constraint in model._meta.constraints)


def _setting_exists(name: str) -> bool:
    return hasattr(settings, name)


def _template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _url_exists(name: str) -> bool:
    return name in _url_names(get_resolver().url_patterns)


def _url_names(patterns: Sequence[URLPattern | URLResolver]) -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names |= _url_names(pattern.url_patterns)
        elif pattern.name:
            names.add(pattern.name)
    return names


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "constraint": _constraint_exists,
    "setting": _setting_exists,
    "template": _template_exists,
    "url": _url_exists,
}
