"""From the check to the call: one form is one call, however often and from wherever it is sent."""

from __future__ import annotations

from uuid import uuid4

import pytest

from caseloads.kinds import Outcome
from caseloads.models import Call, Delivery
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Language, Role, Service
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.filling import CHANGE, NEW, RECORD, check, errors, only_call, record, typed
from tests.caseloads.views.pages import carried, main, records
from tests.caseloads.views.people import as_provider


def test_the_check_shows_the_answers_and_keeps_nothing(here: Scene) -> None:
    answer = check(as_provider(here.provider), typed(here.osis))
    text = main(answer)
    for part in ("Nothing has been recorded yet.", here.mandate.student.full_name, "Speech-language", "Nov 24, 2026"):
        assert part in text
    assert (Call.objects.count(), Delivery.objects.count()) == (0, 0)
    assert records() == [("call-new", [here.mandate.student_id], "Checking a first call", Verb.SHOWN)]


def test_what_was_checked_is_recorded_and_its_page_shown(here: Scene) -> None:
    client = as_provider(here.provider)
    answer = record(client, carried(check(client, typed(here.osis)), RECORD))
    call = only_call()
    assert answer.headers["Location"] == f"/calls/{call.pk}/"
    assert call.outcome == Outcome.ACCEPTED
    assert call.deliveries.count() == 3
    assert "Recorded before" not in main(client.get(answer.headers["Location"]))
    kept = records()[1]
    assert kept == ("call-record", [here.mandate.student_id], "Recorded a first call", Verb.CHANGED)


@pytest.mark.parametrize("osis", ["{:09}", " {:09} ", "{0:.3}-{1}", "900 000\u2013001"])
def test_blanks_and_dashes_between_the_digits_do_not_matter(here: Scene, osis: str) -> None:
    number = f"{here.osis:09}"
    said = {"{:09}": number, " {:09} ": f"  {number} "}.get(osis, f"{number[:3]}-{number[3:6]}.{number[6:]}")
    assert check(as_provider(here.provider), typed(said)).status_code == 200


def test_a_double_click_is_one_call_and_leads_to_it_twice(here: Scene) -> None:
    client, sent = as_provider(here.provider), typed(here.osis)
    first, second = record(client, sent), record(client, sent)
    assert first.headers["Location"] == second.headers["Location"] == f"/calls/{only_call().pk}/"
    assert Delivery.objects.count() == 3


def test_a_second_tab_leads_to_the_first_call_and_says_so(here: Scene) -> None:
    client = as_provider(here.provider)
    first = record(client, typed(here.osis))
    second = record(client, typed(here.osis, on=build.TODAY.replace(day=23)))
    assert second.headers["Location"] == f"{first.headers['Location']}?again=1"
    assert only_call().session_on == build.TODAY
    text = main(client.get(second.headers["Location"]))
    assert "Recorded before: your first call stands." in text
    assert "This is the first number, with the first date. Nothing new was recorded." in text


def test_a_second_tab_is_told_already_at_the_first_step(here: Scene) -> None:
    client = as_provider(here.provider)
    record(client, typed(here.osis))
    answer = check(client, typed(here.osis))
    assert answer.headers["Location"] == f"/calls/{only_call().pk}/?again=1"


def test_a_used_form_with_another_body_is_refused_and_what_was_typed_goes_into_a_new_one(here: Scene) -> None:
    client, token = as_provider(here.provider), str(uuid4())
    other = build.mandated(here.school)
    record(client, typed(here.osis, token=token))
    answer = record(client, typed(other.student.osis, token=token))
    assert answer.status_code == 409
    assert Call.objects.count() == 1
    text = main(answer)
    assert "This form was already used" in text
    assert here.mandate.student.full_name in text
    assert str(other.student.osis) in text
    again = client.post(CHANGE, carried(answer, CHANGE))
    new = again.context["form"]["token"].value()
    assert str(new) not in {token, carried(answer, CHANGE)["token"]}
    assert again.context["form"]["osis"].value() == str(other.student.osis)
    assert record(client, typed(other.student.osis, token=str(new))).status_code == 302
    assert Call.objects.count() == 2


def test_a_token_that_somebody_else_used_shows_nothing_of_their_call(here: Scene) -> None:
    token, other = str(uuid4()), build.provider(at=here.school)
    theirs = build.mandated(here.school)
    record(as_provider(other), typed(theirs.student.osis, token=token))
    answer = record(as_provider(here.provider), typed(here.osis, token=token))
    assert answer.status_code == 409
    assert answer.context["used"] is None
    assert theirs.student.full_name not in main(answer)


def test_a_used_form_leaves_a_record_of_whom_it_showed(here: Scene) -> None:
    client, token = as_provider(here.provider), str(uuid4())
    record(client, typed(here.osis, token=token))
    record(client, typed(here.osis, Service.COUNSELING, token=token))
    assert records()[-1] == ("call-record", [here.mandate.student_id], "A form used twice", Verb.SHOWN)


def test_a_service_not_mandated_is_kept_with_a_reference_after_the_check(here: Scene) -> None:
    client = as_provider(here.provider)
    checked = check(client, typed(here.osis, Service.COUNSELING))
    assert checked.status_code == 200
    assert not Call.objects.exists()
    assert "We can keep it with a reference" in main(checked)
    answer = record(client, carried(checked, RECORD))
    call = only_call()
    assert (call.outcome, call.confirmation) == (Outcome.UNLINKED, None)
    assert not Delivery.objects.exists()
    text = main(client.get(answer.headers["Location"]))
    assert "Kept, but not recorded: no mandate for this service" in text
    assert "Call accepted" not in text


def test_a_call_before_the_transmittal_is_refused_at_once_with_the_rule_and_a_reference(here: Scene) -> None:
    agency = build.agency()
    provider = build.provider(Affiliation.AGENCY, of=agency, at=here.school)
    client = as_provider(provider)
    answer = check(client, typed(here.osis))
    call = only_call()
    assert answer.headers["Location"] == f"/calls/{call.pk}/"
    assert (call.outcome, call.rule) == (Outcome.REFUSED, "R8")
    assert not Delivery.objects.exists()
    text = main(client.get(answer.headers["Location"]))
    for part in ("Not yet: your agency has no transmittal", "(R8)", "ORCS sends the transmittal", "Look again"):
        assert part in text


def test_sent_twice_a_refusal_is_one_row(here: Scene) -> None:
    client = as_provider(build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school))
    sent = typed(here.osis)
    assert check(client, sent).headers["Location"] == check(client, sent).headers["Location"]
    assert Call.objects.count() == 1


@pytest.mark.parametrize("token", ["", "garbage", "\x00", "a" * 65536, "00000000-0000-0000-0000-00000000000g"])
def test_a_form_whose_token_was_tampered_with_gets_a_new_one_and_works_again(here: Scene, token: str) -> None:
    client, fresh = as_provider(here.provider), ""
    for send in (check, record):
        answer = send(client, typed(here.osis) | {"token": token})
        assert answer.status_code == 422
        assert list(errors(answer)) == [""]
        fresh = str(answer.context["form"]["token"].value())
        assert fresh != token
        assert answer.context["form"]["osis"].value() == str(here.osis)
    assert not Call.objects.exists()
    assert check(client, typed(here.osis, token=fresh)).status_code == 200


def test_a_hidden_field_changed_after_the_check_is_judged_anew(here: Scene) -> None:
    """What is recorded is what was sent, so a stranger's student in place of one's own is not found."""
    client = as_provider(here.provider)
    stranger = build.mandated(build.school(name="P.S. 901 The Other School")).student
    hidden = carried(check(client, typed(here.osis)), RECORD) | {"osis": str(stranger.osis)}
    answer = record(client, hidden)
    assert answer.status_code == 422
    assert list(errors(answer)) == ["osis"]
    assert not Call.objects.exists()


def test_a_language_chosen_is_carried_through_the_check(here: Scene) -> None:
    build.mandate(here.mandate.iep, language=Language.SPANISH)
    client = as_provider(here.provider)
    checked = check(client, typed(here.osis, language=Language.SPANISH))
    record(client, carried(checked, RECORD))
    assert only_call().language == Language.SPANISH


def test_whoever_lacks_access_is_told_at_the_check_who_acts(here: Scene) -> None:
    provider = build.provider(at=here.school, access=False)
    text = main(check(as_provider(provider), typed(here.osis)))
    assert "not yet: DOE staff come into SESIS through the school's Galaxy, and you are not on it (R6)." in text
    assert "The school adds you to its Galaxy." in text


def test_another_providers_student_is_noticed_before_it_is_recorded(here: Scene) -> None:
    provider = build.provider(at=here.school)
    answer = check(as_provider(provider), typed(here.osis))
    assert [one["title"] for one in answer.context["notices"]] == ["Another provider is assigned"]


def test_a_nurse_who_types_nonsense_is_told_that_no_call_is_needed(here: Scene) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    answer = as_provider(nurse).post(NEW, {"osis": "nonsense"})
    assert "Not needed: nurses do not call" in main(answer)
    assert not Call.objects.exists()
