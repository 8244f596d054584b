"""Step one of a first call: the form, what fills it in, and the students beside it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from caseloads.kinds import FedBy, System
from caseloads.models import Call, SystemSetting
from providers.kinds import Language, Service
from tests import build
from tests.caseloads.calls import Scene, accepted
from tests.caseloads.views.filling import CHANGE, NEW, RECORD, check, errors, typed
from tests.caseloads.views.pages import carried, main, records, words
from tests.caseloads.views.people import as_coordinator, as_provider


def test_the_form_opens_empty_with_a_token_of_its_own(here: Scene) -> None:
    client = as_provider(here.provider)
    first, second = client.get(NEW), client.get(NEW)
    assert first.status_code == 200
    form = first.context["form"]
    assert [field.name for field in form] == ["osis", "service", "session_on", "token"]
    assert [form[name].value() for name in ("osis", "service", "session_on")] == [None, None, None]
    assert form["token"].value() != second.context["form"]["token"].value()


def test_the_language_is_only_asked_where_it_must_be_chosen(here: Scene) -> None:
    build.mandate(here.mandate.iep, language=Language.SPANISH)
    answer = check(as_provider(here.provider), typed(here.osis))
    assert answer.status_code == 422
    assert list(errors(answer)) == ["language"]
    offered = [label for _, label in answer.context["form"].fields["language"].choices]
    assert offered == ["English", "Spanish"]
    assert 'type="radio"' in answer.content.decode()


def test_a_chosen_language_leads_on_to_the_check(here: Scene) -> None:
    spanish = build.mandate(here.mandate.iep, language=Language.SPANISH)
    answer = check(as_provider(here.provider), typed(here.osis, language=Language.SPANISH))
    assert answer.status_code == 200
    assert answer.context["checked"]["language"] == "Spanish"
    assert answer.context["checked"]["mandates"] == [spanish]


def test_the_check_says_where_the_call_goes_and_by_when_it_should_show(here: Scene) -> None:
    text = words(check(as_provider(here.provider), typed(here.osis)))
    assert "The call goes to all three systems by itself, and should show in" in text
    assert "CAP by tomorrow, 6:00 am SEC by Thu, Nov 26, 6:00 am Your caseload by Thu, Nov 26, 7:41 am" in text


def test_the_check_names_a_system_that_is_read_by_its_loads(here: Scene) -> None:
    lag = {"lag_min": 0, "lag_max": 0, "lag_promise": 24 * 60}
    SystemSetting.objects.filter(system__in=[System.CAP, System.SESIS]).update(fed_by=FedBy.EXTRACTS, **lag)
    text = words(check(as_provider(here.provider), typed(here.osis)))
    assert "The call goes to SEC by itself, and should show in" in text
    assert "CAP with the first load of CAP extracts after tomorrow, 7:41 am" in text
    assert "Your caseload with the first load of SESIS extracts after tomorrow, 7:41 am" in text
    SystemSetting.objects.update(fed_by=FedBy.EXTRACTS)
    assert "The call is kept here and sent nowhere, and should show in" in words(
        check(as_provider(here.provider), typed(here.osis))
    )


def test_a_language_is_offered_also_while_the_mandates_are_still_to_begin(here: Scene) -> None:
    """Without it the message would ask for a choice that the page does not offer."""
    student = build.student(here.school)
    coming = build.iep(student, starts=date(2026, 11, 30))
    build.mandate(coming)
    build.mandate(coming, language=Language.SPANISH)
    answer = check(as_provider(here.provider), typed(student.osis))
    assert list(errors(answer)) == ["language"]
    again = check(as_provider(here.provider), typed(student.osis, language=Language.SPANISH))
    assert list(errors(again)) == ["session_on"]


def test_a_language_in_which_it_is_not_mandated_is_corrected_from_those_in_which_it_is(here: Scene) -> None:
    answer = check(as_provider(here.provider), typed(here.osis, language=Language.POLISH))
    assert answer.status_code == 422
    assert list(errors(answer)) == ["language"]
    assert [label for _, label in answer.context["form"].fields["language"].choices] == ["English"]


def test_an_assignment_of_ones_own_fills_in_the_form(here: Scene) -> None:
    mine = here.mandate.assignments.get()
    answer = as_provider(here.provider).get(f"{NEW}?assignment={mine.pk}")
    form = answer.context["form"]
    assert form["osis"].value() == f"{here.osis:09}"
    assert form["service"].value() == Service.SPEECH
    assert form["language"].value() == Language.ENGLISH


@pytest.mark.parametrize("asked", ["", "0", "-1", "abc", "9" * 30, "9" * 5000, "\x00", "1 OR 1=1", "٣", "1.5"])
def test_nothing_else_fills_it_in(here: Scene, asked: str) -> None:
    answer = as_provider(here.provider).get(NEW, {"assignment": asked})
    assert answer.status_code == 200
    assert answer.context["form"]["osis"].value() is None


def test_an_assignment_of_somebody_else_fills_in_nothing(here: Scene) -> None:
    theirs = build.assignment(build.provider(at=here.school), build.mandated(here.school))
    answer = as_provider(here.provider).get(f"{NEW}?assignment={theirs.pk}")
    assert answer.context["form"]["osis"].value() is None


def test_an_assignment_that_has_ended_fills_in_nothing(here: Scene) -> None:
    mandate = build.mandated(here.school)
    ended = build.assignment(here.provider, mandate, ends=date(2026, 11, 23))
    answer = as_provider(here.provider).get(f"{NEW}?assignment={ended.pk}")
    assert answer.context["form"]["osis"].value() is None


def test_my_students_without_a_call_stand_beside_it_and_can_be_chosen(here: Scene) -> None:
    called = build.mandated(here.school)
    build.assignment(here.provider, called)
    accepted(here.provider, called)
    client = as_provider(here.provider)
    due = client.get(NEW).context["due"]
    assert [one["student_name"] for one in due] == [here.mandate.student.full_name]
    filled = client.get(due[0]["choose_url"])
    assert filled.context["form"]["osis"].value() == f"{here.osis:09}"


def test_eight_stand_beside_it_and_the_rest_are_counted(here: Scene) -> None:
    for _ in range(10):
        build.assignment(here.provider, build.mandated(here.school))
    answer = as_provider(here.provider).get(NEW)
    assert (len(answer.context["due"]), answer.context["due_more"]) == (8, 3)
    assert "3 more on your caseload" in words(answer)


def test_an_empty_list_says_why_and_what_then(here: Scene) -> None:
    here.mandate.assignments.all().delete()
    text = main(as_provider(here.provider).get(NEW))
    assert "None of your students needs one now." in text
    assert "Ask its coordinator." in text


def test_the_access_record_names_those_who_were_shown_and_no_one_else(here: Scene) -> None:
    for _ in range(10):
        build.assignment(here.provider, build.mandated(here.school))
    answer = as_provider(here.provider).get(NEW)
    ((what, students, purpose, verb),) = records()
    assert (what, purpose, verb) == ("call-new", "The first-call form", 1)
    assert len(students) == len(answer.context["due"]) == 8


def test_only_providers_have_a_form(here: Scene) -> None:
    client = as_coordinator(here.school)
    for answer in (client.get(NEW), client.post(NEW, typed(here.osis)), client.post(CHANGE, typed(here.osis))):
        assert answer.status_code == 404
    assert records() == []
    assert not Call.objects.exists()


def test_change_shows_the_form_again_with_what_was_typed_and_goes_to_the_field(here: Scene) -> None:
    client = as_provider(here.provider)
    sent = typed(here.osis)
    checked = check(client, sent)
    answer = client.post(CHANGE, {**carried(checked, CHANGE), "change": "session_on"})
    form = answer.context["form"]
    assert answer.status_code == 200
    assert [str(form[name].value()) for name in ("osis", "service", "session_on")] == [
        str(here.osis),
        "1",
        "11/24/2026",
    ]
    assert "autofocus" in str(form["session_on"])
    assert "autofocus" not in str(form["osis"])
    assert str(form["token"].value()) != sent["token"]


def test_change_to_a_field_that_does_not_exist_just_shows_the_form(here: Scene) -> None:
    answer = as_provider(here.provider).post(CHANGE, typed(here.osis) | {"change": "token\x00<script>"})
    assert answer.status_code == 200
    assert "autofocus" not in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(here: Scene, method: str) -> None:
    client = as_provider(here.provider)
    for url in (NEW, CHANGE, RECORD):
        assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize("url", [CHANGE, RECORD])
def test_a_step_opened_as_an_address_leads_to_the_form(here: Scene, url: str) -> None:
    """Somebody reloads the page after a form, or sends its address to a colleague."""
    client = as_provider(here.provider)
    for answer in (client.get(url), client.head(url)):
        assert (answer.status_code, answer["Location"]) == (302, NEW)
    assert client.get(url, follow=True).context["form"]["osis"].value() is None
    assert as_coordinator(here.school).get(url).status_code == 404
    assert Client().get(url)["Location"].startswith("/sign-in/?next=/calls/new/")
