"""The lines behind the three systems' numbers, for a school and for a whole borough."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseloads.models import Mandate
from caseloads.systems.cap.models import CapMandate
from caseloads.systems.sec.models import SecLine
from compliance.kinds import Code
from compliance.models import LineCount
from compliance.reconcile.agreement import count_lines
from providers.kinds import Borough
from providers.models import School
from tests import build
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import as_agency, as_auditor, as_orcs, as_provider
from tests.compliance import build as rows
from tests.compliance.views.floor import Floor

LINES, TODAY = "/mismatches/lines/", "/today/"


def in_cap(mandate: Mandate, **changes: int) -> CapMandate:
    """Insert a mandate as CAP holds it."""
    said = {name: getattr(mandate, name) for name in ("service", "language", "setting", "frequency", "duration")}
    return CapMandate.objects.create(
        osis=mandate.student.osis,
        group_size=mandate.group_size,
        starts=mandate.starts,
        status=5,
        since=build.NOW - timedelta(days=9),
        **said | changes,
    )


def in_sec(mandate: Mandate) -> SecLine:
    """Insert a mandate as SEC shows it."""
    said = {name: getattr(mandate, name) for name in ("service", "language", "setting", "frequency", "duration")}
    return SecLine.objects.create(
        osis=mandate.student.osis,
        group_size=mandate.group_size,
        status=3,
        from_at=build.NOW - timedelta(days=8),
        **said,
    )


def everywhere(school: School) -> Mandate:
    """Return a mandate that all three systems hold."""
    mandate = build.mandated(school)
    in_cap(mandate)
    in_sec(mandate)
    return mandate


def stand(floor: Floor) -> None:
    """Make four lines: in all three, in SESIS alone with and without an item that says why, and in SEC no more."""
    everywhere(floor.school)
    rows.on_document(Code.IEP_NOT_IN_CAP, build.mandated(floor.school).iep)
    build.mandated(floor.school)
    in_cap(build.mandated(floor.school))
    gone = build.mandated(floor.school)
    gone.student.enrolments.update(ends=date(2026, 10, 1))
    in_cap(gone)


def test_every_number_of_the_tile_is_a_list_of_exactly_that_many_lines(floor: Floor) -> None:
    stand(floor)
    tile = floor.me.get(TODAY).context["agreement"]
    numbers = {one["name"]: one["number"] for one in tile["systems"]}
    assert numbers == {"SESIS": 4, "CAP": 2, "SEC": 1}
    assert (tile["apart"], tile["explained"], tile["unexplained"]) == (3, 1, 2)
    for one in tile["systems"]:
        assert len(floor.me.get(one["url"]).context["rows"]) == one["number"]
    assert len(floor.me.get(tile["explained_url"]).context["rows"]) == 1
    assert len(floor.me.get(tile["unexplained_url"]).context["rows"]) == 2


def test_a_line_says_where_it_is_and_which_item_says_why_it_is_not(floor: Floor) -> None:
    stand(floor)
    page = main(floor.me.get(LINES + "?view=explained"))
    assert "No, explained Final IEP never reached CAP" in page
    assert page.count("Not there") == 2
    assert "No, unexplained" in main(floor.me.get(LINES + "?view=unexplained"))


def test_a_line_that_cap_holds_in_another_language_is_explained_on_both_sides(floor: Floor) -> None:
    mandate = build.mandated(floor.school)
    other = in_cap(mandate, language=2)
    rows.on_line(
        Code.CAP_FIELD_DIFFERS,
        mandate,
        evidence={"cap": {"language": other.language, "setting": other.setting}, "differs": ["language"]},
    )
    tile = floor.me.get(TODAY).context["agreement"]
    assert (tile["explained"], tile["unexplained"]) == (2, 0)


def test_what_has_settled_explains_nothing(floor: Floor) -> None:
    rows.on_document(Code.IEP_NOT_IN_CAP, build.mandated(floor.school).iep, **rows.settled())
    assert floor.me.get(TODAY).context["agreement"]["unexplained"] == 1


def test_pages_of_lines_show_every_line_once(floor: Floor) -> None:
    for _ in range(60):
        build.mandated(floor.school)
    first = floor.me.get(LINES)
    second = floor.me.get(first.context["pager"]["next_url"])
    assert "Rows 51 to 60 of 60" in main(second)
    shown = [row["osis"] for answer in (first, second) for row in answer.context["rows"]]
    assert len(shown) == len(set(shown)) == 60
    back = floor.me.get(second.context["pager"]["previous_url"])
    assert back.context["rows"] == first.context["rows"]


@pytest.mark.parametrize("query", ["?view=x", "?page=x", "?page=7", "?page=100", "?view=\x00", "?page=" + "9" * 99])
def test_what_cannot_be_read_shows_the_first_page_of_the_lines_in_sesis(floor: Floor, query: str) -> None:
    build.mandated(floor.school)
    answer = floor.me.get(LINES + query)
    assert (answer.status_code, len(answer.context["rows"]), answer.context["view"]) == (200, 1, "sesis")


def test_a_stranger_sees_none_of_them_and_the_record_names_whom_one_saw(floor: Floor) -> None:
    mandate = build.mandated(floor.school)
    assert floor.stranger.get(LINES).context["rows"] == []
    assert floor.stranger.get(LINES + "?school=15K910").status_code == 404
    floor.me.get(LINES)
    assert [(one[0], one[1]) for one in records()] == [("lines", [mandate.student_id])]
    assert as_provider(build.provider(at=floor.school)).get(LINES).status_code == 404
    assert as_agency(build.agency()).get(LINES).status_code == 404


def test_a_borough_is_counted_after_a_comparison_and_shown_school_by_school(floor: Floor) -> None:
    stand(floor)
    everywhere(build.school("15K914"))
    everywhere(build.school("24Q915"))
    orcs = as_orcs(Borough.BROOKLYN)
    assert orcs.get(TODAY).context["agreement"] is None
    count_lines(at=build.NOW)
    tile = orcs.get(TODAY).context["agreement"]
    assert [one["number"] for one in tile["systems"]] == [5, 3, 2]
    for one in [*(system["url"] for system in tile["systems"]), tile["explained_url"], tile["unexplained_url"]]:
        answer = orcs.get(one)
        schools = answer.context["schools"]
        assert sum(school["number"] for school in schools) == answer.context["total"]
        for school in schools:
            assert len(orcs.get(school["url"]).context["rows"]) == school["number"]
    assert len(as_auditor().get(LINES).context["schools"]) == 3


def test_counting_again_puts_new_numbers_in_the_place_of_old_ones(floor: Floor) -> None:
    stand(floor)
    gone = everywhere(build.school("15K916"))
    count_lines(at=build.NOW - timedelta(days=1))
    gone.student.enrolments.update(ends=build.TODAY - timedelta(days=1))
    build.mandated(floor.school)
    for _ in range(2):
        count_lines(at=build.NOW)
    (kept,) = LineCount.objects.all()
    assert (kept.school, kept.sesis, kept.as_of) == (floor.school, 5, build.NOW)


def test_a_school_of_the_borough_can_be_opened_and_one_of_another_cannot(floor: Floor) -> None:
    build.mandated(build.school("24Q917"))
    build.mandated(floor.school)
    orcs = as_orcs(Borough.BROOKLYN)
    assert len(orcs.get(LINES + "?school=15K910").context["rows"]) == 1
    assert orcs.get(LINES + "?school=24Q917").status_code == 404
