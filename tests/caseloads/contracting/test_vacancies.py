"""Reporting a vacancy through the designee (R15), adding to it, closing it, and what is none (R14)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from caseloads.contracting import vacancies
from caseloads.contracting.lines import open_lines
from caseloads.contracting.refusal import CannotContract
from caseloads.contracting.vacancies import OpenAlready
from caseloads.models import Enrolment, Mandate, Redirected, Vacancy
from orcs_portal.accounts.models import User
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Borough, Language, Service
from providers.models.grant import Standing
from tests import build
from tests.caseloads.contracting.scene import SINCE, Bench, bench, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def waiting(of: Vacancy) -> list[int]:
    """Return the mandates that wait in a vacancy, in order."""
    return sorted(line.mandate for line in open_lines([of.pk], build.TODAY).get(of.pk, []))


def person(kind: Standing, **scope: object) -> User:
    """Return somebody with a grant."""
    user = build.user()
    build.grant(user, kind, **scope)  # type: ignore[arg-type] # a grant's scope by name
    return user


def test_the_designee_reports_a_vacancy_for_the_school(here: Bench) -> None:
    row = here.log(note="The room is free Monday to Thursday.")
    assert (row.logged_by, row.for_school, row.logged) == (here.designee, False, build.NOW)
    assert (row.unserved_since, row.note, row.closed) == (SINCE, "The room is free Monday to Thursday.", None)
    assert sorted(row.mandates.values_list("pk", flat=True)) == here.ids
    assert touched() == set(here.students)


def test_orcs_reports_it_on_the_schools_behalf_and_that_is_recorded(here: Bench) -> None:
    assert here.log(by=here.orcs).for_school is True


@pytest.mark.parametrize("kind", [Standing.COORDINATOR, Standing.HEAD])
def test_nobody_else_of_the_school_reports_one(here: Bench, kind: Standing) -> None:
    colleague = person(kind, at=here.school)
    with pytest.raises(CannotContract) as refused:
        here.log(by=colleague)
    assert refused.value.advice is not None
    assert refused.value.advice.rule == "R15"
    assert not Vacancy.objects.exists()


def test_strangers_report_nothing(here: Bench) -> None:
    strangers = [
        person(Standing.COORDINATOR, at=build.school(), designee=True),
        person(Standing.ORCS, borough=Borough.QUEENS),
        person(Standing.AUDITOR),
        person(Standing.AGENCY, agency=here.agency),
        build.user(),
    ]
    for stranger in strangers:
        with pytest.raises(CannotContract):
            here.log(by=stranger)
    assert not Vacancy.objects.exists()


def test_a_designees_grant_that_is_over_reports_nothing(here: Bench) -> None:
    here.designee.grants.update(ends=build.TODAY - DAY)
    with pytest.raises(CannotContract):
        here.log()


def test_whoever_was_served_meanwhile_drops_off(here: Bench) -> None:
    build.assignment(build.provider(), here.lines[0])
    row = here.log()
    assert list(row.mandates.all()) == [here.lines[1]]


def test_with_everybody_served_meanwhile_nothing_is_logged(here: Bench) -> None:
    for line in here.lines:
        build.assignment(build.provider(), line)
    with pytest.raises(CannotContract, match="None of these students waits any more") as refused:
        here.log()
    assert refused.value.field == "mandates"
    assert not Vacancy.objects.exists()


def test_another_schools_another_services_and_an_older_ieps_lines_are_not_logged(here: Bench) -> None:
    older = build.mandated(here.school)
    Mandate.objects.filter(pk=older.pk).update(ends=build.TODAY - DAY)
    strangers = [
        build.mandated(build.school()),
        build.mandated(here.school, Service.COUNSELING),
        build.mandated(here.school, Service.SPEECH, Language.SPANISH),
        older,
    ]
    assert sorted(here.log(lines=[*here.lines, *strangers]).mandates.values_list("pk", flat=True)) == here.ids


def test_the_same_vacancy_is_never_open_twice_and_leads_to_the_open_one(here: Bench) -> None:
    first = here.log(lines=here.lines[:1])
    with pytest.raises(OpenAlready) as refused:
        here.log(lines=here.lines[1:])
    assert refused.value.vacancy == first
    assert Vacancy.objects.count() == 1


def test_students_are_added_to_the_open_one_each_once(here: Bench) -> None:
    row = here.log(lines=here.lines[:1])
    Touched.objects.all().delete()
    add = partial(vacancies.add, vacancy=row, mandates=here.ids, by=here.designee, now=build.NOW)
    assert (add(), add()) == (1, 0)
    assert sorted(row.mandates.values_list("pk", flat=True)) == here.ids
    assert touched() == {here.lines[1].student_id}


def test_a_colleague_adds_nobody(here: Bench) -> None:
    row = here.log(lines=here.lines[:1])
    with pytest.raises(CannotContract):
        vacancies.add(vacancy=row, mandates=here.ids, by=person(Standing.HEAD, at=here.school), now=build.NOW)


def test_what_an_agency_accepted_stays_what_it_was_asked(here: Bench) -> None:
    row = here.log(lines=here.lines[:1])
    here.answer(here.offer(row), accepted=True)
    with pytest.raises(CannotContract, match="An agency has accepted"):
        vacancies.add(vacancy=row, mandates=here.ids, by=here.designee, now=build.NOW)


def test_it_is_closed_with_reason_author_and_time_and_once(here: Bench) -> None:
    row = here.log()
    shut = partial(vacancies.close, vacancy=row, closing=Vacancy.Closing.WITHDRAWN, now=build.NOW)
    shut(by=here.designee)
    row.refresh_from_db()
    assert (row.closing, row.closed_by, row.closed) == (Vacancy.Closing.WITHDRAWN, here.designee, build.NOW)
    with pytest.raises(CannotContract, match="has been closed"):
        shut(by=here.orcs)
    assert here.log().pk != row.pk


def test_a_colleague_closes_nothing(here: Bench) -> None:
    row = here.log()
    with pytest.raises(CannotContract):
        vacancies.close(
            vacancy=row,
            closing=Vacancy.Closing.FILLED,
            by=person(Standing.COORDINATOR, at=here.school),
            now=build.NOW,
        )


def test_an_evaluation_is_kept_as_redirected_and_logs_nothing(here: Bench) -> None:
    row = vacancies.redirect_evaluation(school=here.school, language=Language.SPANISH, by=here.designee, now=build.NOW)
    assert (row.school, row.language, row.for_school, row.asked_by, row.asked) == (
        here.school,
        Language.SPANISH,
        False,
        here.designee,
        build.NOW,
    )
    assert not Vacancy.objects.exists()
    assert vacancies.redirect_evaluation(school=here.school, language=None, by=here.orcs, now=build.NOW).for_school


def test_a_colleagues_evaluation_is_not_kept(here: Bench) -> None:
    with pytest.raises(CannotContract):
        vacancies.redirect_evaluation(
            school=here.school, language=None, by=person(Standing.HEAD, at=here.school), now=build.NOW
        )
    assert not Redirected.objects.exists()


def test_who_waits_is_read_anew_from_assignments_enrolments_and_the_iep_in_force(here: Bench) -> None:
    row = here.log()
    first, second = here.lines
    assert waiting(row) == here.ids
    served = build.assignment(build.provider(), first)
    assert waiting(row) == [second.pk]
    served.delete()
    Enrolment.objects.filter(student=second.student_id).update(ends=build.TODAY - DAY)
    assert waiting(row) == [first.pk]
    Mandate.objects.filter(pk=first.pk).update(ends=build.TODAY - DAY)
    assert waiting(row) == []


def test_the_line_of_a_new_iep_takes_the_place_of_the_one_that_was_logged(here: Bench) -> None:
    row = here.log(lines=here.lines[:1])
    old = here.lines[0].iep
    type(old).objects.filter(pk=old.pk).update(governs=(old.starts, build.TODAY))
    new = build.mandate(build.iep(old.student, version=2, starts=build.TODAY), frequency=5)
    (line,) = open_lines([row.pk], build.TODAY)[row.pk]
    assert (line.mandate, line.minutes) == (new.pk, 150)


@pytest.mark.parametrize("affiliation", [Affiliation.AGENCY, Affiliation.RSA])
def test_whoever_needs_a_paper_and_has_none_leaves_the_student_waiting(here: Bench, affiliation: Affiliation) -> None:
    """R8: an assignment before the transmittal or the letter serves nobody."""
    row = here.log(lines=here.lines[:1])
    line = here.lines[0]
    who = build.provider(affiliation, of=here.agency if affiliation is Affiliation.AGENCY else None)
    build.assignment(who, line)
    assert waiting(row) == [line.pk]
    if affiliation is Affiliation.AGENCY:
        build.transmittal(line, build.contract(here.other, starts=build.YEAR[0]))
        assert waiting(row) == [line.pk]
        build.transmittal(line, here.agency.contracts.get())
    else:
        letter = build.rsa_letter(line, who)
        assert waiting(row) == [line.pk]
        letter.processed = build.NOW
        letter.save()
    assert waiting(row) == []


@pytest.mark.django_db(transaction=True)
def test_twelve_designees_at_once_log_one_vacancy() -> None:
    here = bench()

    def attempt() -> int:
        try:
            return here.log().pk
        except OpenAlready as refused:
            return refused.vacancy.pk

    assert len(set(at_once([attempt] * 12))) == 1
    assert Vacancy.objects.count() == 1
