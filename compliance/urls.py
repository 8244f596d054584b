"""Addresses of the compliance app; one address per act."""

from __future__ import annotations

from django.urls import URLPattern, path

from compliance.views import (
    acts,
    codes,
    exports,
    lines,
    mismatch,
    mismatches,
    search,
    sec_report,
    sheets,
    students,
    today,
)

urlpatterns: list[URLPattern] = [
    path("today/", today.today, name="today"),
    path("mismatches/", mismatches.mismatches, name="mismatches"),
    path("mismatches/export.<str:kind>", exports.export, name="mismatches-export"),
    path("mismatches/call-sheets/", sheets.call_sheets, name="call-sheets"),
    path("mismatches/lines/", lines.lines, name="lines"),
    path("mismatches/hand-over/", acts.hand_over, name="mismatches-hand-over"),
    path("mismatches/assign/", acts.assign, name="mismatches-assign"),
    path("mismatches/take-back/", acts.take_back, name="mismatches-take-back"),
    path("mismatches/undo/", acts.undo, name="mismatches-undo"),
    path("mismatches/codes/<str:code>/", codes.code, name="codes"),
    path("mismatches/<int:finding_id>/", mismatch.mismatch, name="mismatch"),
    path("mismatches/<int:finding_id>/hand-over/", mismatch.hand_over, name="mismatch-hand-over"),
    path("mismatches/<int:finding_id>/assign/", mismatch.assign, name="mismatch-assign"),
    path("mismatches/<int:finding_id>/take-back/", mismatch.take_back, name="mismatch-take-back"),
    path("mismatches/<int:finding_id>/acknowledge/", mismatch.acknowledge, name="mismatch-acknowledge"),
    path("mismatches/<int:finding_id>/comment/", mismatch.comment, name="mismatch-comment"),
    path("mismatches/<int:finding_id>/answer/", mismatch.answer, name="mismatch-answer"),
    path("search/", search.search, name="search"),
    path("students/<int:student_id>/", students.student, name="student"),
    path("students/<int:student_id>/consent/", students.consent, name="student-consent"),
    path("reports/sec/", sec_report.sec_report, name="sec-report"),
]
