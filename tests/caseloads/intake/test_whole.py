"""A call is kept whole or not at all, the bell rings after it is, and a form makes one call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from caseloads import intake
from caseloads.facts import Asked, Loaded
from caseloads.intake import Form, FormUsed
from caseloads.kinds import DeliveryState, FedBy, System
from caseloads.models import Call, Delivery, SystemSetting
from caseloads.propagation.bell import BELL
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Service
from providers.models import Provider
from providers.policy.verdict import Outcome, Verdict
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, call, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def here() -> Scene:
    return scene()


def filled(token: UUID | None = None, digest: str = "a" * 64) -> Form:
    """Return a filled-in form."""
    return Form(token or uuid4(), digest)


def nothing_is_kept() -> bool:
    """Return whether no row of any kind came of a call."""
    return not (Call.objects.exists() or Delivery.objects.exists() or Touched.objects.exists())


@pytest.mark.parametrize("step", ["_deliver", "_touch"])
def test_what_fails_halfway_leaves_nothing(here: Scene, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **named: object) -> None:
        assert Call.objects.exists()
        raise ZeroDivisionError

    monkeypatch.setattr(intake, step, fail)
    with pytest.raises(ZeroDivisionError):
        call(here.provider, asked(here.osis))
    assert nothing_is_kept()


def test_a_broken_row_is_no_taken_number(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a number that is taken is drawn again; whatever else the database refuses is an error."""
    real = intake._call  # noqa: SLF001 - the row is broken on purpose

    def broken(*args: Any, **named: Any) -> Call:
        row = real(*args, **named)
        row.form_digest = "without a token"
        return row

    monkeypatch.setattr(intake, "_call", broken)
    with pytest.raises(IntegrityError, match="call_form_token_with_digest"):
        call(here.provider, asked(here.osis))
    assert nothing_is_kept()


@pytest.mark.parametrize("column", ["confirmation", "reference"])
def test_a_number_of_the_wrong_shape_is_an_error_at_once(
    here: Scene, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def short(rng: object) -> str:
        drawn.append("407")
        return drawn[-1]

    monkeypatch.setattr(intake, "new_number", short)
    monkeypatch.setattr(intake, "new_reference", short)
    service = Service.SPEECH if column == "confirmation" else Service.COUNSELING
    with pytest.raises(IntegrityError, match=f"call_{column}_has"):
        call(here.provider, asked(here.osis, service=service))
    assert len(drawn) == 1


def test_the_bell_rings_once_after_the_commit_of_an_accepted_call(
    here: Scene, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(BELL, "ring", lambda: rung.append(Delivery.objects.count()))
    with django_capture_on_commit_callbacks(execute=True):
        call(here.provider, asked(here.osis))
        assert not rung
    assert rung == [3]


def test_nothing_rings_for_what_is_not_sent(
    here: Scene, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    agencys = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    accepted(here.provider, here.mandate)
    with django_capture_on_commit_callbacks() as callbacks:
        call(agencys, asked(here.osis))
        call(here.provider, asked(here.osis))
        call(here.provider, asked(here.osis, service=Service.COUNSELING))
        call(here.provider, asked(999_999_999))
    assert BELL.ring not in callbacks


@pytest.mark.parametrize("system", System)
def test_a_system_fed_by_extracts_is_sent_nothing(here: Scene, system: System) -> None:
    """Its delivery is awaited, with the date by which its effect should show."""
    SystemSetting.objects.filter(system=system).update(fed_by=FedBy.EXTRACTS, lag_promise=90, lag_min=0, lag_max=0)
    call(here.provider, asked(here.osis))
    row = Delivery.objects.get(system=system)
    assert (row.state, row.expected) == (DeliveryState.AWAITED, build.NOW + timedelta(minutes=90))
    others = Delivery.objects.exclude(system=system)
    assert {(one.state, one.expected) for one in others} == {(DeliveryState.WAITING, None)}


def test_a_form_sent_again_leads_to_the_same_call(here: Scene) -> None:
    form = filled()
    first = call(here.provider, asked(here.osis), form=form)
    again = call(here.provider, asked(here.osis), form=form, now=build.NOW + DAY)
    assert first.call is not None
    assert (first.call.form_token, first.call.form_digest) == (form.token, form.digest)
    assert (again.call, again.repeated) == (first.call, False)
    assert (Call.objects.count(), Delivery.objects.count()) == (1, 3)


def test_a_refused_form_sent_again_leads_to_the_same_refusal(here: Scene) -> None:
    provider, form = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school), filled()
    first, again = (call(provider, asked(here.osis), form=form) for _ in range(2))
    assert first.call == again.call
    assert Call.objects.count() == 1


def test_a_used_form_with_other_answers_is_refused_and_shows_its_call(here: Scene) -> None:
    form = filled()
    first = call(here.provider, asked(here.osis), form=form)
    other = build.mandated(here.school).student.osis
    with pytest.raises(FormUsed) as used:
        call(here.provider, asked(other), form=filled(form.token, "b" * 64))
    assert used.value.call == first.call
    assert Call.objects.count() == 1


def test_a_form_to_be_corrected_can_be_sent_again_with_other_answers(here: Scene) -> None:
    form = filled()
    assert call(here.provider, asked(999_999_999), form=form).call is None
    assert call(here.provider, asked(here.osis), form=filled(form.token, "b" * 64)).call is not None


def test_another_form_for_the_same_first_attend_hears_the_first_number(here: Scene) -> None:
    first = call(here.provider, asked(here.osis), form=filled())
    again = call(here.provider, asked(here.osis), form=filled())
    assert (again.call, again.repeated) == (first.call, True)
    assert Call.objects.count() == 1


def overtaken_by(row: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a call be committed by somebody else between the next verdict and its row."""
    judge = intake.judge

    def slow(provider: Provider, what: Asked, **named: Any) -> tuple[Loaded, Verdict]:
        answer = judge(provider, what, **named)
        monkeypatch.setattr(intake, "judge", judge)
        row.save(force_insert=True)
        return answer

    monkeypatch.setattr(intake, "judge", slow)


def unsaved(here: Scene, **changes: Any) -> Call:
    """Return an accepted call that is not in the database yet."""
    row = accepted(here.provider, here.mandate, **changes)
    Call.objects.filter(pk=row.pk).delete()
    return row


def test_a_call_overtaken_by_the_same_one_hears_its_number_and_its_date(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = unsaved(here, session_on=build.TODAY - DAY)
    overtaken_by(first, monkeypatch)
    late = call(here.provider, asked(here.osis))
    assert (late.call, late.repeated) == (first, True)
    assert late.verdict is not None
    assert late.verdict.outcome is Outcome.REPEATED
    assert late.verdict.first is not None
    assert late.verdict.first.session_on == build.TODAY - DAY
    assert Call.objects.count() == 1


def test_a_form_overtaken_by_itself_leads_to_its_call(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled()
    other = build.mandate(here.mandate.iep, Service.VISION)
    first = unsaved(here, form_token=form.token, form_digest=form.digest, service=other.service)
    overtaken_by(first, monkeypatch)
    late = call(here.provider, asked(here.osis), form=form)
    assert (late.call, late.repeated, late.verdict) == (first, False, None)


def test_a_form_overtaken_by_itself_with_other_answers_is_refused(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled()
    first = unsaved(here, form_token=form.token, form_digest="b" * 64, service=Service.VISION)
    overtaken_by(first, monkeypatch)
    with pytest.raises(FormUsed) as used:
        call(here.provider, asked(here.osis), form=form)
    assert used.value.call == first
