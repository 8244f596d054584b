from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponse
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.urls import path
from pytest_django import Settings

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 7, 43, tzinfo=NEW_YORK)
HARBOR = SimpleNamespace(value="1", label="15K999, The Harbor School", chosen=True)
HILL = SimpleNamespace(value="2", label="15K998, The Hill School", chosen=False)


def nothing(request: HttpRequest) -> HttpResponse:
    """Stand for a page that the frame only names."""
    return HttpResponse()


urlpatterns = [path(f"{name}/", nothing, name=name) for name in ("home", "sign-in", "sign-out", "school-switch")]


@dataclass
class Frame:
    """What every page is given."""

    place: str = "15K999, The Harbor School"
    rooms: list[SimpleNamespace] = field(default_factory=list)
    who: SimpleNamespace | None = field(default_factory=lambda: SimpleNamespace(name="I. Signer", role="Coordinator"))
    places: list[SimpleNamespace] = field(default_factory=list)
    now: datetime = NOW
    demo: bool = False
    signed_in_at: datetime | None = None
    idle_minutes: int = 30


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def page(frame: Frame | None = None, **more: object) -> str:
    """Return the bare frame of a page."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    context = Context({"csrf_token": "secret", "request": SimpleNamespace(get_full_path=lambda: "/calls/?a=1&b=2")})
    context.update({"frame": frame, **more} if frame else more)
    return backend.get_template("base.html").template.render(context)


def test_the_help_desk_stands_first_on_every_page_signed_in_or_not() -> None:
    for html in (page(), page(Frame()), page(Frame(who=None, place=""))):
        spine = html[html.index('<div class="spine"') : html.index('<header class="masthead">')]
        assert 'href="tel:+17189352985"' in spine
        assert "(718) 935-2985" in spine


def test_the_first_link_leads_past_everything_to_the_page_itself() -> None:
    html = page(Frame())
    assert html.index("<a ") == html.index('<a class="skip-link" href="#main">')
    assert '<main id="main"' in html


def test_only_the_rooms_that_are_given_are_shown_each_in_masthead_and_menu() -> None:
    rooms = [
        SimpleNamespace(label="Calls", url="/calls/", count=0, current=True),
        SimpleNamespace(label="My caseload", url="/caseload/", count=None, current=False),
    ]
    html = page(Frame(rooms=rooms))
    assert html.count('href="/calls/" aria-current="page"') == 2
    assert html.count('href="/caseload/">My caseload</a>') == 2
    assert 'Calls <span class="count">0</span>' in html
    assert "Mismatches" not in html


def test_signed_out_there_are_no_rooms_nobody_and_nothing_to_sign_out_of() -> None:
    html = page(Frame(who=None))
    for absent in ('class="rooms"', 'class="menu"', 'class="who"', "Sign out", "print-head", "Signs out after"):
        assert absent not in html


def test_signing_out_is_always_a_post_with_the_pages_token() -> None:
    html = page(Frame())
    forms = re.findall(r'<form class="sign-out" action="([^"]+)" method="(\w+)">(.*?)</form>', html, re.DOTALL)
    assert len(forms) == 3
    assert {(action, method) for action, method, _ in forms} == {("/sign-out/", "post")}
    assert all('value="secret"' in inside for *_, inside in forms)


def test_the_school_switch_shows_only_to_somebody_with_several_schools() -> None:
    assert "Switch school" not in page(Frame(places=[HARBOR]))
    html = page(Frame(places=[HARBOR, HILL]))
    assert 'action="/school-switch/" method="post"' in html
    assert 'name="school" value="1" aria-current="true"' in html
    assert 'name="school" value="2">15K998, The Hill School</button>' in html
    assert 'name="next" value="/calls/?a=1&amp;b=2"' in html


def test_paper_says_who_printed_it_when_and_where() -> None:
    html = page(Frame()).replace("\u00a0", " ")
    head = html[html.index('class="print-head"') : html.index("</main>")]
    assert "Printed by I. Signer, Tue, Nov 24, 2026, 7:43 am" in head
    assert "15K999, The Harbor School" in head


def test_names_are_called_invented_only_in_the_demonstration() -> None:
    assert "All names and numbers here are invented." in page(Frame(demo=True))
    assert "invented" not in page(Frame(demo=False))


def test_the_foot_says_since_when_and_for_how_long_one_is_signed_in() -> None:
    since = datetime(2026, 11, 24, 7, 38, tzinfo=NEW_YORK)
    html = page(Frame(signed_in_at=since, idle_minutes=20)).replace("\u00a0", " ")
    assert "Signed in since 7:38 am. Signs out after 20 minutes without use." in html
    assert "by the real clock" in page(Frame(signed_in_at=since, demo=True))
    assert "Signed in since" not in page(Frame())


def test_a_note_after_an_act_stands_at_the_top_of_the_page_and_a_failure_alerts() -> None:
    notes = [Message(constants.INFO, "SEC was <set>"), Message(constants.ERROR, "It did not work")]
    html = page(Frame(), messages=notes)
    assert '<div class="toast-note mb-4" role="status"><p>SEC was &lt;set&gt;</p></div>' in html
    assert re.search(r'<div class="notice is-bad mb-4" role="alert">.*<p>It did not work</p>', html)


def test_long_names_are_whole_and_escaped() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff-O'Sullivan <&> Fernández y de la Cruz-Restrepo"
    html = page(Frame(who=SimpleNamespace(name=name, role="Coordinator"), place=name))
    escaped = "Wolfeschlegelsteinhausenbergerdorff-O&#x27;Sullivan &lt;&amp;&gt; Fernández y de la Cruz-Restrepo"
    assert html.count(escaped) == 5


def test_bootstrap_stays_in_the_lowest_layer_when_names_get_their_hashes(tmp_path: Path) -> None:
    names = ("css/app.css", "css/tokens.css", "bootstrap/css/bootstrap.min.css", "bootstrap/css/bootstrap.min.css.map")
    for name in names:
        found = finders.find(name)
        assert found is not None
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found, tmp_path / name)
    storage = ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    plain = FileSystemStorage(location=str(tmp_path))
    outcomes = list(storage.post_process({name: (plain, name) for name in names}))
    assert not [outcome for outcome in outcomes if isinstance(outcome[2], Exception)]
    css = (tmp_path / storage.stored_name("css/app.css")).read_text()
    imported = re.search(r'@import url\("\.\./([^"]+)"\) layer\(bootstrap\);', css)
    assert imported is not None
    assert imported[1] == storage.stored_name("bootstrap/css/bootstrap.min.css")
    assert css.index("@layer bootstrap, base") < imported.start()
