"""The rolls: sixty made-up students, each written down completely and without contradiction."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from caseloads.demonstration import rolls
from caseloads.demonstration.days import BEGIN, START, TODAY, YEAR_STARTS
from caseloads.demonstration.pupils import SPRING, Line, Pupil, Version
from caseloads.demonstration.rolls import everyone, lines
from caseloads.demonstration.staff import FIG_TREE, HARBOR_VIEW, MARSH_CREEK, WORKERS, Who
from caseloads.kinds import IepKind
from providers.kinds import Language, Service, Setting
from tests.oracle.search import spoken

PUPILS = [pupil for _, pupil in everyone()]
NAMES = [f"{one.first_name} {one.last_name}" for one in PUPILS]


def test_sixty_students_go_to_three_schools() -> None:
    assert Counter(dbn for dbn, _ in everyone()) == {HARBOR_VIEW: 28, FIG_TREE: 16, MARSH_CREEK: 16}


def test_every_number_is_made_up_and_of_one_student() -> None:
    assert len({one.osis for one in PUPILS}) == 60
    assert not [one.osis for one in PUPILS if not 900_000_000 <= one.osis <= 900_099_999]


def test_no_two_students_share_a_family_name() -> None:
    assert len({one.last_name for one in PUPILS}) == 60


def test_no_student_bears_the_whole_name_of_somebody_who_works_there() -> None:
    workers = {spoken(one.name) for one in WORKERS}
    assert not [name for name in NAMES if spoken(name) in workers]


def test_names_come_in_all_lengths_and_scripts_signs() -> None:
    assert min(map(len, NAMES)) < 8
    assert max(map(len, NAMES)) > 80
    assert not [one for one in PUPILS if max(len(one.first_name), len(one.last_name)) > 80]
    assert sum(not name.isascii() for name in NAMES) >= 12
    assert [name for name in NAMES if "'" in name and "-" in name]


def test_grades_fit_their_schools() -> None:
    grades = {dbn: {one.grade for where, one in everyone() if where == dbn} for dbn in (HARBOR_VIEW, MARSH_CREEK)}
    assert grades == {HARBOR_VIEW: {"K", "1", "2", "3", "4", "5"}, MARSH_CREEK: {"6", "7", "8"}}


@pytest.mark.parametrize("pupil", PUPILS, ids=lambda one: str(one.osis))
def test_a_students_ieps_follow_one_another(pupil: Pupil) -> None:
    starts = [one.starts for one in pupil.versions]
    assert starts == sorted(set(starts))
    finals = [one.finalised for one in pupil.versions if one.finalised is not None]
    assert finals == sorted(finals)
    drafts = [place for place, one in enumerate(pupil.versions, start=1) if one.finalised is None]
    assert drafts in ([], [len(pupil.versions)])


@pytest.mark.parametrize("pupil", PUPILS, ids=lambda one: str(one.osis))
def test_an_iep_names_each_line_once(pupil: Pupil) -> None:
    for version in pupil.versions:
        keys = [(line.service, line.language, line.setting) for line in version.lines]
        assert keys
        assert len(keys) == len(set(keys))


def test_nobody_called_before_the_mandate_or_their_assignment() -> None:
    early = [
        pupil.osis
        for pupil, _, version, line in lines()
        if line.called is not None and line.called < (line.since or version.starts)
    ]
    assert not early


def test_nobody_called_on_a_later_iep_before_it_was_final() -> None:
    assert not [
        pupil.osis
        for pupil, _, version, line in lines()
        if line.called is not None and (version.finalised is None or version.finalised.date() > line.called)
    ]


def test_a_predecessor_called_and_left_before_the_successor_came() -> None:
    changed = [line for _, _, _, line in lines() if line.before is not None]
    assert changed
    for line in changed:
        assert line.before is not None
        assert line.since is not None
        assert line.before.called <= line.before.until < line.since


def test_everyone_who_serves_a_student_works_at_their_school() -> None:
    posts = {one.number: {post.dbn for post in one.posts} for one in WORKERS}
    away = [
        (pupil.osis, line.by.name)
        for dbn, pupil in everyone()
        for version in pupil.versions
        for line in version.lines
        if line.by is not None and dbn not in posts[line.by]
    ]
    assert not away


def test_there_are_drafts_to_finalize_for_the_simulator() -> None:
    drafts = [one for one in PUPILS if one.versions[-1].finalised is None]
    assert len(drafts) == 4
    assert IepKind.INITIAL in {one.versions[-1].kind for one in drafts}


def test_every_first_iep_has_consent_but_one() -> None:
    initial = [one for one in PUPILS if any(version.kind == IepKind.INITIAL for version in one.versions)]
    assert [one.last_name for one in initial if one.consent is None] == ["al-Hashimi"]


def test_a_line_is_read_in_the_fields_notation() -> None:
    group, alone = Line(Service.SPEECH, "3x30x2"), Line(Service.SPEECH, "1x45x1")
    assert (group.figures, group.setting) == ((3, 30, 2), Setting.GROUP)
    assert (alone.figures, alone.setting) == ((1, 45, 1), Setting.INDIVIDUAL)


@pytest.mark.parametrize("notation", ["3x30", "3x30x2x1", "3-30-2", "a lot"])
def test_another_notation_is_refused(notation: str) -> None:
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        assert Line(Service.SPEECH, notation).figures


@pytest.mark.parametrize(
    ("finalised", "past"),
    [(SPRING, True), (BEGIN - timedelta(seconds=1), True), (BEGIN, False), (START, False), (None, False)],
)
def test_an_iep_is_past_when_it_was_final_before_the_nights_began(finalised: datetime | None, past: bool) -> None:
    assert Version((), finalised=finalised).is_past is past


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> Pupil:
    """Return the one student of a roll that says this."""
    (folder / "made_up.toml").write_text(f"[[pupils]]\nosis = 900_000_001\nname = ['Ada', 'Made-Up']\n{table}")
    monkeypatch.setattr(rolls, "FOLDER", folder)
    return rolls.pupils_of("made_up.toml")[0]


def test_a_student_with_plain_lines_has_one_iep_of_last_spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = read(tmp_path, monkeypatch, "grade = '2'\nlines = [{ service = 'speech', mandate = '2x30x1' }]\n")
    (version,) = pupil.versions
    assert (version.starts, version.finalised, version.kind) == (YEAR_STARTS, SPRING, IepKind.ANNUAL)
    assert version.lines == (Line(Service.SPEECH, "2x30x1"),)
    assert (pupil.consent, pupil.came) == (None, None)


def test_everything_a_roll_can_say_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = read(
        tmp_path,
        monkeypatch,
        "grade = 'K'\nconsent = 2026-10-01\ncame_from = { school = '13K998', until = 2026-10-16 }\n"
        "[[pupils.ieps]]\nkind = 'initial'\nstarts = 2026-11-05\nfinal = 2026-11-02T16:20:00\n"
        "lines = [{ service = 'speech', mandate = '2x30x1', language = 'polish', by = 'castellano',"
        " since = 2026-11-09, called = 2026-11-10,"
        " before = { by = 'oyelaran', until = 2026-11-06, called = 2026-11-05 } }]\n",
    )
    (version,) = pupil.versions
    (line,) = version.lines
    assert (pupil.consent, pupil.came) == (date(2026, 10, 1), (FIG_TREE, date(2026, 10, 16)))
    assert (version.kind, version.starts) == (IepKind.INITIAL, date(2026, 11, 5))
    assert version.finalised is not None
    assert version.finalised.isoformat() == "2026-11-02T16:20:00-05:00"
    assert (line.language, line.by, line.since, line.called) == (
        Language.POLISH,
        Who.CASTELLANO,
        date(2026, 11, 9),
        date(2026, 11, 10),
    )
    assert line.before is not None
    assert (line.before.by, line.before.until, line.before.called) == (
        Who.OYELARAN,
        date(2026, 11, 6),
        date(2026, 11, 5),
    )


@pytest.mark.parametrize(
    ("said", "at_fault"),
    [
        ("service = 'speach', mandate = '2x30x1'", "speach"),
        ("service = 'speech', mandate = '2x30x1', language = 'latin'", "latin"),
        ("service = 'speech', mandate = '2x30x1', by = 'nobody'", "NOBODY"),
        ("service = 'speech'", "mandate"),
    ],
)
def test_what_a_roll_misspells_is_refused_with_the_word(
    said: str, at_fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((ValueError, KeyError), match=at_fault):
        read(tmp_path, monkeypatch, f"grade = '2'\nlines = [{{ {said} }}]\n")


def test_nothing_in_the_rolls_lies_ahead_but_a_drafts_start() -> None:
    days = [line.called for _, _, _, line in lines() if line.called is not None]
    assert max(days) <= TODAY
    ahead = [version for pupil in PUPILS for version in pupil.versions if version.starts > TODAY]
    assert not [version for version in ahead if version.finalised is not None]
