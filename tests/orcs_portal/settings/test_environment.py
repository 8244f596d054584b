"""A process that is told too little, or nonsense, does not start: one sentence each, never a value."""

from __future__ import annotations

import pytest

from orcs_portal.settings.environment import (
    REQUIRED,
    EnvironmentRefusedError,
    check_clone,
    check_environment,
    hosts,
)

GOOD = {
    "DATABASE_URL": "postgres://portal:word@db.example:5432/portal",
    "REDIS_URL": "redis://broker.example:6379/0",
    "SECRET_KEY": "only for this test 0123456789 abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.example, .schools.example",
    "PUBLIC_BASE_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://portal:word@mail.example:587",
}


def refusal(**changes: str) -> str:
    """Return the sentence with which an environment is refused."""
    with pytest.raises(EnvironmentRefusedError) as refused:
        check_environment(GOOD | changes)
    return str(refused.value)


def test_a_whole_environment_is_taken() -> None:
    assert GOOD.keys() == REQUIRED.keys()
    check_environment(GOOD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://db.example/portal"),
        ("REDIS_URL", "rediss://broker.example"),
        ("REDIS_URL", "unix:///run/valkey.sock"),
        ("SECRET_KEY", "0123456789" * 5),
        ("PUBLIC_BASE_URL", "https://a.schools.example"),
        ("PUBLIC_BASE_URL", "https://schools.example:8443"),
        ("EMAIL_URL", "smtp://mail.example"),
    ],
)
def test_other_good_values_are_taken(name: str, value: str) -> None:
    check_environment(GOOD | {name: value})


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("empty", ["", "  "])
def test_a_missing_one_is_named(name: str, empty: str) -> None:
    assert refusal(**{name: empty}) == f"The environment lacks {name}, which production needs."


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(EnvironmentRefusedError) as refused:
        check_environment({name: value for name, value in GOOD.items() if name not in {"SECRET_KEY", "EMAIL_URL"}})
    assert str(refused.value) == "The environment lacks SECRET_KEY and EMAIL_URL, which production needs."


WRONG = {
    "DATABASE_URL": ["mysql://db.example/portal", "postgres://db.example", "postgres://db.example:port/portal", "db"],
    "REDIS_URL": ["http://broker.example", "redis://", "unix://", "redis://broker.example:port"],
    "SECRET_KEY": ["short", "a" * 60, "django-insecure-" + "0123456789" * 5, ("0123456789" * 5)[:-1]],
    "ALLOWED_HOSTS": ["*", "https://portal.example", "portal.example:8000", "Portal.example", "a b", ","],
    "PUBLIC_BASE_URL": [
        "http://portal.example",
        "portal.example",
        "https://",
        "https://portal.example/",
        "https://portal.example?x=1",
        "https://portal.example#top",
        "https://portal.example:port",
    ],
    "EMAIL_URL": ["https://mail.example", "mail.example", "smtp://", "smtp://mail.example:port"],
}
SENTENCES = {
    "DATABASE_URL": "DATABASE_URL must look like postgres://user:password@host:5432/name.",
    "REDIS_URL": "REDIS_URL must look like redis://host:6379/0 or unix:///path/of/a/socket.",
    "SECRET_KEY": "SECRET_KEY must be at least 50 random characters.",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS must list host names, separated by commas, and no wildcard, scheme or port.",
    "PUBLIC_BASE_URL": "PUBLIC_BASE_URL must be https:// and a host name, with nothing after it.",
    "EMAIL_URL": "EMAIL_URL must look like smtp+tls://user:password@host:587.",
}


def test_every_variable_has_its_sentence_and_values_that_are_refused() -> None:
    assert WRONG.keys() == SENTENCES.keys() == REQUIRED.keys()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_nonsense_is_refused_in_one_sentence_that_never_shows_it(name: str, value: str) -> None:
    assert refusal(**{name: value}) == SENTENCES[name]


@pytest.mark.parametrize("host", ["elsewhere.example", "portal.example.org", "notschools.example"])
def test_an_address_that_the_portal_would_not_answer_at_is_refused(host: str) -> None:
    said = refusal(PUBLIC_BASE_URL=f"https://{host}")
    assert said == "PUBLIC_BASE_URL names a host that ALLOWED_HOSTS does not list."


def test_hosts_are_read_with_blanks_and_empty_parts_left_out() -> None:
    assert hosts(" a.example,, b.example ,") == ["a.example", "b.example"]


@pytest.mark.parametrize("value", ["banana", "true", "2", "no"])
def test_the_demonstration_is_on_or_off_and_nothing_else(value: str) -> None:
    assert refusal(DEMO=value) == "DEMO must be 1 or 0."
    with pytest.raises(EnvironmentRefusedError, match=r"^DEMO must be 1 or 0\.$"):
        check_clone({"DEMO": value})
    check_environment(GOOD | {"DEMO": "0"})


def test_a_clone_need_be_told_nothing() -> None:
    check_clone({})
    check_clone({"DEMO": "1", "PUBLIC_BASE_URL": "http://localhost:8001", "ALLOWED_HOSTS": "localhost"})
    check_clone(GOOD | {"DEMO": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in WRONG.items() for value in values if not value.startswith("http://portal")],
)
def test_what_a_clone_is_told_must_make_sense_too(name: str, value: str) -> None:
    with pytest.raises(EnvironmentRefusedError) as refused:
        check_clone(GOOD | {name: value})
    assert str(refused.value) == SENTENCES[name].replace("must be https://", "must be http:// or https://")


def test_whoever_names_a_database_of_their_own_names_a_broker_too() -> None:
    with pytest.raises(EnvironmentRefusedError) as refused:
        check_clone({"DATABASE_URL": GOOD["DATABASE_URL"]})
    assert str(refused.value) == "The environment has DATABASE_URL and lacks REDIS_URL."
