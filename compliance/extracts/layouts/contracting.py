"""Vacancies, offers, transmittals, letters and the hold (R8, R12, R13)."""

from __future__ import annotations

from caseloads.models import Offer
from compliance.extracts.columns import Column, Layout, moment
from compliance.extracts.parts import DBN, osis
from providers.kinds import Language, Service

CONTRACTING = (
    Layout(
        "transmittals",
        (
            osis("s"),
            Column("service", "t.service", Service),
            Column("language", "t.language", Language),
            Column("agency", "a.code"),
            Column("processed", moment("t.processed")),
        ),
        "caseloads_transmittal t JOIN caseloads_student s ON s.id = t.student_id"
        " JOIN providers_agency a ON a.id = t.agency_id",
        "s.osis, t.id",
    ),
    Layout(
        "rsa-letters",
        (
            osis("s"),
            Column("service", "r.service", Service),
            Column("language", "r.language", Language),
            Column("provider", "p.number"),
            Column("approved", "r.approved"),
            Column("processed", moment("r.processed")),
        ),
        "caseloads_rsaletter r JOIN caseloads_student s ON s.id = r.student_id"
        " JOIN providers_provider p ON p.id = r.provider_id",
        "s.osis, r.id",
    ),
    Layout(
        "vacancies",
        (
            Column("vacancy", "v.id"),
            DBN,
            osis("s"),
            Column("mandate", "vm.mandate_id"),
            Column("service", "v.service", Service),
            Column("language", "v.language", Language),
            Column("unserved_since", "v.unserved_since"),
            Column("logged", moment("v.logged")),
            Column("closed", moment("v.closed")),
        ),
        "caseloads_vacancy v JOIN providers_school c ON c.id = v.school_id"
        " JOIN caseloads_vacancy_mandates vm ON vm.vacancy_id = v.id"
        " JOIN caseloads_mandate m ON m.id = vm.mandate_id JOIN caseloads_student s ON s.id = m.student_id",
        "v.id, vm.mandate_id",
    ),
    Layout(
        "offers",
        (
            Column("vacancy", "o.vacancy_id"),
            Column("agency", "a.code"),
            Column("offered", moment("o.offered")),
            Column("answer", "o.answer", Offer.Answer),
            Column("answered", moment("o.answered")),
        ),
        "caseloads_offer o JOIN providers_agency a ON a.id = o.agency_id",
        "o.vacancy_id, o.id",
    ),
    Layout(
        "rsa-hold",
        (
            Column("starts", "w.starts"),
            Column("on", "CASE WHEN w.on THEN 'yes' ELSE 'no' END"),
            Column("reason", "w.reason"),
        ),
        "providers_policyswitch w WHERE w.rule = 13",
        "w.starts, w.id",
    ),
)
