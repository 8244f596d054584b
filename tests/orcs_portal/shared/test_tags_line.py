from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from orcs_portal.shared.drawing import small_line
from orcs_portal.shared.line import ORDER, CallLight, CallLine, Stop, fingerprint, said_since

NAMES = dict(zip(ORDER, ("Phone", "IVR", "CAP", "SEC", "SESIS", "Caseload", "Attendance"), strict=True))
NOW = datetime(2026, 11, 24, 7, 43, tzinfo=ZoneInfo("America/New_York"))
WORDS = {"done": "Done", "wait": "Waiting", "fail": "Failed once", "stop": "Refused", "none": "Not reached"}


def line_of(marks: str, **more: object) -> CallLine:
    """Return a line from seven mark letters in memo order, such as ``ddwfwnn``."""
    names = {word[0]: word for word in WORDS}
    stops = tuple(Stop(key, NAMES[key], names[m], WORDS[names[m]]) for key, m in zip(ORDER, marks, strict=True))
    return replace(CallLine(stops), **more)  # type: ignore[arg-type] # whatever a line takes


def with_stop(line: CallLine, key: str, **changes: str) -> CallLine:
    """Return the line with one stop changed."""
    stops = tuple(replace(stop, **changes) if stop.key == key else stop for stop in line.stops)
    return replace(line, stops=stops)


def medium(line: CallLine) -> str:
    """Return the medium line as the tag draws it."""
    return Template("{% line_m line %}").render(Context({"line": line, "csrf_token": "secret-of-this-page"}))


def classes(html: str, key: str) -> set[str]:
    """Return the classes of one stop of the medium line."""
    found = re.search(rf'<li class="(stop at-{key}[^"]*)"', html)
    assert found is not None
    return set(found[1].split())


def test_a_line_has_its_seven_stops_in_their_order_and_no_others() -> None:
    stops = line_of("dddnnnn").stops
    for wrong in (stops[:-1], (*stops, stops[-1]), tuple(reversed(stops)), ()):
        with pytest.raises(ValueError, match="phone, ivr, cap, sec, sesis, caseload, attendance"):
            CallLine(wrong)


def test_the_small_line_draws_six_ways_and_seven_marks_and_says_them() -> None:
    drawn = small_line(line_of("ddwfwnn"))
    svg = ET.fromstring(drawn)  # noqa: S314 - our own text
    assert svg.attrib["aria-label"] == (
        "Phone done; IVR done; CAP waiting; SEC failed; SESIS waiting; Caseload not reached; Attendance not reached"
    )
    ways = [(way.attrib["class"], way.attrib["d"]) for way in svg.findall("path")]
    assert ways == [
        ("way", "M7 7h26"),
        ("way way-wait", "M33 7h32"),
        ("way way-wait", "M48 7v13h17"),
        ("way way-fail", "M48 20v13h17"),
        ("way way-none", "M65 7h30"),
        ("way way-none", "M95 7h26"),
    ]
    marks = [(use.attrib["href"], use.attrib["x"], use.attrib["y"]) for use in svg.findall("use")]
    assert len(marks) == 7
    assert ("#n-fail", "59", "27") in marks
    assert ("#n-wait", "59", "14") in marks


def test_secs_way_starts_at_the_fork_while_nothing_leads_to_cap() -> None:
    assert 'd="M48 7v26h17"' in small_line(line_of("dsnnnnn"))
    assert 'd="M48 20v13h17"' in small_line(line_of("ddfnddn"))


def test_a_refused_call_reaches_the_ivr_and_nothing_after_it() -> None:
    line = line_of("dsnnnnn", stopped=True)
    assert [line.at(key).way_to for key in ("ivr", "sesis", "cap", "sec")] == ["done", "none", "none", "none"]
    assert "is-stopped" in medium(line)
    assert "is-stopped" not in medium(replace(line, stopped=False))


def test_the_trunk_leads_on_as_its_next_stop_is_reached() -> None:
    html = medium(line_of("ddwfwnn"))
    assert "seg-done" in classes(html, "phone")
    assert "seg-wait" in classes(html, "ivr")
    assert "seg-none" in classes(html, "sesis")
    assert "seg-none" in classes(html, "caseload")
    assert not {c for c in classes(html, "attendance") if c.startswith("seg-")}


def test_a_branch_shows_its_own_way_in_and_beside_it_the_trunk() -> None:
    html = medium(line_of("ddwfdnn"))
    assert classes(html, "cap") >= {"is-branch", "way-in-wait", "seg-done"}
    assert classes(html, "sec") >= {"is-branch", "way-in-fail", "seg-done"}
    assert "is-branch" not in classes(html, "sesis")


def test_a_caseload_that_cannot_open_shows_on_the_way_to_it() -> None:
    line = line_of("dddddfn")
    assert "seg-fail" in classes(medium(line), "sesis")
    assert '<path class="way way-fail" d="M65 7h30"/>' in small_line(line)


def test_ways_given_by_hand_stand_over_derived_ones() -> None:
    line = with_stop(line_of("ddwwwnn"), "sesis", way_in="done", way_out="wait")
    html = medium(line)
    assert "seg-done" in classes(html, "ivr")
    assert "seg-wait" in classes(html, "sesis")


@pytest.mark.parametrize(
    ("mark", "tone"),
    [("w", "is-wait"), ("f", "is-bad"), ("s", "is-bad"), ("n", "is-plain"), ("d", "")],
)
def test_a_stops_state_takes_the_tone_of_its_mark(mark: str, tone: str) -> None:
    html = medium(line_of(f"dd{mark}dddd"))
    shown = f"stop-state {tone}".strip()
    cap = html[html.index("at-cap") : html.index("at-sec")]
    assert f'<span class="{shown}">' in cap


def test_a_stop_may_have_a_tone_of_its_own() -> None:
    html = medium(with_stop(line_of("ddwdddd"), "cap", tone="is-due"))
    assert '<span class="stop-state is-due">' in html


def test_a_stop_offers_to_try_again_only_where_it_can_be_posted_and_with_the_pages_token() -> None:
    failed = with_stop(line_of("dddfddn"), "sec", retry_url="/calls/7/replay/3/")
    html = medium(failed)
    assert html.count("<form") == 1
    assert 'action="/calls/7/replay/3/"' in html
    assert "secret-of-this-page" in html
    assert "Try SEC now" in html
    assert 'id="retry-sec"' in html
    assert "<form" not in medium(line_of("dddfddn"))
    assert "Send it again" in medium(with_stop(failed, "sec", retry_label="Send it again"))


def test_words_on_the_line_cannot_become_markup() -> None:
    nasty = with_stop(line_of("dddddnn"), "cap", state="<b>x</b>", meta='"><script>', name="<i>")
    for html in (medium(nasty), small_line(nasty)):
        assert "<script>" not in html
        assert "<b>x" not in html
        assert "<i>" not in html


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("dsnnnnn", "IVR: refused"),
        ("ddwfwnn", "SEC: failed once"),
        ("dddwwnn", "SEC: waiting"),
        ("ddddddn", "Arrived everywhere"),
        ("nnnnnnn", "No call so far"),
    ],
)
def test_the_small_line_says_what_holds_it_up_worst_first(marks: str, words: str) -> None:
    html = Template("{% line_s line %}").render(Context({"line": line_of(marks)}))
    assert f'<span class="line-said">{words}</span>' in html


def test_words_given_for_the_small_line_stand_and_can_be_left_out() -> None:
    context = Context({"line": line_of("ddwwwnn", said="SEC until tomorrow")})
    assert "SEC until tomorrow" in Template("{% line_s line %}").render(context)
    assert "line-said" not in Template("{% line_s line said=False %}").render(context)


def test_a_fingerprint_changes_with_a_word_a_mark_and_the_minute_and_with_nothing_else() -> None:
    line = line_of("ddwwwnn")
    seen = fingerprint(line, NOW)
    assert fingerprint(line_of("ddwwwnn"), NOW + timedelta(seconds=40)) == seen
    others = {
        fingerprint(line_of("dddwwnn"), NOW),
        fingerprint(with_stop(line, "cap", meta="Expected tomorrow"), NOW),
        fingerprint(replace(line, settled=True), NOW),
        fingerprint(line, NOW + timedelta(minutes=1)),
        fingerprint(line, NOW + timedelta(days=1)),
    }
    assert len(others | {seen}) == 6


def test_a_fingerprint_is_short_and_holds_none_of_the_words() -> None:
    line = with_stop(line_of("ddwwwnn"), "phone", state="Ana-Lucía 900012087")
    assert re.fullmatch(r"ddwwwnn-[0-9a-f]{12}", fingerprint(line, NOW))


def test_a_change_is_said_stop_by_stop() -> None:
    before = fingerprint(line_of("ddwfwnn"), NOW)
    assert said_since(line_of("dddwwnn"), before) == "CAP: Done. SEC: Waiting."
    assert said_since(with_stop(line_of("dddfwnn"), "cap", state="It is there."), before) == "CAP: It is there."
    assert said_since(line_of("ddwfwnn"), before) == ""


@pytest.mark.parametrize("seen", ["", "ddw", "ddwfwnnn-1", "zzzzzzz-1", "ddwfwn<-1", "-"])
def test_a_foreign_fingerprint_says_nothing(seen: str) -> None:
    assert said_since(line_of("ddddddd"), seen) == ""


@pytest.mark.parametrize(
    ("answer", "words", "tone", "symbol"),
    [
        ("now", "You may call now", "is-ok", "#i-phone"),
        ("not-yet", "Not yet, because", "is-due", "#i-stop"),
        ("not-needed", "Not needed", "is-plain", "#i-check"),
    ],
)
def test_the_light_gives_one_of_three_answers_with_its_reason(answer: str, words: str, tone: str, symbol: str) -> None:
    html = _light(CallLight(answer, "Because <of> R8"))
    assert f"<b>{words}</b>" in html
    assert f'class="light {tone}"' in html
    assert f'href="{symbol}"' in html
    assert "Because &lt;of&gt; R8" in html
    assert "number" not in html


def test_the_light_has_no_fourth_answer() -> None:
    with pytest.raises(KeyError):
        _light(CallLight("perhaps", "Who knows"))


def test_the_light_of_a_called_student_names_the_call() -> None:
    html = _light(CallLight("not-needed", "", "40712296", date(2026, 11, 23)))
    said = re.sub(r"<[^>]+>", "", html).replace("\u00a0", " ")
    assert "Called Nov 23, number 4071 2296" in said


def _light(answer: CallLight) -> str:
    return Template("{% light answer %}").render(Context({"answer": answer, "frame": {"now": NOW}}))
