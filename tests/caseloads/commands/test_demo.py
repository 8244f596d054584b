"""``load_demo`` and ``demo_signins``: once, quietly, and never in production."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.apps import apps
from pytest_django import Settings

from caseloads.demonstration import load as loading
from caseloads.demonstration.load import load
from caseloads.demonstration.signins import PASSWORD, SIGN_INS
from caseloads.models import Student
from orcs_portal.accounts.models import User
from orcs_portal.shared import clock
from orcs_portal.shared.models import WorldClock
from providers.models import School
from tests import build
from tests.architecture.tree import ROOT
from tests.caseloads.commands.conftest import Run

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "orcs_portal.settings.production",
    "DATABASE_URL": "postgres://nobody:nothing@localhost:9/none",
    "REDIS_URL": "redis://localhost:9/0",
    "SECRET_KEY": "only-for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABC",
    "ALLOWED_HOSTS": "portal.example",
    "PUBLIC_BASE_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
}


def in_production(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a production process would; its database is never reached."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("load_demo",), "the demonstration"),
        (("demo_signins",), "a demonstration sign-in"),
        (("simulate", "fault", "sec", "off"), "the simulator"),
    ],
)
def test_production_refuses_the_demonstration_in_one_sentence(arguments: tuple[str, ...], what: str) -> None:
    ended = in_production(*arguments)
    assert (ended.returncode, ended.stdout) == (4, "")
    assert ended.stderr == f"Nothing was done: {what} exists only where DEMO is set, and never in production.\n"


def test_wrong_use_ends_with_two_and_no_trace() -> None:
    ended = in_production("record_call", "--provider", "12")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr
    assert "--student, --service, --date" in ended.stderr


@pytest.mark.django_db
def test_it_is_loaded_once_and_says_nothing_either_time(run: Run, settings: Settings) -> None:
    settings.DEMO = True
    first = run("load_demo")
    students, began = Student.objects.count(), WorldClock.objects.get()
    second = run("load_demo")
    assert (first.code, first.lines) == (second.code, second.lines) == (0, [])
    assert students == Student.objects.count() == 60
    assert WorldClock.objects.get().offset == began.offset
    assert clock.world_now() >= began.seen


@pytest.mark.django_db
def test_without_demo_nothing_is_loaded(run: Run) -> None:
    assert run("load_demo").code == 4
    assert not Student.objects.exists()
    assert not User.objects.exists()


def counts() -> dict[str, int]:
    """Return how many rows each of our tables holds."""
    ours = [model for model in apps.get_models() if model._meta.app_label in {"caseloads", "providers", "accounts"}]
    return {model.__name__: model._default_manager.count() for model in ours}


@pytest.mark.django_db
def test_a_clock_that_is_already_set_is_left_alone() -> None:
    clock.set_world(to=build.NOW, real=build.REAL)
    assert not load(real=build.REAL)
    assert not School.objects.exists()


@pytest.mark.django_db
def test_a_loading_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(loading, "live_through", fail)
    with pytest.raises(RuntimeError, match="power"):
        load(real=build.REAL)
    assert not any(counts().values())
    assert not WorldClock.objects.exists()


def test_a_line_for_each_sign_in_says_role_user_and_password(run: Run, settings: Settings) -> None:
    settings.DEMO = True
    lines = run("demo_signins").lines
    assert len(lines) == len(SIGN_INS)
    for line, one in zip(lines, SIGN_INS, strict=True):
        assert line.startswith(one.role)
        assert line.split()[-2:] == [one.username, PASSWORD]


def test_sign_ins_are_printed_as_json_lines_too(run: Run, settings: Settings) -> None:
    settings.DEMO = True
    rows = [json.loads(line) for line in run("demo_signins", "--json").lines]
    assert [(row["role"], row["user"], row["password"]) for row in rows] == [
        (one.role, one.username, PASSWORD) for one in SIGN_INS
    ]


def test_the_sign_ins_are_those_that_users_were_promised() -> None:
    promised = {"coordinator", "coordinator2", "provider", "para", "nurse", "agencyprovider", "orcs", "agency"}
    promised |= {"head", "auditor", "admin"}
    assert promised <= {one.username for one in SIGN_INS}
    assert len({one.username for one in SIGN_INS}) == len(SIGN_INS)


def test_the_password_says_that_it_protects_nothing() -> None:
    assert "demonstration" in PASSWORD
    assert len(PASSWORD) >= 12
