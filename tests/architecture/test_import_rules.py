"""The import rules: kept by the tree as it is, and each of them broken by an import that it forbids."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import tree

CONTRACTS: list[dict[str, Any]] = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
VERDICT = re.compile(r"^(?P<name>\S.*?) (?P<verdict>KEPT|BROKEN)\b", re.MULTILINE)

PLANTED = {
    "The staircase": ("providers/planted.py", "import caseloads.intake"),
    "Inside an app": ("orcs_portal/accounts/models.py", "import orcs_portal.accounts.forms"),
    "Inside caseloads": ("caseloads/models/planted.py", "import caseloads.systems.registry"),
    "Pages import no models": ("caseloads/views/planted.py", "import providers.models"),
    "The policy is pure": ("providers/policy/planted.py", "import orcs_portal.audit"),
    "The policy knows Django only": ("providers/policy/planted.py", "import django.utils.timezone"),
    "CAP, SEC and SESIS": ("caseloads/systems/cap/planted.py", "import caseloads.systems.sec.gateway"),
    "What CAP and SEC say": ("caseloads/planted.py", "import caseloads.systems.cap.models"),
    "Pages import neither": ("caseloads/views/planted.py", "import caseloads.propagation"),
    "No request talks": ("caseloads/actions.py", "import celery"),
    "The embedded services": ("orcs_portal/embedded/planted.py", "import providers.kinds"),
    "Rooms read settings": ("providers/planted.py", "import orcs_portal.settings.base"),
    "Production knows": ("orcs_portal/settings/production.py", "import orcs_portal.embedded.place"),
}


def verdicts(folder: Path) -> dict[str, str]:
    """Return each contract's verdict over a tree, by its name up to the first colon or comma."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(
        [*command, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "COLUMNS": "400", "NO_COLOR": "1"},
    )
    found = {match["name"]: match["verdict"] for match in VERDICT.finditer(done.stdout)}
    assert found, done.stdout + done.stderr
    return found


def of(found: dict[str, str], beginning: str) -> str:
    """Return the verdict of the one contract whose name begins so."""
    (name,) = [name for name in found if name.startswith(beginning)]
    return found[name]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the verdicts over a copy of the tree in which every rule is broken once."""
    folder = tmp_path_factory.mktemp("planted")
    for room in tree.ROOMS:
        shutil.copytree(tree.ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    for where, line in PLANTED.values():
        path = folder / where
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    return verdicts(folder)


def test_every_rule_has_its_planted_fault() -> None:
    names = [contract["name"] for contract in CONTRACTS]
    assert [len([name for name in names if name.startswith(beginning)]) for beginning in PLANTED] == [1] * len(names)


def test_the_tree_keeps_every_rule() -> None:
    found = verdicts(tree.ROOT)
    assert len(found) == len(CONTRACTS)
    assert not [name for name, verdict in found.items() if verdict != "KEPT"]


@pytest.mark.parametrize("beginning", PLANTED)
def test_a_forbidden_import_is_refused(broken: dict[str, str], beginning: str) -> None:
    assert of(broken, beginning) == "BROKEN"
