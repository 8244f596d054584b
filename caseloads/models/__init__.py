"""Rows on whom we serve, who called, and what was delivered."""

from caseloads.models.assignment import Assignment
from caseloads.models.call import Call
from caseloads.models.consent import Consent
from caseloads.models.delivery import Delivery
from caseloads.models.enrolment import Enrolment
from caseloads.models.entry import Entry
from caseloads.models.iep import Iep
from caseloads.models.mandate import Mandate
from caseloads.models.message import Message
from caseloads.models.redirected import Redirected
from caseloads.models.rsa import RsaLetter
from caseloads.models.student import Student
from caseloads.models.system import Breaker, ClockMove, KnobTurn, SystemSetting
from caseloads.models.transmittal import Transmittal
from caseloads.models.vacancy import Offer, Vacancy
from caseloads.systems.cap.models import CapChange, CapMandate, CapNotice
from caseloads.systems.sec.models import SecCarried, SecLine, SecNotice
from caseloads.systems.sesis.models import SesisNotice

__all__ = [
    "Assignment",
    "Breaker",
    "Call",
    "CapChange",
    "CapMandate",
    "CapNotice",
    "ClockMove",
    "Consent",
    "Delivery",
    "Enrolment",
    "Entry",
    "Iep",
    "KnobTurn",
    "Mandate",
    "Message",
    "Offer",
    "Redirected",
    "RsaLetter",
    "SecCarried",
    "SecLine",
    "SecNotice",
    "SesisNotice",
    "Student",
    "SystemSetting",
    "Transmittal",
    "Vacancy",
]
