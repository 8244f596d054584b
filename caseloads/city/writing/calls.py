"""Calls, their deliveries, and what each system received of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from caseloads.city.records import Called, Heard, Pupil
from caseloads.city.times import CAP_NIGHT, CASELOAD_LAG, MORNING, SEC_NIGHT, Times, written
from caseloads.city.words import told
from caseloads.city.writing.sheets import Sheet, day, listed, moment, number, text
from caseloads.kinds import Act, DeliveryState, EntryState, Origin, Outcome, System
from caseloads.models import Call, Delivery
from caseloads.systems.cap.snapshot import notices as cap_received
from caseloads.systems.copying import NULL, Batch
from caseloads.systems.sec.snapshot import notices as sec_received
from caseloads.systems.sesis.snapshot import notices as sesis_received

CAP, SEC, SESIS = System.CAP, System.SEC, System.SESIS
ATTEMPTS, HOURS = 8, 180
"""After how many failures, and minutes, a delivery was given up."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A call on its way to a system: the delivery, by when its effect is promised, and when it takes it."""

    delivery: int
    system: System
    expected: int
    effect: int


class CallSheets:
    """Sheets for calls; real time is ``offset`` minutes ahead of the world's."""

    def __init__(self, times: Times, deliveries: Iterator[int], *, offset: int) -> None:
        self.times = times
        self.ids = deliveries
        self.offset = offset
        self.call = Sheet(
            Call,
            "id outcome rule reason confirmation reference origin provider_id student_id school_id service language "
            "school_year session_on mandates other_provider on_holiday received recorded said",
        )
        self.delivery = Sheet(
            Delivery,
            "id call_id system act student_id service state attempts queued due delivered failed reason expected shown",
        )
        self.cap: list[str] = []
        self.sec: list[str] = []
        self.sesis: list[str] = []

    def received(self) -> tuple[Batch, Batch, Batch]:
        """Return what the systems received since the last time."""
        batches = cap_received(self.cap), sec_received(self.sec), sesis_received(self.sesis)
        self.cap, self.sec, self.sesis = [], [], []
        return batches

    def add(self, call: Called, pupil: Pupil) -> None:
        """Add a call, and how far it came."""
        accepted = call.outcome == Outcome.ACCEPTED
        said = "{}" if accepted else text(json.dumps(told(call, self.times)))
        numbers = f"{call.number}\t{NULL}" if accepted else f"{NULL}\tR{call.number}"
        holiday = "f" if call.session_on in call.school.days.place else "t"
        self.call.add(
            f"{call.id}\t{call.outcome.value}\t{call.rule}\t{call.reason}\t{numbers}\t{call.origin.value}\t"
            f"{call.person.id}\t{pupil.id}\t{call.school.id}\t{call.service}\t{number(call.language)}\t"
            f"{day(call.year)}\t{day(call.session_on)}\t{listed([line.id for line in call.lines])}\t"
            f"{'t' if call.other_provider else 'f'}\t{holiday}\t{written(call.received)}\t"
            f"{written(call.received + self.offset)}\t{said}"
        )
        if accepted and call.origin == Origin.EXTRACT:
            # What the city's log holds came to SEC without us.
            self._heard(call, pupil, next(self.ids))
        elif accepted:
            self._deliver(call, pupil)

    def _deliver(self, call: Called, pupil: Pupil) -> None:
        times = self.times
        in_cap = times.next(call.received, CAP_NIGHT)
        in_sec = self._in_sec(call)
        cap = Sent(next(self.ids), CAP, times.next(in_cap, MORNING), in_cap)
        sec = Sent(next(self.ids), SEC, times.next(in_sec, MORNING), in_sec)
        sesis = Sent(next(self.ids), SESIS, call.received + CASELOAD_LAG, -(-(call.received + call.lag) // 5) * 5)
        held = any(one.call is call and one.state == EntryState.HELD for one in pupil.entries)
        for sent in (cap, sec, sesis):
            self._send(call, pupil, sent, stands=sent.effect <= times.at and not (held and sent is sesis))
        if CAP not in call.lost:
            self._marked(call, pupil, cap)
        if SEC not in call.lost:
            self._heard(call, pupil, sec.delivery)
        if SESIS not in call.lost:
            self._entered(call, sesis, held=held)

    def _send(self, call: Called, pupil: Pupil, sent: Sent, *, stands: bool) -> None:
        """Add a delivery: taken and perhaps shown, or given up."""
        real = written(call.received + self.offset)
        if sent.system in call.parked:
            reason = f"{sent.system.label} rejected the record as it stands"
            failed = written(call.received + self.offset + HOURS)
            how = (
                f"{DeliveryState.PARKED.value}\t{ATTEMPTS}\t{real}\t{real}\t{NULL}\t{failed}\t{reason}\t{NULL}\t{NULL}"
            )
        else:
            shown = moment(sent.effect if stands and sent.system not in call.lost else None)
            state = DeliveryState.DELIVERED.value
            how = f"{state}\t0\t{real}\t{real}\t{real}\t{NULL}\t\t{written(sent.expected)}\t{shown}"
        act = Act.FIRST_ATTEND.value
        self.delivery.add(f"{sent.delivery}\t{call.id}\t{sent.system.value}\t{act}\t{pupil.id}\t{call.service}\t{how}")

    def _marked(self, call: Called, pupil: Pupil, sent: Sent) -> None:
        done = sent.effect <= self.times.at
        about = _about(call, pupil, call.person.number)
        self.cap.append(
            f"{sent.delivery}\t{about}\t{day(call.session_on)}\t{written(call.received)}\t"
            f"{written(sent.effect)}\t{moment(sent.effect if done else None)}\t{call.marked if done else 0}\n"
        )

    def _heard(self, call: Called, pupil: Pupil, delivery: int) -> None:
        night = self._in_sec(call)
        heard = call.misheard or Heard(call.person.number, call.session_on)
        self.sec.append(
            f"{delivery}\t{_about(call, pupil, heard.provider)}\t{day(heard.session_on)}\t{written(call.received)}\t"
            f"{moment(night if night <= self.times.at else None)}\n"
        )

    def _in_sec(self, call: Called) -> int:
        """Return the night from which SEC shows a call: a day behind CAP, but where CAP had a first attend before."""
        if not call.marked:
            return self.times.next(call.received, SEC_NIGHT)
        return self.times.in_sec(self.times.next(call.received, CAP_NIGHT))

    def _entered(self, call: Called, sent: Sent, *, held: bool) -> None:
        done = moment(sent.effect if sent.effect <= self.times.at else None)
        self.sesis.append(
            f"{sent.delivery}\t{call.id}\t{call.person.id}\t{call.school.id}\t"
            f"{listed([line.id for line in call.lines])}\t{written(call.received)}\t{written(sent.effect)}\t"
            f"{written(sent.expected)}\t{done}\t{NULL if held else done}\n"
        )


def _about(call: Called, pupil: Pupil, caller: int) -> str:
    """Return a call's line and caller as CAP and SEC know them."""
    settings = listed([line.setting for line in call.lines])
    return f"{pupil.osis}\t{call.service}\t{call.language}\t{settings}\t{caller}"
