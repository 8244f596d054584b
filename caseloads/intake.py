"""The one way in for a call, whoever brings it: facts, verdict, rows, in one transaction.

An accepted call gets a confirmation number and a delivery to each system (R2); a refused one is kept with its rule,
one without a governing mandate waits unlinked, both with a reference.  What can be corrected is answered and not kept.
Recorded before: the first number and the first date, and nothing new.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg2.errors import UniqueViolation

from caseloads.confirmation import new_number, new_reference
from caseloads.facts import Asked, Loaded, load
from caseloads.kinds import DeliveryState, Origin, Outcome, System
from caseloads.models import Call, Delivery
from caseloads.propagation.bell import ring_on_commit
from caseloads.propagation.feeding import promises_by_extract
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.models import Touched
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.models import Provider
from providers.policy import verdict as policy
from providers.policy.judging import judge_call

RNG = secrets.SystemRandom()
DRAWS = 20
KEPT = {
    policy.Outcome.ACCEPTED: Outcome.ACCEPTED,
    policy.Outcome.REFUSED: Outcome.REFUSED,
    policy.Outcome.UNLINKED: Outcome.UNLINKED,
}


@dataclass(frozen=True, slots=True)
class Form:
    """One filled-in form: its token and a digest of what it said, so that it makes one call however often it comes."""

    token: UUID
    digest: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The verdict, and the call it is about: none where something must be corrected first."""

    verdict: policy.Verdict | None
    call: Call | None
    repeated: bool = False


class FormUsed(Exception):
    """The form's token already made a call of other content; ``call`` is that one."""

    def __init__(self, call: Call) -> None:
        """Keep the call."""
        super().__init__("form used")
        self.call = call


def judge(provider: Provider, asked: Asked, *, now: datetime) -> tuple[Loaded, policy.Verdict]:
    """Return the facts and the verdict on a call without keeping anything; ``now`` is world time."""
    loaded = load(provider, asked, today=local_day(now))
    return loaded, judge_call(loaded.facts)


def record(
    *, provider: Provider, asked: Asked, origin: Origin, now: datetime, real: datetime, form: Form | None = None
) -> Recorded:
    """Record a call at world time ``now`` and real time ``real``.

    Raises ``FormUsed`` for a form that already made another call.
    """
    with transaction.atomic():
        if form is not None and (before := _by_form(form)) is not None:
            return Recorded(None, before)
        loaded, verdict = judge(provider, asked, now=now)
        if verdict.outcome is policy.Outcome.CORRECT:
            return Recorded(verdict, None)
        if verdict.outcome is policy.Outcome.REPEATED:
            return _made_before(_first(loaded, verdict), verdict, form)
        call = _call(loaded, asked, verdict, origin=origin, now=now, real=real, form=form)
        try:
            kept = _keep(call)
        except _Repeated as repeat:
            if not repeat.by_other_form:
                return Recorded(None, repeat.call)
            return Recorded(judge(provider, asked, now=now)[1], repeat.call, repeated=True)
        if kept.outcome == Outcome.ACCEPTED:
            _deliver(kept, now=now, real=real)
        _touch(kept, now)
        return Recorded(verdict, kept)


def _made_before(first: Call, verdict: policy.Verdict, form: Form | None) -> Recorded:
    """Return the first call; one of the same form, committed since its token was looked at, is no repeat."""
    if form is not None and first.form_token == form.token:
        return Recorded(None, _by_form(form))
    return Recorded(verdict, first, repeated=True)


class _Repeated(Exception):
    """The same call arrived first, in another transaction."""

    def __init__(self, call: Call, *, by_other_form: bool) -> None:
        super().__init__("repeated")
        self.call = call
        self.by_other_form = by_other_form


def _by_form(form: Form) -> Call | None:
    """Return the call this form made; raises ``FormUsed`` if it said something else then."""
    call = Call.objects.filter(form_token=form.token).first()
    if call is not None and call.form_digest != form.digest:
        raise FormUsed(call)
    return call


def _first(loaded: Loaded, verdict: policy.Verdict) -> Call:
    confirmation = verdict.first.confirmation if verdict.first else ""
    return Call.objects.get(provider=loaded.provider, confirmation=confirmation)


def _call(
    loaded: Loaded,
    asked: Asked,
    verdict: policy.Verdict,
    *,
    origin: Origin,
    now: datetime,
    real: datetime,
    form: Form | None,
) -> Call:
    outcome = KEPT[verdict.outcome]
    accepted = outcome == Outcome.ACCEPTED
    return Call(
        outcome=outcome,
        rule="" if accepted else verdict.rule,
        reason=verdict.code,
        origin=origin,
        provider=loaded.provider,
        student_id=loaded.student if verdict.lines or outcome == Outcome.UNLINKED else None,
        school_id=loaded.school,
        service=asked.service,
        language=verdict.language or asked.language,
        school_year=loaded.facts.school_year.first_day,
        session_on=asked.session_on,
        mandates=list(verdict.lines),
        other_provider=policy.Flag.OTHER_PROVIDER in verdict.flags,
        on_holiday=policy.Flag.HOLIDAY in verdict.flags,
        received=now,
        recorded=real,
        said={} if accepted else told(verdict, loaded, today=local_day(now)),
        form_token=form.token if form else None,
        form_digest=form.digest if form else "",
    )


def told(verdict: policy.Verdict, loaded: Loaded, *, today: date) -> dict[str, str]:
    """Return what the caller is told, as it is kept with the call; ``look_again`` becomes a date."""
    words = {key: value for key, value in asdict(verdict).items() if key in SAID}
    calendar = SchoolCalendar(
        loaded.facts.closed_days, loaded.facts.school_year.first_day, loaded.facts.school_year.last_day
    )
    days = verdict.look_again_school_days
    again = calendar.add_school_days(today, days) if days is not None else None
    return {**words, "look_again": again.isoformat() if again else ""}


SAID = ("headline", "reason", "who_acts", "what_then", "meanwhile")


def _keep(call: Call) -> Call:
    """Insert the call with a number of its own; raises ``_Repeated`` if its first attend or form came first.

    The database's unique constraints decide between two that arrive at once, and their names say which it was.
    """
    for _ in range(DRAWS):
        if call.outcome == Outcome.ACCEPTED:
            call.confirmation = new_number(RNG)
        else:
            call.reference = new_reference(RNG)
        try:
            with transaction.atomic():
                call.save(force_insert=True)
        except IntegrityError as error:
            _raise_if_repeated(call, error)
            call.pk = None
        else:
            return call
    raise RuntimeError("No free confirmation number was drawn")


def _raise_if_repeated(call: Call, error: IntegrityError) -> None:
    if not isinstance(error.__cause__, UniqueViolation):
        raise error
    constraint = error.__cause__.diag.constraint_name or ""
    if constraint == "first_attend_once":
        first = Call.objects.get(
            outcome=Outcome.ACCEPTED,
            provider=call.provider_id,
            student=call.student_id,
            service=call.service,
            language=call.language,
            school_year=call.school_year,
        )
        same_form = call.form_token is not None and first.form_token == call.form_token
        raise _Repeated(first, by_other_form=not same_form) from error
    if "form_token" in constraint and call.form_token is not None:
        before = _by_form(Form(call.form_token, call.form_digest))
        if before is not None:
            raise _Repeated(before, by_other_form=False) from error
    if "confirmation" not in constraint and "reference" not in constraint:
        raise error


def _deliver(call: Call, *, now: datetime, real: datetime) -> None:
    """Write a delivery for each system; one fed by extracts is not sent to, only awaited (house rule)."""
    by_extracts = promises_by_extract()
    rows = [_delivery(call, system, by_extracts.get(system), now=now, real=real) for system in System]
    Delivery.objects.bulk_create(rows)
    ring_on_commit()


def _delivery(call: Call, system: System, promise: timedelta | None, *, now: datetime, real: datetime) -> Delivery:
    if (student_id := call.student_id) is None:
        raise ValueError("Only a call about a student is delivered")
    return Delivery(
        call=call,
        system=system,
        student_id=student_id,
        service=call.service,
        state=DeliveryState.WAITING if promise is None else DeliveryState.AWAITED,
        expected=None if promise is None else now + promise,
        queued=real,
        due=real,
    )


def _touch(call: Call, now: datetime) -> None:
    if call.student_id is not None:
        Touched.objects.create(kind=Touched.Kind.STUDENT, subject_id=call.student_id, at=now)
