"""What CAP and SEC say in a random world: mostly what they should."""

from __future__ import annotations

from datetime import date, timedelta

from caseloads.kinds import Outcome
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Language, Service, Setting
from tests.compliance.reader.days import ONE
from tests.compliance.reader.random_chances import KEYS, LONG_AGO, Chances
from tests.compliance.reader.world import InCap, InSec, Line, Pupil

IN_SEC = {
    CapStatus.APB: SecStatus.AWAITING,
    CapStatus.ACO: SecStatus.CONTRACTING,
    CapStatus.TRANSMITTED: SecStatus.CONTRACTING,
    CapStatus.RSA_APPROVED: SecStatus.CONTRACTING,
    CapStatus.ASSIGNED: SecStatus.ASSIGNED,
    CapStatus.FIRST_ATTENDED: SecStatus.RECEIVING,
}


class Systems(Chances):
    """Makes the rows of CAP and SEC from a student's lines, calls and assignments."""

    def row(self, line: Line, pupil: Pupil) -> InCap:
        key = (line.service, line.language)
        called = [one for one in pupil.calls if one.outcome == Outcome.ACCEPTED and (one.service, one.language) == key]
        assigned = [one.provider for one in pupil.assigned if one.line == line.id and one.ends is None]
        shape = (line.frequency, line.duration, line.group_size)
        row = InCap(*key, line.setting, *shape, line.starts, line.ends, CapStatus.APB, self.back())
        if called and self.chance(0.8):
            row.status, row.provider = CapStatus.FIRST_ATTENDED, called[0].provider
            row.first_attend = called[0].session_on
        elif assigned and self.chance(0.9):
            row.status, row.provider = CapStatus.ASSIGNED, assigned[0]
        elif self.chance(0.4):
            row.status = self.rng.choice((CapStatus.ACO, CapStatus.TRANSMITTED, CapStatus.RSA_APPROVED))
        if self.chance(0.12):
            self._spoil(row)
        return row

    def _spoil(self, row: InCap) -> None:
        what = self.rng.choice(("frequency", "duration", "starts", "ends", "language", "setting"))
        if what == "frequency":
            row.frequency += 1
        elif what == "duration":
            row.duration += 15
        elif what == "starts":
            row.starts += ONE
        elif what == "ends":
            row.ends = date(2027, 5, 1)
        elif what == "language":
            row.language = self.rng.choice([one for one in (Language.ENGLISH, Language.SPANISH) if one != row.language])
        else:
            row.setting = Setting.GROUP if row.setting == Setting.INDIVIDUAL else Setting.INDIVIDUAL

    def cap(self, pupil: Pupil, lines: list[Line]) -> None:
        rows: dict[tuple[Service, Language, Setting], InCap] = {}
        for line in lines:
            if self.chance(0.9):
                row = self.row(line, pupil)
                rows.setdefault(row.key, row)
        if self.chance(0.12):
            row = self.row(self.line(self.rng.choice(KEYS)), pupil)
            rows.setdefault(row.key, row)
        pupil.cap = list(rows.values())
        if self.chance(0.12):
            closed = self.row(self.line(self.rng.choice(KEYS)), pupil)
            closed.status = CapStatus.CLOSED
            pupil.cap.append(closed)

    def shown(self, row: InCap) -> InSec:
        state = IN_SEC.get(row.status, SecStatus.AWAITING)
        shape = (row.frequency, row.duration, row.group_size)
        shown = InSec(*row.key, *shape, state, LONG_AGO, row.provider, row.first_attend)
        if self.chance(0.1):
            shown.frequency += 1
        if row.first_attend is not None and self.chance(0.15):
            shown.first_attend, shown.status = None, SecStatus.ASSIGNED
        return shown

    def sec(self, pupil: Pupil) -> None:
        for row in pupil.cap:
            if self.chance(0.9) and row.key not in {one.key for one in pupil.sec}:
                shown = self.shown(row)
                pupil.sec.append(shown)
                if self.chance(0.05):
                    shown.until_at = max(self.back(), LONG_AGO + timedelta(hours=1))
        if self.chance(0.05):
            extra = self.shown(self.row(self.line(self.rng.choice(KEYS)), pupil))
            if extra.key not in {one.key for one in pupil.sec}:
                pupil.sec.append(extra)
