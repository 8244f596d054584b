"""The transmittal: from then on, and not before, an agency's calls count (R8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.contracting.refusal import CannotContract
from caseloads.kinds import Outcome
from caseloads.models import Call, Message, Transmittal, Vacancy
from caseloads.models.message import MessageKind
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation
from providers.models import Contract
from tests import build
from tests.caseloads.calls import asked, call
from tests.caseloads.contracting.scene import Bench, bench, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_every_student_who_waits_is_transmitted_under_the_contract(here: Bench) -> None:
    vacancy = here.accepted()
    Touched.objects.all().delete()
    assert here.send(vacancy) == 2
    rows = Transmittal.objects.order_by("student")
    assert [row.student_id for row in rows] == here.students
    for row in rows:
        assert (row.agency, row.contract, row.vacancy) == (here.agency, here.agency.contracts.get(), vacancy)
        assert (row.processed, row.processed_by) == (build.NOW, here.orcs)
    assert touched() == set(here.students)
    assert touched(Touched.Kind.AGENCY) == {here.agency.pk}


def test_the_agency_is_written_to_with_the_contact_in_copy(here: Bench) -> None:
    here.send(here.accepted())
    message = Message.objects.get(kind=MessageKind.TRANSMITTAL)
    assert (message.to, message.copied) == ([here.agency.email], ["related-services@school.example"])
    assert message.subject.startswith("Transmittal sent for vacancy V-")
    assert "2 students, 180 minutes a week. SEC shows you who they are." in message.body


def test_nothing_is_sent_before_an_agency_has_accepted(here: Bench) -> None:
    vacancy = here.log()
    with pytest.raises(CannotContract, match="No agency has accepted"):
        here.send(vacancy)
    here.answer(here.offer(vacancy), accepted=False)
    with pytest.raises(CannotContract, match="No agency has accepted"):
        here.send(vacancy)
    assert not Transmittal.objects.exists()


def test_nothing_is_sent_once_the_contract_is_over(here: Bench) -> None:
    vacancy = here.accepted()
    Contract.objects.update(ends=build.TODAY - DAY)
    with pytest.raises(CannotContract, match="any more"):
        here.send(vacancy)


def test_whoever_is_served_meanwhile_needs_no_transmittal(here: Bench) -> None:
    vacancy = here.accepted()
    build.assignment(build.provider(), here.lines[0])
    assert here.send(vacancy) == 1
    assert Transmittal.objects.get().student_id == here.lines[1].student_id


def test_whoever_was_transmitted_to_this_agency_before_is_not_again(here: Bench) -> None:
    build.transmittal(here.lines[0], here.agency.contracts.get())
    vacancy = here.accepted()
    assert here.send(vacancy) == 1
    with pytest.raises(CannotContract, match="Nobody is left to send"):
        here.send(vacancy)


def test_the_vacancy_stays_open_until_the_agency_has_named_somebody(here: Bench) -> None:
    vacancy = here.accepted()
    here.send(vacancy)
    vacancy.refresh_from_db()
    assert vacancy.closed is None


def test_with_everybody_named_already_the_transmittal_fills_and_closes_it(here: Bench) -> None:
    vacancy = here.accepted()
    helper = build.provider(Affiliation.AGENCY, of=here.agency, at=here.school)
    for line in here.lines:
        build.assignment(helper, line)
    here.send(vacancy)
    vacancy.refresh_from_db()
    assert (vacancy.closing, vacancy.closed, vacancy.closed_by) == (Vacancy.Closing.FILLED, build.NOW, here.orcs)


def test_the_providers_refused_call_becomes_possible(here: Bench) -> None:
    """R8, the whole way: refused before the transmittal, accepted after it."""
    helper = build.provider(Affiliation.AGENCY, of=here.agency, at=here.school)
    osis = here.lines[0].student.osis
    vacancy = here.accepted()
    build.assignment(helper, here.lines[0])
    before = call(helper, asked(osis)).call
    assert before is not None
    assert (before.outcome, before.rule, before.reason) == (Outcome.REFUSED, "R8", "no-transmittal")
    here.send(vacancy)
    after = call(helper, asked(osis)).call
    assert after is not None
    assert after.outcome == Outcome.ACCEPTED
    assert Call.objects.filter(outcome=Outcome.REFUSED).count() == 1


def test_another_agencys_provider_is_still_refused(here: Bench) -> None:
    stranger = build.provider(Affiliation.AGENCY, of=here.other, at=here.school)
    here.send(here.accepted())
    refused = call(stranger, asked(here.lines[0].student.osis)).call
    assert refused is not None
    assert refused.rule == "R8"


@pytest.mark.django_db(transaction=True)
def test_twelve_who_send_at_once_send_once() -> None:
    here = bench()
    vacancy = here.accepted()

    def attempt() -> int:
        try:
            return here.send(vacancy)
        except CannotContract:
            return 0

    assert sorted(at_once([attempt] * 12)) == [0] * 11 + [2]
    assert (Transmittal.objects.count(), Message.objects.filter(kind=MessageKind.TRANSMITTAL).count()) == (2, 1)
