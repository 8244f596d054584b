"""The image and the services around it are what the code expects: commands, environment, accounts and schema."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import yaml
from django.conf import settings

from orcs_portal.celery import app
from orcs_portal.embedded import portal
from orcs_portal.embedded.program import Program
from orcs_portal.settings.environment import REQUIRED, check_environment
from tests.architecture import tree

COMPOSE: dict[str, Any] = yaml.safe_load((tree.ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (tree.ROOT / "Dockerfile").read_text(encoding="utf-8")
PORTAL = ("migrate", "web", "worker", "beat")
LASTING = tuple(name for name in SERVICES if name != "migrate")
INTERPOLATED = re.compile(r"\$\{(?P<name>[A-Z_]+):\?[^}]+\}")


def option(name: str, flag: str) -> str:
    """Return the value of an option in a service's command, written ``--flag=value`` or ``-f value``."""
    words: list[str] = SERVICES[name]["command"]
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == flag:
            return following
        if word.startswith(f"{flag}="):
            return word.removeprefix(f"{flag}=")
    raise AssertionError(f"{name} is not given {flag}")


def filled(value: str) -> str:
    """Return a value of the compose file as a person's .env would fill it."""
    made_up = {
        "POSTGRES_PASSWORD": "made-up-for-the-test",
        "SECRET_KEY": "made up for the test, 0123456789 abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "portal.example",
        "PUBLIC_BASE_URL": "https://portal.example",
        "EMAIL_URL": "smtp+tls://portal:word@mail.example:587",
    }
    return INTERPOLATED.sub(lambda match: made_up[match["name"]], value)


def test_the_file_keeps_to_the_compose_schema() -> None:
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*checker, "docker-compose.yml"], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_are_the_five_and_the_migrations() -> None:
    assert set(SERVICES) == {"postgres", "valkey", *PORTAL}


def test_one_image_serves_every_process_of_ours() -> None:
    assert {SERVICES[name]["image"] for name in PORTAL} == {"orcs-portal"}


def test_images_are_named_without_a_host_and_with_a_version() -> None:
    named = [SERVICES[name]["image"] for name in ("postgres", "valkey")]
    named += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(named) == 4
    assert not [image for image in named if "." in image.split("/")[0].split(":")[0] or ":" not in image]


def test_the_databases_version_is_one_the_constraints_need() -> None:
    assert int(SERVICES["postgres"]["image"].split(":")[1]) >= 17
    assert SERVICES["postgres"]["shm_size"] == "256mb"


@pytest.mark.parametrize("name", PORTAL)
def test_every_process_gets_what_production_asks_for(name: str) -> None:
    environment = {key: filled(value) for key, value in SERVICES[name]["environment"].items()}
    assert environment.keys() - {"PGOPTIONS"} == REQUIRED.keys()
    check_environment(environment)


def test_a_value_that_env_must_give_stops_the_start_when_it_is_missing() -> None:
    given = [value for name in PORTAL for value in SERVICES[name]["environment"].values() if "$" in value]
    assert given
    assert not [value for value in given if not INTERPOLATED.search(value)]


def test_nothing_secret_is_written_in_the_file() -> None:
    environment = SERVICES["web"]["environment"]
    assert not [key for key in ("SECRET_KEY", "EMAIL_URL") if INTERPOLATED.sub("", environment[key])]


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_says_how_it_is_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_processes_wait_for_the_migrations() -> None:
    waiting = {name: SERVICES[name]["depends_on"]["migrate"]["condition"] for name in ("web", "worker", "beat")}
    assert set(waiting.values()) == {"service_completed_successfully"}


def test_a_migration_gives_up_a_lock_it_cannot_have() -> None:
    assert SERVICES["migrate"]["command"] == ["python", "manage.py", "migrate", "--noinput"]
    assert SERVICES["migrate"]["environment"]["PGOPTIONS"] == "-c lock_timeout=1s"


def test_the_web_server_serves_our_application() -> None:
    program, application = SERVICES["web"]["command"][:2]
    assert program == "gunicorn"
    assert application.replace(":", ".") == settings.WSGI_APPLICATION


@pytest.mark.parametrize(("options", "known"), [(SERVICES["web"]["command"][2:], True), (["--no-such-option"], False)])
def test_the_web_servers_options_are_ones_that_it_knows(options: list[str], known: bool) -> None:
    check = [sys.executable, "-m", "gunicorn", *options, "--check-config", "wsgiref.simple_server:demo_app"]
    done = subprocess.run(check, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is known, done.stderr


def named(queue: object) -> str:
    """Return a queue's name; Celery wraps the names of a schedule once for each beat that this process has had."""
    while not isinstance(queue, str):
        queue = getattr(queue, "name")  # noqa: B009 - a queue, or a queue named by a queue
    return queue


def test_workers_listen_to_every_queue_and_beats_keep_their_schedule_to_themselves() -> None:
    entries = app.conf.beat_schedule.values()
    queues = {named(entry["options"]["queue"]) for entry in entries}
    assert set(option("worker", "-Q").split(",")) == queues
    assert option("worker", "-A") == option("beat", "-A") == app.main
    assert option("beat", "--schedule").startswith(SERVICES["beat"]["tmpfs"][0])


@pytest.mark.parametrize(
    ("name", "program"),
    [("web", portal.web("0.0.0.0:8000")), ("worker", portal.worker()), ("beat", portal.beat("/tmp/schedule"))],  # noqa: S108 - inside the container
)
def test_a_container_runs_what_make_run_runs(name: str, program: Program) -> None:
    python, module, *words = program.command
    assert (python, module) == (sys.executable, "-m")
    assert not [word for word in words if word not in SERVICES[name]["command"] and not word.startswith("--workers=")]


def test_three_workers_and_two_beats_are_the_rule() -> None:
    assert SERVICES["worker"]["deploy"]["replicas"] == 3
    assert SERVICES["beat"]["deploy"]["replicas"] == 2


@pytest.mark.parametrize("name", PORTAL)
def test_a_process_can_change_nothing_but_its_temporary_folder(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own
    assert service["cap_drop"] == ["ALL"]


def test_the_image_runs_as_an_account_without_rights() -> None:
    instructions = re.findall(r"^([A-Z]+) ", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)
    assert instructions.index("USER") > max(i for i, word in enumerate(instructions) if word in {"COPY", "RUN"})


def test_the_image_takes_hashed_wheels_alone() -> None:
    assert "--no-deps --require-hashes --only-binary :all: -r requirements-image.lock" in DOCKERFILE


def test_the_image_holds_every_room_and_the_build_lets_it_in() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    let_in = {
        line[1:] for line in (tree.ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    assert copied == {*tree.ROOMS, "static", "templates"}
    assert copied | {"manage.py", "pyproject.toml", "requirements-image.lock"} == let_in


def test_static_files_are_collected_with_an_environment_that_production_takes() -> None:
    run = re.search(r"^RUN ((?:[A-Z_]+=\S+ (?:\\\n *)?)+)python manage.py collectstatic", DOCKERFILE, re.MULTILINE)
    assert run
    environment = dict(word.split("=", 1) for word in shlex.split(run[1].replace("\\\n", " ")))
    assert environment.keys() == REQUIRED.keys()
    check_environment(environment)
