"""Call sheets to print, and the page that explains each code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.kinds import Code
from compliance.reconcile.catalogue import CATALOGUE
from tests import build
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import as_agency, as_auditor, as_provider
from tests.compliance import build as rows
from tests.compliance.views.floor import Floor, all_ids

SHEETS = "/mismatches/call-sheets/"


def test_each_provider_has_a_sheet_with_the_students_and_what_to_key(floor: Floor) -> None:
    ana, bo = build.provider(at=floor.school, name="Ana Abel"), build.provider(at=floor.school, name="Bo Beck")
    late = rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=ana)
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=ana, **rows.waiting())
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=bo)
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=bo, **rows.settled())
    answer = floor.me.get(SHEETS)
    sheets = answer.context["sheets"]
    assert [(one.provider, len(one.calls)) for one in sheets] == [("Ana Abel", 2), ("Bo Beck", 1)]
    assert [call["late"] for call in sheets[0].calls] == [True, False]
    page = main(answer).replace("\xa0", " ")
    assert f"{late.osis:09}" in page
    assert "Speech-language 3 × 30 × 2, English" in page
    assert f"provider number {ana.number}" in page
    assert "3 first calls to make, by 2 providers." in page


def test_a_provider_at_two_schools_has_a_sheet_for_each(floor: Floor) -> None:
    ana = build.provider(at=floor.school)
    other = build.school("15K913")
    for school in (floor.school, other):
        rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(school), provider=ana)
    answer = as_auditor().get(SHEETS)
    assert [one.dbn for one in answer.context["sheets"]] == ["15K910", "15K913"]
    narrowed = as_auditor().get(SHEETS + "?school=15K913")
    assert [one.dbn for one in narrowed.context["sheets"]] == ["15K913"]


def test_nobody_to_call_is_said_so_and_strangers_see_none(floor: Floor) -> None:
    rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=build.provider(at=floor.school))
    for client in (floor.stranger, as_agency(build.agency())):
        assert "No call sheet to print" in main(client.get(SHEETS))
    assert as_provider(build.provider(at=floor.school)).get(SHEETS).status_code == 404


def test_the_record_names_whose_calls_these_are(floor: Floor) -> None:
    item = rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(floor.school), provider=build.provider(at=floor.school))
    floor.me.get(SHEETS)
    assert [(one[0], one[1]) for one in records()] == [("call-sheets", [item.student_id])]


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_every_code_is_explained_in_plain_words(floor: Floor, code: Code) -> None:
    entry = CATALOGUE[code]
    page = main(floor.me.get(f"/mismatches/codes/{code.name}/"))
    for words in (entry.title, entry.why, entry.fix, entry.meanwhile, entry.then, entry.owner.label):
        assert str(words) in page


@pytest.mark.parametrize("name", ["sec_only", "NO_SUCH", "SEC-ONLY", "1"])
def test_an_unknown_code_has_no_page(floor: Floor, name: str) -> None:
    assert floor.me.get(f"/mismatches/codes/{name}/").status_code == 404


def test_the_numbers_of_a_code_are_lists(floor: Floor) -> None:
    rows.differing(build.mandated(floor.school))
    rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    rows.differing(build.mandated(floor.school), **rows.waiting(build.NOW + timedelta(days=1)))
    context = floor.me.get("/mismatches/codes/CAP_FIELD_DIFFERS/").context
    assert (context["open"], context["waiting"]) == (2, 1)
    assert len(all_ids(floor.me, context["open_url"])) == 2
    assert len(all_ids(floor.me, context["waiting_url"])) == 1
    assert floor.stranger.get("/mismatches/codes/CAP_FIELD_DIFFERS/").context["open"] == 0
