from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from pytest_django import Settings

from orcs_portal.shared.drawing import ICONS, icon, mark
from orcs_portal.shared.line import MARK_WORDS

NOW = datetime(2026, 11, 24, 7, 43, tzinfo=ZoneInfo("America/New_York"))


@dataclass
class Shape:
    """A mandate's three figures."""

    frequency: int = 3
    duration: int = 30
    group_size: int = 2


def render(text: str, **context: Any) -> str:
    """Return a template's text as a page with a frame renders it."""
    return Template(text).render(Context({"frame": {"now": NOW}, **context}))


def test_the_sprite_holds_every_icon_and_mark_that_the_tags_can_ask_for_and_no_others() -> None:
    sprite = ET.fromstring(render_to_string("_sprite.html"))  # noqa: S314 - our own file
    symbols = {symbol.attrib["id"] for symbol in sprite.findall("symbol")}
    assert symbols == {"mark"} | {f"i-{name}" for name in ICONS} | {f"n-{name}" for name in MARK_WORDS}


def test_an_icon_is_hidden_from_screen_readers_because_a_word_stands_beside_it() -> None:
    assert render('{% icon "check" %}') == '<svg class="icon" aria-hidden="true"><use href="#i-check"/></svg>'


def test_an_icon_or_mark_that_nobody_drew_is_refused() -> None:
    with pytest.raises(KeyError, match="smiley"):
        icon("smiley")
    with pytest.raises(KeyError, match="half"):
        mark("half")


def test_a_mark_takes_further_classes() -> None:
    assert mark("wait", "node") == '<svg class="node n-wait" aria-hidden="true"><use href="#n-wait"/></svg>'


def test_a_chip_says_its_state_in_words_beside_its_icon_and_escapes_them() -> None:
    html = render('{% chip "wait" "clock" words %}', words="Until <Thu>")
    assert html.startswith('<span class="chip is-wait"><svg class="icon"')
    assert html.endswith("Until &lt;Thu&gt;</span>")


@pytest.mark.parametrize(("level", "filled"), [(1, 4), (2, 3), (3, 2), (4, 1)])
def test_a_severity_is_filled_bars_and_a_word_most_urgent_first(level: int, filled: int) -> None:
    html = render("{% sev rank %}", rank=SimpleNamespace(value=level, slug="high", label="High"))
    assert html.count('class="on"') == filled
    assert html.count('class="off"') == 4 - filled
    assert html.startswith('<span class="sev sev-high">')
    assert html.endswith("</svg>High</span>")


def test_a_student_number_is_grouped_for_the_eye_and_copied_without_blanks() -> None:
    html = render("{{ number|osis }}", number=900012087)
    assert html == '<span class="osis"><span>900</span><span>012</span><span>087</span></span>'
    assert re.sub(r"<[^>]+>", "", html) == "900012087"


def test_a_confirmation_number_is_written_large_in_groups_of_four() -> None:
    html = render("{{ number|confirmation }}", number="40712310")
    assert html == '<p class="confirmation-number"><span>4071</span><span>2310</span></p>'


def test_a_reference_in_running_text_keeps_its_letter() -> None:
    assert render("{{ number|grouped }}", number="R40712288") == "R\u00a04071\u00a02288"


def test_a_mandate_shows_its_notation_and_language() -> None:
    assert render("{% mandate m %}", m=Shape()) == '<span class="mandate">3\u00a0×\u00a030\u00a0×\u00a02</span>'
    assert render('{% mandate m "<Spanish>" %}', m=Shape()).endswith("2, &lt;Spanish&gt;</span>")
    assert render("{{ m|mandate_words|capital }}", m=Shape(1, 30, 1)).startswith("Once a week")


def test_a_moment_carries_its_machine_form_and_begins_a_sentence_when_asked() -> None:
    moment = datetime(2026, 11, 24, 7, 41, tzinfo=NOW.tzinfo)
    html = render("{% when moment %} {% when moment start=True %}", moment=moment)
    assert html.startswith('<time datetime="2026-11-24T07:41:00-05:00">today, 7:41\u00a0am</time>')
    assert ">Today, 7:41\u00a0am</time>" in html


def test_days_are_said_from_the_pages_own_now() -> None:
    html = render("{% day d %}|{% day d start=True %}|{% day_of d %}|{% day_in_full d %}", d=date(2026, 11, 24))
    said = [re.sub(r"<[^>]+>", "", part).replace("\u00a0", " ") for part in html.split("|")]
    assert said == ["today", "Today", "Nov 24", "Tue, Nov 24, 2026, today"]
    assert html.count('datetime="2026-11-24"') == 4


def test_without_a_frame_a_moment_is_said_in_full_instead_of_guessing_what_today_is() -> None:
    html = Template("{% when moment %}").render(Context({"moment": NOW}))
    assert "Tue, Nov\u00a024, 2026, 7:43\u00a0am" in html


def test_a_frame_may_be_an_object_too() -> None:
    @dataclass
    class Frame:
        now: datetime = NOW

    assert "today" in Template("{% when moment %}").render(Context({"moment": NOW, "frame": Frame()}))


def test_the_help_desk_can_be_dialed_and_on_paper_is_only_read(settings: Settings) -> None:
    settings.HELP_DESK_NUMBER = "(718) 555-0100"
    assert 'href="tel:+17185550100"' in render("{% help_desk %}")
    assert render("{% help_desk link=False %}") == "(718) 555-0100"


def test_the_help_desk_stands_without_an_icon_where_there_is_no_sprite(settings: Settings) -> None:
    settings.HELP_DESK_NUMBER = "(718) 555-0100"
    assert render("{% help_desk icon=False %}") == '<a href="tel:+17185550100">(718) 555-0100</a>'


def test_the_key_names_every_mark_once() -> None:
    said = re.findall(r"</svg>([^<]+)</li>", render("{% line_key %}"))
    assert said == ["Done", "Waiting", "Failed", "Stopped by a rule", "Not reached"]


class AskedForm(forms.Form):
    osis = forms.CharField(error_messages={"required": "Enter the student's number"})
    language = forms.ChoiceField(
        choices=[("1", "English"), ("2", "Spanish")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the language of service"},
    )

    def clean(self) -> None:
        raise forms.ValidationError("Nobody <of> that number is among your students")


def test_the_error_summary_leads_to_each_field_and_to_the_first_choice_of_a_group() -> None:
    html = render("{% error_summary form %}", form=AskedForm({}))
    assert '<a href="#id_osis">Enter the student&#x27;s number</a>' in html
    assert '<a href="#id_language_0">Choose the language of service</a>' in html
    assert "<li>Nobody &lt;of&gt; that number is among your students</li>" in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "There is a problem" not in render("{% error_summary form %}", form=forms.Form({}))
    assert "There is a problem" not in render("{% error_summary form %}", form=AskedForm())
