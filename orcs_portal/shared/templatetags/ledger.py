"""The design's small components as template tags; a builtin of every template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orcs_portal.shared import drawing, say
from orcs_portal.shared.chart import Bar, bars
from orcs_portal.shared.line import MARK_WORDS, CallLight, CallLine

register = template.Library()

register.simple_tag(drawing.icon, name="icon")
register.simple_tag(drawing.mark, name="mark")
register.simple_tag(drawing.stages, name="stages")
register.filter("capital", say.cap)
register.filter("thousands", say.say_number)
register.filter("stamp", say.say_stamp)
register.filter("day_stamp", say.say_day_stamp)


class MandateShape(Protocol):
    """Whatever has a mandate's three figures."""

    frequency: int
    duration: int
    group_size: int


@register.simple_tag
def chip(tone: str, icon: str, words: str) -> SafeString:
    """Return a state in one or two words; the tone is ok, bad, due, wait, plain or info."""
    return format_html('<span class="chip is-{}">{}{}</span>', tone, drawing.icon(icon), words)


class Rank(Protocol):
    """A member of a closed list of four, most urgent first."""

    value: int

    @property
    def slug(self) -> str: ...  # noqa: D102 - the list's own
    @property
    def label(self) -> str: ...  # noqa: D102 - as above


@register.simple_tag
def sev(rank: Rank) -> SafeString:
    """Return how much something matters: filled bars, then the word."""
    return drawing.severity(5 - rank.value, rank.slug, str(rank.label))


@register.filter
def osis(number: int | str) -> SafeString:
    """Return a student number grouped for the eye and copied without blanks."""
    return format_html('<span class="osis">{}</span>', _spans(say.osis_groups(number)))


@register.filter
def grouped(number: str) -> str:
    """Return a confirmation number or reference in groups of four, for running text."""
    return say.group_number(number)


@register.filter
def confirmation(number: str) -> SafeString:
    """Return a confirmation number in groups of four, for the one place where it is written large."""
    return format_html('<p class="confirmation-number">{}</p>', _spans(say.number_groups(number)))


@register.simple_tag
def mandate(shape: MandateShape, language: str = "") -> SafeString:
    """Return a mandate's notation, with its language where given: ``3 × 30 × 2, Spanish``."""
    words = say.notation(shape.frequency, shape.duration, shape.group_size)
    return format_html('<span class="mandate">{}{}</span>', words, f", {language}" if language else "")


@register.filter
def mandate_words(shape: MandateShape) -> str:
    """Return a mandate in words: ``3 times a week, 30 minutes, group of 2``."""
    return say.in_words(shape.frequency, shape.duration, shape.group_size)


@register.simple_tag(takes_context=True)
def when(context: RequestContext, moment: datetime, *, start: bool = False) -> SafeString:
    """Return an aware moment as seen from the page's now, in a time element; ``start`` begins a sentence."""
    now = _now(context)
    words = say.say_when(moment, now) if now else say.say_stamp(moment)
    return _time_element(moment.isoformat(), words, start=start)


@register.simple_tag(takes_context=True)
def day(context: RequestContext, on: date, *, start: bool = False) -> SafeString:
    """Return a day as seen from the page's now: ``today``, ``tomorrow`` or ``Mon, Nov 30``."""
    words = say.say_day(on, _today(context, on))
    return _time_element(on.isoformat(), words, start=start)


@register.simple_tag(takes_context=True)
def day_of(context: RequestContext, on: date) -> SafeString:
    """Return a day as a date only: ``Nov 23``, with the year when it is not this one."""
    return _time_element(on.isoformat(), say.say_date(on, _today(context, on)), start=False)


@register.simple_tag(takes_context=True)
def day_in_full(context: RequestContext, on: date) -> SafeString:
    """Return a day with its year, and with ``today`` where that is so: ``Tue, Nov 24, 2026, today``."""
    return _time_element(on.isoformat(), say.say_day_in_full(on, _today(context, on)), start=False)


@register.filter
def clock_time(moment: datetime) -> str:
    """Return an aware moment's New York time alone: ``7:38 am``."""
    return say.say_time(moment)


@register.simple_tag
def help_desk(*, link: bool = True, icon: bool = True) -> str:
    """Return the help desk's number, as a link that dials it unless it is for paper (R7).

    Without its icon on pages that hold no sprite, such as the administrator's.
    """
    number: str = settings.HELP_DESK_NUMBER
    if not link:
        return number
    dialled = "+1" + re.sub(r"\D", "", number)
    return format_html('<a href="tel:{}">{}{}</a>', dialled, drawing.icon("phone") if icon else "", number)


@register.simple_tag
def line_s(line: CallLine, *, said: bool = True) -> SafeString:
    """Return the small line with its few words below it."""
    words = format_html('<span class="line-said">{}</span>', line.summary) if said else ""
    return format_html("{}{}", drawing.small_line(line), words)


@register.simple_tag
def chart(columns: Sequence[Bar], said: str) -> SafeString:
    """Return numbers as the design's bars; the same numbers stand in a table beside them."""
    return bars(columns, said)


@register.inclusion_tag("_line.html")
def line_m(line: CallLine, label: str = "Where this call has got to") -> dict[str, Any]:
    """Return the medium line, one call; it lies down where its box is wide enough."""
    tones = {"wait": "is-wait", "fail": "is-bad", "stop": "is-bad", "none": "is-plain"}
    stops = [
        {"stop": stop, "way": line.way_from(stop), "tone": stop.tone or tones.get(stop.mark, "")} for stop in line.stops
    ]
    return {"stops": stops, "line": line, "label": label}


@register.simple_tag
def line_key() -> SafeString:
    """Return the key to the marks; once on every page that shows a line."""
    words = {**{name: say.cap(word) for name, word in MARK_WORDS.items()}, **_KEY_WORDS}
    rows = format_html_join("", "<li>{}{}</li>", ((drawing.mark(name), word) for name, word in words.items()))
    return format_html('<ul class="line-key" aria-label="Marks on the line">{}</ul>', rows)


@register.inclusion_tag("_light.html", takes_context=True)
def light(context: RequestContext, answer: CallLight) -> dict[str, Any]:
    """Return the call light: may I call? One of three answers and its reason."""
    return {"light": answer, "frame": context.get("frame")}


@register.inclusion_tag("_error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Return what to put right, each line leading to its field; nothing for a form without errors."""
    general = [("", message) for message in form.non_field_errors()]
    return {"problems": [*_field_problems(form), *general]}


_KEY_WORDS = {"stop": "Stopped by a rule"}


def _field_problems(form: BaseForm) -> list[tuple[str, str]]:
    """Return address and message of each field's errors; a group of choices is reached at its first one."""
    problems = []
    for field in form:
        target = field.id_for_label or f"{field.auto_id}_0"
        problems += [(f"#{target}", str(message)) for message in field.errors]
    return problems


def _spans(groups: tuple[str, ...]) -> SafeString:
    return format_html_join("", "<span>{}</span>", ((group,) for group in groups))


def _time_element(machine: str, words: str, *, start: bool) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, say.cap(words) if start else words)


def _now(context: RequestContext) -> datetime | None:
    """Return the world time that the page goes by; None on a page without a frame, such as the one for a 500."""
    frame = context.get("frame") or {}
    found = frame.get("now") if isinstance(frame, dict) else getattr(frame, "now", None)
    return found if isinstance(found, datetime) else None


def _today(context: RequestContext, instead: date) -> date:
    now = _now(context)
    return timezone.localtime(now).date() if now else instead
