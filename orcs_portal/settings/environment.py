"""What a process must be told, in production and on a clone of its own, and whether it makes sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
SHORTEST_KEY = 50  # characters, Django's own measure
FEWEST_SIGNS = 10  # different characters; "aaaa..." is not a secret


class EnvironmentRefusedError(Exception):
    """A variable is missing or makes no sense; the message is one sentence that names it, never its value."""


def check_environment(environ: Mapping[str, str]) -> None:
    """Raise EnvironmentRefusedError for what is missing, else for the first variable that makes no sense."""
    _check(environ, {})
    missing = [name for name in REQUIRED if not environ.get(name, "").strip()]
    if missing:
        raise EnvironmentRefusedError(f"The environment lacks {_listed(missing)}, which production needs.")
    _check(environ, REQUIRED)
    host = urlsplit(environ["PUBLIC_BASE_URL"]).hostname or ""
    if not any(_covers(allowed, host) for allowed in hosts(environ["ALLOWED_HOSTS"])):
        raise EnvironmentRefusedError("PUBLIC_BASE_URL names a host that ALLOWED_HOSTS does not list.")


def check_clone(environ: Mapping[str, str]) -> None:
    """Raise EnvironmentRefusedError for what is given to a clone's own process and makes no sense.

    Nothing must be given, but whoever names a database names a broker too.
    """
    if "DATABASE_URL" in environ and not environ.get("REDIS_URL", "").strip():
        raise EnvironmentRefusedError("The environment has DATABASE_URL and lacks REDIS_URL.")
    _check(environ, OPTIONAL)


def hosts(value: str) -> list[str]:
    """Return the names of a comma-separated list."""
    return [name.strip() for name in value.split(",") if name.strip()]


def _check(environ: Mapping[str, str], complaints: Mapping[str, Callable[[str], str | None]]) -> None:
    """Raise for the first variable that makes no sense; ``DEMO`` may stand anywhere."""
    for name, complaint in {**complaints, "DEMO": _demo}.items():
        if name in environ and (said := complaint(environ[name])):
            raise EnvironmentRefusedError(f"{name} {said}.")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _covers(allowed: str, host: str) -> bool:
    return host == allowed or (allowed.startswith(".") and (host.endswith(allowed) or host == allowed[1:]))


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts


def _database_url(value: str) -> str | None:
    parts = _split(value)
    if parts is None or parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < len("/x"):
        return "must look like postgres://user:password@host:5432/name"
    return None


def _redis_url(value: str) -> str | None:
    parts = _split(value)
    network = parts is not None and parts.scheme in {"redis", "rediss"} and bool(parts.hostname)
    local = parts is not None and parts.scheme == "unix" and len(parts.path) > 1
    return None if network or local else "must look like redis://host:6379/0 or unix:///path/of/a/socket"


def _secret_key(value: str) -> str | None:
    if len(value) < SHORTEST_KEY or len(set(value)) < FEWEST_SIGNS or value.startswith("django-insecure-"):
        return f"must be at least {SHORTEST_KEY} random characters"
    return None


def _allowed_hosts(value: str) -> str | None:
    if all(HOST.fullmatch(name) for name in hosts(value)) and hosts(value):
        return None
    return "must list host names, separated by commas, and no wildcard, scheme or port"


def _public_base_url(value: str) -> str | None:
    parts = _split(value)
    if parts is None or parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.fragment:
        return "must be https:// and a host name, with nothing after it"
    return None


def _own_base_url(value: str) -> str | None:
    said = _public_base_url(value.replace("http://", "https://", 1) if value.startswith("http://") else value)
    return said and said.replace("https://", "http:// or https://")


def _demo(value: str) -> str | None:
    return None if value in {"", "0", "1"} else "must be 1 or 0"


def _email_url(value: str) -> str | None:
    parts = _split(value)
    if parts is None or parts.scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"} or not parts.hostname:
        return "must look like smtp+tls://user:password@host:587"
    return None


REQUIRED: dict[str, Callable[[str], str | None]] = {
    "DATABASE_URL": _database_url,
    "REDIS_URL": _redis_url,
    "SECRET_KEY": _secret_key,
    "ALLOWED_HOSTS": _allowed_hosts,
    "PUBLIC_BASE_URL": _public_base_url,
    "EMAIL_URL": _email_url,
}
OPTIONAL = {**REQUIRED, "PUBLIC_BASE_URL": _own_base_url}
