"""Who is where, and who may work: schools, calendar, roster, providers and the access lists."""

from __future__ import annotations

from compliance.extracts.columns import Column, Layout, moment
from compliance.extracts.parts import DBN, osis
from providers.kinds import Affiliation, Borough, Language, Role, Service
from providers.models import CalendarDay

PEOPLE = (
    Layout(
        "roster",
        (
            osis("s"),
            Column("first_name", "s.first_name"),
            Column("last_name", "s.last_name"),
            DBN,
            Column("grade", "e.grade"),
            Column("starts", "e.starts"),
            Column("ends", "e.ends"),
        ),
        "caseloads_enrolment e JOIN caseloads_student s ON s.id = e.student_id"
        " JOIN providers_school c ON c.id = e.school_id",
        "s.osis, e.starts",
    ),
    Layout(
        "providers",
        (
            Column("provider", "p.number"),
            Column("name", "p.full_name"),
            Column("affiliation", "p.affiliation", Affiliation),
            Column("role", "p.role", Role),
            Column("agency", "a.code"),
        ),
        "providers_provider p LEFT JOIN providers_agency a ON a.id = p.agency_id",
        "p.number",
    ),
    Layout(
        "galaxy",
        (
            Column("dbn", "g.dbn"),
            Column("provider", "g.provider_number"),
            Column("name", "g.name"),
            Column("title", "g.title"),
            Column("added", moment("g.added")),
            Column("ends", "g.ends"),
        ),
        "providers_galaxylisting g",
        "g.dbn, g.provider_number, g.id",
    ),
    Layout(
        "pets",
        (
            Column("provider", "g.provider_number"),
            Column("vendor", "g.vendor"),
            Column("name", "g.name"),
            Column("active", "CASE WHEN g.active THEN 'yes' ELSE 'no' END"),
            Column("eligible", "CASE WHEN g.eligible THEN 'yes' ELSE 'no' END"),
            Column("registered", moment("g.registered")),
        ),
        "providers_petslisting g",
        "g.provider_number, g.id",
    ),
)

PLACES = (
    Layout(
        "schools",
        (DBN, Column("name", "c.name"), Column("borough", "c.borough", Borough)),
        "providers_school c",
        "c.dbn",
    ),
    Layout(
        "calendar",
        (
            Column("date", "d.date"),
            Column("kind", "d.kind", CalendarDay.Kind),
            DBN,
            Column("label", "d.label"),
        ),
        "providers_calendarday d LEFT JOIN providers_school c ON c.id = d.school_id",
        "d.date, c.dbn NULLS FIRST",
    ),
    Layout(
        "school-years",
        (Column("starts", "y.starts"), Column("ends", "y.ends")),
        "providers_schoolyear y",
        "y.starts",
    ),
    Layout(
        "contracts",
        (
            Column("agency", "a.code"),
            Column("service", "k.service", Service),
            Column("language", "k.language", Language),
            Column("borough", "k.borough", Borough),
            Column("starts", "k.starts"),
            Column("ends", "k.ends"),
        ),
        "providers_contract k JOIN providers_agency a ON a.id = k.agency_id",
        "a.code, k.id",
    ),
)
