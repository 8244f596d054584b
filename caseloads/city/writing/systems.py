"""What CAP and SEC say, brought in through their own doors."""

from __future__ import annotations

from caseloads.city.records import Pupil, Said, Track
from caseloads.city.times import written
from caseloads.city.tracks import WORDS
from caseloads.city.writing.sheets import day, moment, number
from caseloads.systems.cap import snapshot as in_cap
from caseloads.systems.copying import Batch
from caseloads.systems.sec import snapshot as in_sec


class SystemSheets:
    """Lines for CAP's mandates, SEC's report, and what SEC last took over."""

    def __init__(self) -> None:
        self.cap: list[str] = []
        self.sec: list[str] = []
        self.carried: list[str] = []

    def begin(self) -> None:
        """Make the stages on which they gather."""
        in_cap.begin()
        in_sec.begin()

    def batches(self) -> tuple[Batch, Batch, Batch]:
        """Return what was added since the last time."""
        batches = in_cap.staged(self.cap), in_sec.staged(self.sec), in_sec.carried(self.carried)
        self.cap, self.sec, self.carried = [], [], []
        return batches

    def finish(self) -> None:
        """Let the systems say what was added."""
        in_cap.apply_staged()
        in_sec.apply_staged()

    def add(self, pupil: Pupil) -> None:
        """Add what they say of a student's lines."""
        for track in pupil.tracks:
            key = f"{pupil.osis}\t{track.service}\t{track.language}\t{track.setting}\t"
            for cap in (track.closed, track.cap):
                if cap is not None:
                    self._add_cap(key, cap)
            self._add_sec(key, track)

    def _add_cap(self, key: str, cap: Said) -> None:
        self.cap.append(
            f"{key}{cap.frequency}\t{cap.duration}\t{cap.group_size}\t{day(cap.starts)}\t{day(cap.ends)}\t"
            f"{cap.status}\t{number(cap.provider)}\t{day(cap.first_attend)}\t{written(cap.since)}\n"
        )

    def _add_sec(self, key: str, track: Track) -> None:
        for one in track.sec:
            figures = f"{key}{one.frequency}\t{one.duration}\t{one.group_size}\t"
            said = f"{figures}{one.status}\t{number(one.provider)}\t{day(one.first_attend)}\t"
            self.sec.append(f"{said}{written(one.from_at)}\t{moment(one.until_at)}\n")
            if one.until_at is None and track.unheard and track.cap is not None:
                cap = track.cap
                said = f"{figures}{WORDS[cap.status]}\t{number(cap.provider)}\t{day(cap.first_attend)}\t"
            if one.until_at is None:
                self.carried.append(f"{said}{written(one.from_at)}\n")
