"""Addresses of the caseloads app; one address per act."""

from __future__ import annotations

from django.urls import path

from caseloads.views import (
    assign,
    assign_one,
    call_new,
    calls,
    caseload,
    home,
    simulator,
    vacancies,
    vacancies_export,
    vacancy_acts,
    vacancy_new,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", call_new.new, name="call-new"),
    path("calls/new/change/", call_new.change, name="call-change"),
    path("calls/new/record/", call_new.record, name="call-record"),
    path("calls/parked/", calls.parked, name="parked"),
    path("calls/parked/<int:delivery_id>/replay/", calls.replay_delivery, name="delivery-replay"),
    path("calls/<int:call_id>/", calls.call, name="call"),
    path("calls/<int:call_id>/line/", calls.line, name="call-line"),
    path("calls/<int:call_id>/replay/<slug:system>/", calls.replay_call, name="call-replay"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("assign/", assign.assign, name="assign"),
    path("assign/choose/", assign_one.choose, name="assign-choose"),
    path("assign/record/", assign_one.record, name="assign-record"),
    path("assign/mandates/<int:mandate_id>/", assign_one.one, name="assign-one"),
    path("assign/<int:assignment_id>/end/", assign_one.end, name="assign-end"),
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("vacancies/export.<str:kind>", vacancies_export.export, name="vacancies-export"),
    path("vacancies/new/", vacancy_new.new, name="vacancy-new"),
    path("vacancies/new/change/", vacancy_new.change, name="vacancy-change"),
    path("vacancies/new/record/", vacancy_new.record, name="vacancy-record"),
    path("vacancies/redirected/<int:redirected_id>/", vacancies.stop, name="vacancy-stop"),
    path("vacancies/offers/<int:offer_id>/answer/", vacancy_acts.answer, name="offer-answer"),
    path("vacancies/<int:vacancy_id>/", vacancies.vacancy, name="vacancy"),
    path("vacancies/<int:vacancy_id>/students/", vacancy_acts.add, name="vacancy-add"),
    path("vacancies/<int:vacancy_id>/offer/", vacancy_acts.offer, name="vacancy-offer"),
    path("vacancies/<int:vacancy_id>/transmit/", vacancy_acts.transmit, name="vacancy-transmit"),
    path("vacancies/<int:vacancy_id>/letter/", vacancy_acts.letter, name="vacancy-letter"),
    path("vacancies/<int:vacancy_id>/close/", vacancy_acts.close, name="vacancy-close"),
    path("simulator/", simulator.simulator, name="simulator"),
    path("simulator/clock/", simulator.clock, name="simulator-clock"),
    path("simulator/systems/", simulator.systems, name="simulator-systems"),
    path("simulator/advance/", simulator.advance, name="simulator-advance"),
    path("simulator/fault/", simulator.fault, name="simulator-fault"),
    path("simulator/finalize/", simulator.finalise, name="simulator-finalize"),
]
