"""The README's scenes, played literally: from top to bottom on one demonstration, as they stand, read on screen."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.test import Client

from caseloads.demonstration.days import START
from caseloads.models import Call
from orcs_portal.accounts.models import User
from orcs_portal.shared import clock
from orcs_portal.shared.commands import Stopped
from providers.kinds import Language, Service
from providers.policy.verdict import Outcome
from tests.architecture.tree import ROOT
from tests.caseloads.demonstration.scenes import SCENES, Scene
from tests.caseloads.views.filling import NEW, RECORD
from tests.caseloads.views.pages import carried, main

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<scene>[^|]+) \| (?P<who>`\w+`|by command) \| (?P<enter>[^|]+) \| \*\*(?P<told>[^|]+)\*\* ", re.MULTILINE
)
LABELS = {str(one.label): one for one in Service}
LANGUAGES = {str(one.label): one for one in Language}


class Line(NamedTuple):
    """One scene as the README tells it."""

    scene: str
    who: str
    enter: str
    told: str


LINES = [Line(*(part.strip() for part in found.groups())) for found in ROW.finditer(README)]


def typed(enter: str) -> dict[str, str]:
    """Return the form's fields as the README says to fill them in."""
    osis, service, *language, day = enter.split(", ")
    chosen = {"language": str(LANGUAGES[language[0]].value)} if language else {}
    return {"osis": osis, "service": str(LABELS[service].value), "session_on": day, **chosen}


def by_form(client: Client, enter: str) -> Any:  # noqa: ANN401 - the client's own answer
    """Fill in the form, check the answers and record them as far as that goes, and return the last page."""
    token = client.get(NEW).context["form"]["token"].value()
    answer = client.post(NEW, {**typed(enter), "token": str(token)}, follow=True)
    if answer.context.get("checked"):
        answer = client.post(RECORD, carried(answer, RECORD), follow=True)
    return answer


def by_command(line: str) -> str:
    """Run a command and return what it prints."""
    name, *options = shlex.split(line.strip("`"))
    said = io.StringIO()
    with suppress(Stopped):
        call_command(name, *options, stdout=said)
    return " ".join(said.getvalue().split())


def screen(line: Line) -> str:
    """Do what a line says and return what one reads then."""
    if line.who == "by command":
        return by_command(line.enter)
    client = Client()
    client.force_login(User.objects.get(username=line.who.strip("`")))
    if "," in line.enter:
        return main(by_form(client, line.enter))
    link = re.search(r"\*(.+)\*", line.enter)
    assert link, line.enter
    page = client.get("/caseload/").content.decode()
    address = re.search(rf'<a class="btn btn-link" href="([^"]+)">{link[1]}</a>', page)
    assert address, f"no link {link[1]}"
    return main(client.get(address[1]))


def is_kept(scene: Scene) -> bool:
    """Return whether a scene leaves a call behind: not a mistake to correct, a repeat, or a link that is followed."""
    return not scene.door and scene.outcome not in {Outcome.CORRECT, Outcome.REPEATED}


def test_every_line_of_the_table_is_read() -> None:
    assert [line.scene for line in LINES] == [scene.key.replace("-", " ") for scene in SCENES]


def test_the_scenes_told_from_top_to_bottom_on_one_demonstration_say_what_the_readme_promises(
    borough: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: borough)
    assert clock.world_now() == START
    wrong = []
    for line, scene in zip(LINES, SCENES, strict=True):
        shown = screen(line)
        wrong += [
            f"{line.scene}: {part!r} not in {shown}"
            for part in (line.told.rstrip("."), *scene.says)
            if part not in shown
        ]
    assert not wrong, "\n\n".join(wrong)
    assert Call.objects.filter(received=START).count() == sum(map(is_kept, SCENES))
