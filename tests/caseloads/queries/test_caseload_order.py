"""The order of a caseload, and who acts while a call may not be made yet."""

from __future__ import annotations

import pytest

from caseloads.queries.caseload import caseload_of
from caseloads.queries.caseload_rows import folded
from caseloads.queries.moment import Moment
from providers.kinds import Affiliation, Role, Service
from tests import build


@pytest.mark.parametrize(
    ("name", "said"), [("al-Hashimi", "al-hashimi"), ("Țîrlea", "tirlea"), ("Święcka", "swiecka"), ("O'Shea", "o'shea")]
)
def test_case_and_accents_do_not_count_in_the_order(name: str, said: str) -> None:
    assert folded(name) == said


@pytest.mark.django_db
def test_a_caseload_stands_in_the_order_in_which_names_are_looked_up() -> None:
    build.school_year()
    school = build.school()
    me = build.provider(at=school)
    for name in ("Zeller", "al-Hashimi", "Émond", "Tse", "Țîrlea"):
        mandate = build.mandate(build.iep(build.student(school, last_name=name)))
        build.assignment(me, mandate)
    rows = caseload_of(me, at=Moment(build.NOW, build.REAL))
    assert [row.shown["student_name"].split()[-1] for row in rows] == ["al-Hashimi", "Émond", "Țîrlea", "Tse", "Zeller"]


@pytest.mark.django_db
def test_without_a_transmittal_the_caseload_says_who_acts_before_anybody_called() -> None:
    build.school_year()
    school, agency = build.school(), build.agency()
    build.contract(agency, Service.OCCUPATIONAL_THERAPY)
    me = build.provider(Affiliation.AGENCY, Role.OCCUPATIONAL_THERAPIST, at=school, of=agency)
    build.assignment(me, build.mandated(school, Service.OCCUPATIONAL_THERAPY))
    (row,) = caseload_of(me, at=Moment(build.NOW, build.REAL))
    assert row.tab == "blocked"
    assert row.shown["blocker_owner"] == "ORCS sends the transmittal"
    assert row.shown["look_again"] is None
