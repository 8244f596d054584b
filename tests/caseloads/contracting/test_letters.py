"""The RSA letter: after the hold, after every contracted agency (R13), and the gate it opens (R8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.contracting import letters
from caseloads.contracting.refusal import CannotContract
from caseloads.kinds import Outcome
from caseloads.models import RsaLetter, Vacancy
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Role
from providers.models import Contract, PolicySwitch, Provider
from tests import build
from tests.caseloads.calls import asked, call
from tests.caseloads.contracting.scene import Bench, bench, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lift(starts: date = build.TODAY) -> None:
    """Lift the hold from a day on."""
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD, starts=starts, on=False, reason="Test", set_at=build.NOW
    )


def declined(here: Bench) -> Vacancy:
    """Return the vacancy that both contracted agencies have declined."""
    vacancy = here.log()
    for agency in (here.agency, here.other):
        here.answer(here.offer(vacancy, agency), accepted=False)
    return vacancy


def process(
    here: Bench, vacancy: Vacancy, to: Provider, *, student: int | None = None, approved: date = build.TODAY
) -> RsaLetter:
    return letters.process(
        vacancy=vacancy,
        student=student or here.students[0],
        number=to.number,
        approved=approved,
        by=here.orcs,
        now=build.NOW,
    )


@pytest.fixture
def alone(db: None) -> Provider:
    return build.provider(Affiliation.RSA)


def test_without_the_hold_and_with_every_agency_declined_the_letter_is_processed(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = declined(here)
    Touched.objects.all().delete()
    letter = process(here, vacancy, alone, approved=build.TODAY - DAY)
    assert (letter.student_id, letter.provider, letter.approved) == (here.students[0], alone, build.TODAY - DAY)
    assert (letter.processed, letter.processed_by, letter.vacancy) == (build.NOW, here.orcs, vacancy)
    assert touched() == {here.students[0]}
    assert touched(Touched.Kind.PROVIDER) == {alone.pk}


def test_under_the_hold_nothing_is_processed(here: Bench, alone: Provider) -> None:
    vacancy = declined(here)
    with pytest.raises(CannotContract) as refused:
        process(here, vacancy, alone)
    assert refused.value.advice is not None
    assert (refused.value.advice.rule, refused.value.advice.code) == ("R13", "rsa-hold")
    assert not RsaLetter.objects.exists()


def test_a_hold_lifted_from_tomorrow_on_is_on_today(here: Bench, alone: Provider) -> None:
    lift(build.TODAY + DAY)
    vacancy = declined(here)
    with pytest.raises(CannotContract, match="Not now"):
        process(here, vacancy, alone)


@pytest.mark.parametrize("what", ["not asked", "not answered", "accepted"])
def test_one_contracted_agency_that_has_not_declined_comes_first(here: Bench, alone: Provider, what: str) -> None:
    lift()
    vacancy = here.log()
    here.answer(here.offer(vacancy, here.other), accepted=False)
    if what != "not asked":
        asked_first = here.offer(vacancy)
        if what == "accepted":
            here.answer(asked_first, accepted=True)
    with pytest.raises(CannotContract) as refused:
        process(here, vacancy, alone)
    assert refused.value.advice is not None
    assert refused.value.advice.code == "agencies-first"
    assert letters.rsa_standing(vacancy, build.TODAY).not_declined == (here.agency,)


def test_an_agency_whose_contract_is_over_is_not_waited_for(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = here.log()
    here.answer(here.offer(vacancy, here.other), accepted=False)
    Contract.objects.filter(agency=here.agency).update(ends=build.TODAY - DAY)
    assert process(here, vacancy, alone).processed == build.NOW


def test_a_letter_on_record_is_the_one_that_is_processed(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = declined(here)
    kept = build.rsa_letter(here.lines[0], alone)
    assert process(here, vacancy, alone).pk == kept.pk


def test_a_letter_is_processed_once(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = declined(here)
    process(here, vacancy, alone)
    with pytest.raises(CannotContract, match=r"processed on Nov.24 already"):
        process(here, vacancy, alone)


@pytest.mark.parametrize("affiliation", [Affiliation.DOE, Affiliation.AGENCY])
def test_only_an_independent_provider_has_a_letter(here: Bench, affiliation: Affiliation) -> None:
    lift()
    vacancy = declined(here)
    who = build.provider(affiliation, of=here.agency if affiliation is Affiliation.AGENCY else None)
    with pytest.raises(CannotContract, match="is no independent provider") as refused:
        process(here, vacancy, who)
    assert refused.value.field == "number"


def test_the_provider_gives_the_service(here: Bench) -> None:
    lift()
    vacancy = declined(here)
    with pytest.raises(CannotContract, match="does not give this service"):
        process(here, vacancy, build.provider(Affiliation.RSA, Role.COUNSELOR))


def test_a_number_that_nobody_has_is_said_at_its_field(here: Bench) -> None:
    lift()
    vacancy = declined(here)
    with pytest.raises(CannotContract, match="Nobody has this provider id") as refused:
        letters.process(
            vacancy=vacancy,
            student=here.students[0],
            number=999_999,
            approved=build.TODAY,
            by=here.orcs,
            now=build.NOW,
        )
    assert refused.value.field == "number"


def test_a_student_who_does_not_wait_here_gets_none(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = declined(here)
    with pytest.raises(CannotContract, match="Choose a student who waits") as refused:
        process(here, vacancy, alone, student=build.mandated(here.school).student_id)
    assert refused.value.field == "student"
    build.assignment(build.provider(), here.lines[0])
    with pytest.raises(CannotContract, match="Choose a student who waits"):
        process(here, vacancy, alone)


def test_a_letter_of_tomorrow_is_not_processed_today(here: Bench, alone: Provider) -> None:
    lift()
    vacancy = declined(here)
    with pytest.raises(CannotContract, match=r"must be Nov.24 or before") as refused:
        process(here, vacancy, alone, approved=build.TODAY + DAY)
    assert refused.value.field == "approved"


def test_the_letter_opens_the_gate_for_this_provider_alone(here: Bench, alone: Provider) -> None:
    """R8: before the letter the call is refused, after it accepted; another independent provider stays refused."""
    lift()
    vacancy = declined(here)
    other = build.provider(Affiliation.RSA, at=here.school)
    build.assignment(alone, here.lines[0])
    osis = here.lines[0].student.osis
    before = call(alone, asked(osis)).call
    process(here, vacancy, alone)
    after, strangers = call(alone, asked(osis)).call, call(other, asked(osis)).call
    assert before is not None
    assert after is not None
    assert strangers is not None
    assert [one.outcome for one in (before, after, strangers)] == [
        Outcome.REFUSED,
        Outcome.ACCEPTED,
        Outcome.REFUSED,
    ]


@pytest.mark.django_db(transaction=True)
def test_twelve_who_process_at_once_process_once() -> None:
    here = bench()
    lift()
    vacancy, alone = declined(here), build.provider(Affiliation.RSA)

    def attempt() -> str:
        try:
            process(here, vacancy, alone)
        except CannotContract as refused:
            return str(refused)
        return "processed"

    heard = at_once([attempt] * 12)
    assert heard.count("processed") == 1
    assert RsaLetter.objects.count() == 1
