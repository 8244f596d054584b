"""Every kind of extract as data: SESIS's, CAP's, SEC's, the phone line's and the access lists'."""

from __future__ import annotations

from caseloads.kinds import EntryState, IepKind, IepStatus, Origin, Outcome, Transfer
from caseloads.models import Offer
from caseloads.systems.cap import extract as cap_extract
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec import extract as sec_extract
from caseloads.systems.sec.codes import SecStatus
from compliance.extracts.columns import Column, Layout, moment, padded, plain
from providers.kinds import Affiliation, Borough, Language, Role, Service, Setting
from providers.models import CalendarDay


def line(table: str) -> tuple[Column, ...]:
    """Return the columns that name a line: service, language and setting."""
    return (
        Column("service", f"{table}.service", Service),
        Column("language", f"{table}.language", Language),
        Column("setting", f"{table}.setting", Setting),
    )


def shape(table: str) -> tuple[Column, ...]:
    """Return frequency a week, duration in minutes and group size."""
    return plain(("frequency", "duration", "group_size"), table)


def osis(table: str) -> Column:
    """Return the column of the student's number."""
    return Column("osis", padded(f"{table}.osis"))


DBN = Column("dbn", "c.dbn")

SESIS = (
    Layout(
        "sesis-status",
        (
            osis("s"),
            Column("version", "i.version"),
            Column("kind", "i.kind", IepKind),
            Column("status", "i.status", IepStatus),
            Column("starts", "i.starts"),
            Column("final", moment("i.finalised")),
            Column("governs_from", "lower(i.governs)"),
            Column("governs_until", "upper(i.governs) - 1"),
            Column("transfer", "i.transfer", Transfer),
            Column("transfer_at", moment("i.transfer_at")),
            Column("consent", moment("g.recorded")),
        ),
        "caseloads_iep i JOIN caseloads_student s ON s.id = i.student_id"
        " LEFT JOIN caseloads_consent g ON g.student_id = s.id",
        "s.osis, i.version",
    ),
    Layout(
        "sesis-mandates",
        (
            osis("s"),
            Column("version", "i.version"),
            Column("mandate", "m.id"),
            *line("m"),
            *shape("m"),
            Column("starts", "m.starts"),
            Column("ends", "m.ends"),
            Column("months", "m.months"),
        ),
        "caseloads_mandate m JOIN caseloads_iep i ON i.id = m.iep_id JOIN caseloads_student s ON s.id = m.student_id",
        "s.osis, i.version, m.id",
    ),
    Layout(
        "assignments",
        (
            Column("mandate", "a.mandate_id"),
            Column("provider", "p.number"),
            Column("starts", "a.starts"),
            Column("ends", "a.ends"),
        ),
        "caseloads_assignment a JOIN providers_provider p ON p.id = a.provider_id",
        "a.mandate_id, a.id",
    ),
    Layout(
        "caseload",
        (
            osis("s"),
            Column("mandate", "e.mandate_id"),
            *line("m"),
            Column("provider", "p.number"),
            DBN,
            Column("state", "e.state", EntryState),
            Column("since", moment("e.since")),
            Column("confirmation", "k.confirmation"),
        ),
        "caseloads_entry e JOIN caseloads_mandate m ON m.id = e.mandate_id"
        " JOIN caseloads_student s ON s.id = e.student_id JOIN providers_provider p ON p.id = e.provider_id"
        " JOIN providers_school c ON c.id = e.school_id LEFT JOIN caseloads_call k ON k.id = e.call_id",
        "s.osis, e.id",
    ),
)

CAP = (
    Layout(
        "cap-mandates",
        (
            osis("m"),
            *line("m"),
            *shape("m"),
            Column("starts", "m.starts"),
            Column("ends", "m.ends"),
            Column("status", "m.status", CapStatus),
            Column("provider", "m.provider_number"),
            Column("first_attend", "m.first_attend"),
            Column("since", moment("m.since")),
        ),
        cap_extract.ROWS,
        "m.osis, m.id",
    ),
)

SEC = (
    Layout(
        "sec-receipt",
        (
            osis("l"),
            *line("l"),
            Column("status", "l.status", SecStatus),
            Column("provider", "l.provider_number"),
            Column("first_attend", "l.first_attend"),
            Column("from", moment("l.from_at")),
        ),
        sec_extract.CURRENT,
        "l.osis, l.service, l.language, l.setting",
    ),
    Layout(
        "sec-services",
        (osis("l"), *line("l"), *shape("l"), Column("status", "l.status", SecStatus)),
        sec_extract.CURRENT,
        "l.osis, l.service, l.language, l.setting",
    ),
)

IVR = (
    Layout(
        "ivr-calls",
        (
            Column("number", "COALESCE(k.confirmation, k.reference)"),
            Column("outcome", "k.outcome", Outcome),
            Column("rule", "k.rule"),
            Column("origin", "k.origin", Origin),
            osis("s"),
            Column("service", "k.service", Service),
            Column("language", "k.language", Language),
            Column("provider", "p.number"),
            DBN,
            Column("session", "k.session_on"),
            Column("received", moment("k.received")),
            Column("mandates", "array_to_string(k.mandates, ' ')"),
        ),
        "caseloads_call k JOIN providers_provider p ON p.id = k.provider_id"
        " LEFT JOIN caseloads_student s ON s.id = k.student_id LEFT JOIN providers_school c ON c.id = k.school_id",
        "k.received, k.id",
    ),
)

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

LAYOUTS = {one.kind: one for one in (*PLACES, *PEOPLE, *SESIS, *CAP, *SEC, *IVR, *CONTRACTING)}
