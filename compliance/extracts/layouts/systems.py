"""What SESIS, CAP, SEC and the phone line say."""

from __future__ import annotations

from caseloads.kinds import EntryState, IepKind, IepStatus, Origin, Outcome, Transfer
from caseloads.systems.cap import extract as cap_extract
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec import extract as sec_extract
from caseloads.systems.sec.codes import SecStatus
from compliance.extracts.columns import Column, Layout, moment
from compliance.extracts.parts import DBN, line, osis, shape
from providers.kinds import Language, Service

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
