"""What a row of the list says: what tells one item from the next, in the words of whoever works there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseloads.kinds import Transfer
from compliance.kinds import Code, Subject
from compliance.mismatches.evidence import Words
from compliance.mismatches.waiting import ON_THE_WAY, waiting_title, waiting_words
from compliance.mismatches.wording import heading_of, said_of, service_of, title_of
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from providers.kinds import Affiliation, Language
from tests import build
from tests.caseloads.calls import accepted
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place

LINE = {"frequency": 3, "duration": 30, "group_size": 2, "language": 1, "setting": 1}


def said(row: Finding, **providers: str) -> tuple[str, str]:
    """Return headline and detail on the builders' Tuesday."""
    one = said_of(row, Words(build.NOW, {int(key.strip("n")): name for key, name in providers.items()}))
    return one.headline.replace("\xa0", " "), one.detail.replace("\xa0", " ")


def test_figures_that_differ_are_quoted_of_both(here: Place) -> None:
    row = rows.differing(build.mandated(here.school))
    headline, detail = said(row)
    assert headline == "3 × 30 × 2 in SESIS, 2 × 30 × 2 in CAP"
    assert detail.startswith("Speech-language 3 × 30 × 2, English.")
    assert "Sessions a week." in detail


def test_another_field_is_quoted_by_its_name(here: Place) -> None:
    evidence = {"sesis": LINE | {"starts": "2026-09-10"}, "cap": LINE | {"starts": "2026-10-01"}, "differs": ["starts"]}
    row = rows.on_line(Code.CAP_FIELD_DIFFERS, build.mandated(here.school), evidence=evidence)
    assert said(row)[0] == "Starts Sep 10 in SESIS, starts Oct 1 in CAP"


def test_a_language_that_differs_says_itself(here: Place) -> None:
    evidence = {"sesis": LINE, "cap": LINE | {"language": Language.SPANISH}, "differs": ["language"]}
    row = rows.on_line(Code.CAP_FIELD_DIFFERS, build.mandated(here.school), evidence=evidence)
    assert said(row)[0] == "English in SESIS, Spanish in CAP"


@pytest.mark.parametrize(
    ("code", "evidence", "expected"),
    [
        (Code.CAP_FIELD_DIFFERS, {"sesis": LINE}, "In SESIS, not in CAP"),
        (Code.SEC_STALE, {"cap": LINE}, "In CAP, not in SEC"),
        (Code.SEC_ONLY, {"sec": LINE}, "In SEC, not in CAP"),
        (Code.CAP_NOT_ON_IEP, {"cap": LINE}, "In CAP, not on the IEP"),
    ],
)
def test_a_line_that_one_system_lacks_says_which(
    here: Place, code: Code, evidence: dict[str, Any], expected: str
) -> None:
    row = rows.on_line(code, build.mandated(here.school), evidence=evidence)
    assert said(row)[0] == expected


def test_people_are_named_where_they_are_what_it_is_about(here: Place) -> None:
    therapist = build.provider(at=here.school)
    mandate = build.mandated(here.school)
    assert (
        said(rows.on_line(Code.NO_FIRST_ATTEND, mandate, provider=therapist))[0] == f"No call by {therapist.full_name}"
    )
    ended = rows.on_line(Code.CASELOAD_ENDED, mandate, provider=therapist)
    assert said(ended)[0] == f"Still on the caseload of {therapist.full_name}"
    at_place = rows.at_place(Code.NOT_IN_GALAXY, therapist, here.school)
    assert said(at_place)[0] == f"Not in the Galaxy of {here.school.dbn}"


def test_a_provider_whom_nobody_knows_leaves_the_headline_to_the_service(here: Place) -> None:
    row = rows.on_line(Code.NO_FIRST_ATTEND, build.mandated(here.school), provider_number=999_999)
    assert said(row)[0] == "Speech-language 3 × 30 × 2, English"


def test_a_document_says_version_day_and_how_its_download_stands(here: Place) -> None:
    document = build.iep(build.student(here.school))
    row = rows.on_document(Code.IEP_NOT_IN_CAP, document)
    row.evidence["iep"] |= {"final": "2026-11-02T15:00:00+00:00", "transfer": int(Transfer.PENDING)}
    row.evidence["counts"] = {"lacking": 2}
    headline, detail = said(row)
    assert headline == "In SESIS, not in CAP"
    assert "Version 1, final Mon, Nov 2, 10:00 am" in detail or "Version 1, final Nov 2" in detail
    assert "CAP lacks 2 of its lines" in detail


def test_a_call_goes_by_its_number_and_a_letter_by_its_provider(here: Place) -> None:
    mandate = build.mandated(here.school)
    call = accepted(build.provider(at=here.school), mandate)
    assert said(rows.on_call(Code.WRONG_PROVIDER, call))[0].startswith("Call ")
    independent = build.provider(Affiliation.RSA)
    letter = build.rsa_letter(mandate, independent, processed=build.NOW - timedelta(days=30))
    assert said(rows.on_letter(Code.RSA_UNUSED, letter))[0] == f"Letter for {independent.full_name}"


def test_a_caseload_says_how_many_and_how_many_may_be(here: Place) -> None:
    therapist = build.provider(at=here.school)
    row = rows.found(
        Code.OVER_CASELOAD, evidence={"counts": {"students": 70, "most": 65}}, **rows.of_provider(therapist)
    )
    assert said(row)[0] == "70 students on the caseload, 65 is the limit"


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_every_code_says_something_even_without_evidence(here: Place, code: Code) -> None:
    row = rows.found(code, school=here.school, osis=200_000_000, service=1, language=1, setting=1)
    headline, detail = said(row)
    assert headline.strip()
    assert "None" not in headline + detail
    assert ".." not in headline + detail


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_what_waits_is_never_called_late_or_failed(code: Code) -> None:
    for count in (1, 2):
        words = waiting_words(code, count)
        assert words
        if code in ON_THE_WAY:
            assert not {"never", "failed", "overdue", "missing"} & set(words.split())
    assert waiting_title(code, 1)[0].isupper()


def test_the_title_is_of_what_is_on_its_way_while_it_waits(here: Place) -> None:
    row = rows.on_line(Code.SEC_WAITING, build.mandated(here.school), **rows.waiting())
    assert title_of(row) == "Line in SEC will follow CAP"
    assert title_of(rows.differing(build.mandated(here.school))) == str(Code.CAP_FIELD_DIFFERS.label)


def test_the_heading_quotes_both_only_where_both_have_figures(here: Place) -> None:
    row = rows.differing(build.mandated(here.school))
    assert heading_of(row).replace("\xa0", " ") == "CAP says 2 × 30 × 2, the IEP says 3 × 30 × 2"
    del row.evidence["cap"]["duration"]
    assert heading_of(row) == title_of(row)


def test_a_service_is_named_with_its_language_and_nothing_is_named_nothing(here: Place) -> None:
    assert service_of(rows.differing(build.mandated(here.school))) == "Speech-language, English"
    nowhere = rows.at_place(Code.NOT_IN_GALAXY, build.provider(at=here.school), here.school)
    assert (nowhere.subject, service_of(nowhere)) == (Subject.PLACE, "")
