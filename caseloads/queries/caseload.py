"""My caseload: why each student is here, what is on its way, and whether I may call (R3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from caseloads.facts import closed_days, school_year
from caseloads.kinds import DeliveryState, EntryState, System
from caseloads.models import Call, Delivery, Entry
from caseloads.queries.calls import grade_on, transits_of
from caseloads.queries.caseload_rows import Line, lines_of
from caseloads.queries.line import line_of
from caseloads.queries.moment import Moment
from caseloads.queries.transit import Transit
from orcs_portal.shared.line import CallLight, CallLine
from orcs_portal.shared.say import notation, say_date, say_when
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.kinds import Affiliation, Language, Role, Service
from providers.models import Provider
from providers.policy.facts import FirstAttend, LightFacts, ProviderFacts
from providers.policy.judging import call_light
from providers.policy.rules import access_missing
from providers.policy.verdict import Answer, Light
from providers.queries.hold import rsa_hold

NEW_FOR = timedelta(days=60)
TABS = (
    ("all", "All"),
    ("to-call", "To call for"),
    ("on-its-way", "On the way"),
    ("open", "On my caseload"),
    ("blocked", "Held up"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the caseload as the page shows it; ``tab`` is the list it belongs to besides all."""

    student: int
    tab: str
    shown: dict[str, Any] = field(default_factory=dict)


def caseload_of(provider: Provider, *, at: Moment) -> list[Row]:
    """Return a provider's caseload by name; a fixed number of queries, whatever its size.  Raises ``NoSchoolYear``."""
    year = school_year(at.today)
    calendar = SchoolCalendar(closed_days(None, year), year.first_day, year.last_day)
    hold = rsa_hold(at.today)
    lines = lines_of(provider, today=at.today, year=year.first_day)
    transits = transits_of([line.call for line in lines if line.call is not None], at=at)
    return [_Builder(provider, line, at, calendar, transits.get(line.key), hold=hold).row() for line in lines]


def counts_of(rows: list[Row]) -> dict[str, int]:
    """Return how many rows each tab holds."""
    counted = {key: sum(row.tab == key for row in rows) for key, _ in TABS}
    return counted | {"all": len(rows)}


class _Builder:
    """Puts one row into words."""

    def __init__(
        self,
        provider: Provider,
        line: Line,
        at: Moment,
        calendar: SchoolCalendar,
        transit: Transit | None,
        *,
        hold: bool,
    ) -> None:
        self.provider, self.line, self.at, self.calendar, self.transit = provider, line, at, calendar, transit
        self.judged = self._judged(hold=hold)
        self.light = CallLight(self.judged.answer.value, self.judged.reason)
        self.entry = next(iter(sorted(line.entries, key=lambda one: (one.state != EntryState.OPEN, one.pk))), None)

    def row(self) -> Row:
        """Return the row."""
        state = self._state()
        tab = {"not-called": "to-call" if self.light.answer == Answer.NOW else "blocked"}.get(state, state)
        line, call = self.line, self.line.call
        about = call or line.refused
        return Row(
            line.student.pk,
            tab,
            {
                **self._student(),
                **self._blockers(state),
                "service": Service(line.service).label,
                "language": Language(line.language).label,
                "mandates": line.mandates,
                "mandate_note": self._note(),
                "light": self.light,
                "url": reverse("call", args=[about.pk]) if about else "",
                "call_url": self._call_url(),
                "line": None if about is None else self._line_of(about),
                "state": state,
                "since": self.entry.since if self.entry else None,
                "number": call.confirmation if call else "",
                "called_at": call.received if call else None,
                "expected_by": self._expected(),
                "why": "" if call or state != "open" else "Your assignment opened it; a nurse makes no call (R1).",
            },
        )

    def _line_of(self, about: Call) -> CallLine:
        mine = about is self.line.call
        entries, transit = (self.line.entries, self.transit) if mine else ((), None)
        return line_of(about, about.deliveries.all(), entries, at=self.at, transit=transit)

    def _student(self) -> dict[str, Any]:
        student = self.line.student
        enrolments = list(student.enrolments.all())
        return {
            "student_name": student.full_name,
            "osis": student.osis,
            "grade": grade_on(enrolments, self.at.today),
            "school": str(enrolments[0].school) if enrolments else "",
            "student_url": reverse("student", args=[student.pk]) if self.line.assignment else "",
        }

    def _judged(self, *, hold: bool) -> Light:
        line, call = self.line, self.line.call
        first = (
            FirstAttend(call.confirmation, call.session_on) if call and call.confirmation and call.session_on else None
        )
        return call_light(
            LightFacts(
                provider=ProviderFacts(Affiliation(self.provider.affiliation), Role(self.provider.role)),
                mandate_exists=bool(line.mandates),
                transmittal_on=line.transmitted,
                rsa_letter_on=line.lettered,
                rsa_hold=hold,
                first_attend=first,
                today=self.at.today,
            )
        )

    def _state(self) -> str:
        """Return open, blocked, on its way or not called."""
        if self.entry is not None:
            return "open" if self.entry.state == EntryState.OPEN else "blocked"
        if self.line.call is None:
            return "not-called" if self.light.answer == Answer.NOW else "blocked"
        if self.line.ended is not None:
            return "blocked"
        delivery = self._sesis()
        return "blocked" if delivery is not None and delivery.state == DeliveryState.PARKED else "on-its-way"

    def _sesis(self) -> Delivery | None:
        if self.line.call is None:
            return None
        return next((one for one in self.line.call.deliveries.all() if one.system == System.SESIS), None)

    def _expected(self) -> datetime | None:
        delivery = self._sesis()
        return delivery.expected if delivery is not None else None

    def _call_url(self) -> str:
        if self.light.answer != Answer.NOW:
            return ""
        query = f"?assignment={self.line.assignment}" if self.line.assignment else ""
        return reverse("call-new") + query

    def _note(self) -> str:
        """Say that the mandate is new, and what it was, for two months (R10)."""
        if not self.line.mandates or not self.line.earlier:
            return ""
        now, before = self.line.mandates[0], self.line.earlier[-1]
        if self.at.today - now.starts > NEW_FOR:
            return ""
        was = notation(before.frequency, before.duration, before.group_size)
        return f"New IEP of {say_date(now.starts, self.at.today)}; it was {was}"

    def _blockers(self, state: str) -> dict[str, Any]:
        """Return the chain of answers to why the student is not here, with the one who acts."""
        if state != "blocked":
            return {"blockers": [], "blocker_owner": "", "look_again": None}
        mandated = _step("ok", "On a final IEP") if self.line.mandates else _step("bad", "No final IEP mandates it now")
        if self.entry is not None:
            return self._held(mandated)
        if self.line.ended is not None:
            return self._over(mandated, self.line.ended)
        if self.light.answer == Answer.NOT_NEEDED and self.line.call is None:
            steps = [mandated, _step("ok", "No call is needed (R1)"), _step("plain", "SESIS has not opened it yet")]
            return {"blockers": steps, "blocker_owner": "The help desk, if it stays away", "look_again": None}
        if self.line.call is not None:
            reason = delivery.reason if (delivery := self._sesis()) else ""
            steps = [mandated, _step("ok", "Call accepted"), _step("bad", f"SESIS has not taken it: {reason}")]
            return {"blockers": steps, "blocker_owner": "The coordinator sends it again", "look_again": None}
        said = self.line.refused.said if self.line.refused else {}
        steps = [mandated, _step("bad", self.light.reason), _step("plain", "Then: call, caseload within 48 hours")]
        again = date.fromisoformat(said["look_again"]) if said.get("look_again") else None
        return {
            "blockers": steps,
            "blocker_owner": (said.get("who_acts") or self.judged.who_acts).rstrip("."),
            "look_again": again if again and again >= self.at.today else None,
        }

    def _over(self, mandated: dict[str, str], ended: Entry) -> dict[str, Any]:
        """Say that SESIS ended an entry which another mandate of the same service does not carry on (R10)."""
        when = say_when(ended.since, self.at.world)
        steps = [mandated, _step("ok", "Call accepted"), _step("bad", f"SESIS ended the entry: {when}")]
        return {"blockers": steps, "blocker_owner": "The help desk; give it the call's number", "look_again": None}

    def _held(self, mandated: dict[str, str]) -> dict[str, Any]:
        advice = access_missing(Affiliation(self.provider.affiliation))
        days = advice.look_again_school_days
        steps = [
            mandated,
            _step("ok", "Call accepted, and in SESIS"),
            _step("bad", advice.reason),
            _step("plain", "Then: it opens by itself"),
        ]
        return {
            "blockers": steps,
            "blocker_owner": advice.who_acts.rstrip("."),
            "look_again": None if days is None else self.calendar.add_school_days(self.at.today, days),
        }


def _step(tone: str, text: str) -> dict[str, str]:
    return {"tone": tone, "text": text}
