"""Addresses of the caseloads app; one address per act."""

from __future__ import annotations

from django.urls import path

from caseloads.views import call_new, calls, caseload, home, simulator

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
    path("simulator/", simulator.simulator, name="simulator"),
    path("simulator/clock/", simulator.clock, name="simulator-clock"),
    path("simulator/systems/", simulator.systems, name="simulator-systems"),
    path("simulator/advance/", simulator.advance, name="simulator-advance"),
    path("simulator/fault/", simulator.fault, name="simulator-fault"),
    path("simulator/finalize/", simulator.finalise, name="simulator-finalize"),
]
