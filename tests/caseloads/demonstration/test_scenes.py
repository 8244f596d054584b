"""Every scene is played as the README tells it: the answer first, then what shows three days later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from caseloads.actions import finalise_iep
from caseloads.demonstration.days import START
from caseloads.demonstration.signins import SIGN_INS
from caseloads.demonstration.staff import Who
from caseloads.intake import Recorded, record
from caseloads.kinds import EntryState, IepStatus, Origin, System, Transfer
from caseloads.models import Call, Delivery, Entry, Iep
from caseloads.propagation import deliver, nightly
from providers.kinds import Service
from providers.models import Provider
from providers.policy.verdict import Outcome
from tests.architecture.tree import ROOT
from tests.caseloads.demonstration.scenes import SCENES, Scene
from tests.caseloads.demonstration.scenes.scene import command, entered, table

ACCEPTED = [scene for scene in SCENES if scene.outcome is Outcome.ACCEPTED]
THREE_DAYS = START + timedelta(days=3)


def play(scene: Scene, real: datetime) -> Recorded:
    """Make the scene's call on the demonstration's first morning."""
    provider = Provider.objects.get(number=scene.provider)
    return record(provider=provider, asked=scene.asked, origin=Origin.FORM, now=START, real=real)


def live_on(real: datetime) -> None:
    """Send what is due, and let three days pass."""
    for system in System:
        deliver.drain(system, real=lambda: real, world=lambda: START)
    nightly.walk(until=THREE_DAYS, after=START)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_a_scene_gets_the_answer_that_is_promised(scene: Scene, borough: datetime) -> None:
    before = Call.objects.count()
    recorded = play(scene, borough)
    verdict = recorded.verdict
    assert verdict is not None
    assert (verdict.outcome, verdict.code, verdict.rule) == (scene.outcome, scene.code, scene.rule)
    assert verdict.headline == scene.headline
    assert verdict.flags == scene.flags
    kept = scene.outcome not in {Outcome.CORRECT, Outcome.REPEATED}
    assert Call.objects.count() - before == int(kept)


@pytest.mark.parametrize("scene", ACCEPTED, ids=lambda scene: scene.key)
def test_three_days_later_an_accepted_call_shows_everywhere_but_where_it_waits(scene: Scene, borough: datetime) -> None:
    call = play(scene, borough).call
    assert call is not None
    live_on(borough)
    unshown = Delivery.objects.filter(call=call, shown=None).values_list("system", flat=True)
    assert {System(one) for one in unshown} == scene.waits
    entries = Entry.objects.filter(call=call)
    assert entries
    state = EntryState.OPEN if scene.held is None else EntryState.HELD
    assert {(one.state, one.held_for) for one in entries} == {(state, scene.held)}


def test_a_repeated_call_hears_the_first_number_and_the_first_date(borough: datetime) -> None:
    repeat = next(scene for scene in SCENES if scene.key == "repeated")
    first = Call.objects.get(provider__number=repeat.provider, student__osis=repeat.asked.osis)
    again = play(repeat, borough)
    assert (again.call, again.repeated) == (first, True)
    assert again.verdict is not None
    assert again.verdict.first is not None
    assert (again.verdict.first.confirmation, again.verdict.first.session_on) == (first.confirmation, first.session_on)
    assert again.verdict.first.session_on != repeat.asked.session_on


def test_an_unknown_number_and_a_strangers_student_hear_the_same_words(borough: datetime) -> None:
    both = [scene for scene in SCENES if scene.code == "student-not-found"]
    assert {scene.key for scene in both} == {"unknown-number", "student-of-another-school"}
    assert len({play(scene, borough).verdict for scene in both}) == 1


def test_the_superseded_mandates_call_opens_the_caseload_under_the_new_iep(borough: datetime) -> None:
    scene = next(scene for scene in SCENES if scene.key == "superseded-mandate")
    call = play(scene, borough).call
    assert call is not None
    live_on(borough)
    entry = Entry.objects.select_related("mandate__iep").get(call=call)
    assert call.mandates != [entry.mandate_id]
    assert (entry.mandate.iep.version, str(entry.mandate)) == (2, "2 x 30 x 3")


def test_the_scenes_cover_every_way_a_call_can_end() -> None:
    assert {scene.outcome for scene in SCENES} == set(Outcome)
    assert {scene.rule for scene in SCENES} >= {"R1", "R8", "R10", "R13"}
    assert {scene.held for scene in SCENES if scene.held is not None} == {1, 2}


def test_the_scenes_have_names_of_their_own() -> None:
    assert len({scene.key for scene in SCENES}) == len(SCENES)


def test_a_scene_is_played_by_a_sign_in_or_by_command() -> None:
    names = {one.username for one in SIGN_INS if one.provider is not None}
    assert {scene.sign_in for scene in SCENES if scene.by_number is None} == names
    by_command = {scene.key: scene.provider for scene in SCENES if scene.by_number is not None}
    assert by_command == {"language-not-mandated": Who.CASTELLANO, "not-in-PETS": Who.GREENSPAN}


def test_a_sign_in_that_is_no_providers_plays_no_scene() -> None:
    with pytest.raises(ValueError, match="auditor is no provider's sign-in"):
        assert replace(SCENES[0], sign_in="auditor").provider


def test_the_readme_lists_the_scenes_as_they_are_played() -> None:
    assert table(SCENES) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_service_that_is_not_mandated_is_accepted_once_the_draft_is_final(borough: datetime) -> None:
    scene = next(scene for scene in SCENES if scene.key == "service-not-mandated")
    draft = Iep.objects.get(student__osis=scene.asked.osis, status=IepStatus.DRAFT)
    before = play(scene, borough).verdict
    assert before is not None
    assert before.outcome is Outcome.UNLINKED
    finalise_iep(iep_id=draft.pk, by=None, now=START)
    verdict = play(scene, borough).verdict
    assert verdict is not None
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.lines == (draft.mandates.get(service=Service.SPEECH).pk,)


def test_every_draft_can_be_made_final(borough: datetime) -> None:
    drafts = Iep.objects.filter(status=IepStatus.DRAFT)
    assert len(drafts) == 4
    for draft in drafts:
        assert finalise_iep(iep_id=draft.pk, by=None, now=START).status == IepStatus.FINAL
    nightly.walk(until=START + timedelta(days=1), after=START)
    assert not Iep.objects.filter(pk__in=[one.pk for one in drafts]).exclude(transfer=Transfer.SUCCESSFUL).exists()


def test_the_table_has_a_line_for_each_scene_with_what_to_enter_and_what_to_expect() -> None:
    lines = table(SCENES).splitlines()
    assert len(lines) == len(SCENES) + 2
    assert {line.count("|") for line in lines} == {5}
    for scene, line in zip(SCENES, lines[2:], strict=True):
        assert f"**{scene.headline}.** {scene.see}" in line
        assert any(what in line for what in (entered(scene), command(scene), scene.door or "no door"))


def test_what_to_enter_is_said_as_the_form_asks_it() -> None:
    scene = next(scene for scene in SCENES if scene.key == "language-chosen")
    assert entered(scene) == "900 012 045, Speech-language, English, Nov 23"


def test_a_command_says_the_language_where_one_is_chosen() -> None:
    scene = next(scene for scene in SCENES if scene.key == "not-in-PETS")
    assert command(scene) == (
        "record_call --provider 720155 --student 900036027 --service speech --language russian --date 2026-11-23"
    )
