"""Addresses of the compliance app; one address per act."""

from __future__ import annotations

from django.urls import URLPattern, path

from compliance.views import search, sec_report, students

urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("students/<int:student_id>/", students.student, name="student"),
    path("students/<int:student_id>/consent/", students.consent, name="student-consent"),
    path("reports/sec/", sec_report.sec_report, name="sec-report"),
]
