"""Writes portions while the next one is made: the server needs a processor as long as we do."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from django.db import connection

from caseloads.systems.copying import Batch


class Behind:
    """One thread that copies on our own connection, in our own transaction; nobody else may use it meanwhile.

    A portion that cannot be written raises its error when the next one is handed over, or in the end.
    """

    def __init__(self) -> None:
        self.driver: Any = connection.connection
        self.thread = ThreadPoolExecutor(max_workers=1)
        self.writing: Future[int] | None = None
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def hand_over(self, batches: Sequence[Batch]) -> None:
        """Wait until the last portion is written, and begin with this one."""
        self.wait()
        self.writing = self.thread.submit(self._write, batches)

    def wait(self) -> None:
        """Wait until everything is written that was handed over."""
        if self.writing is not None:
            writing, self.writing = self.writing, None
            self.rows += writing.result()

    def _write(self, batches: Sequence[Batch]) -> int:
        with self.driver.cursor() as cursor:
            counts: list[int] = [batch.copy(cursor) for batch in batches if batch.lines]
        return sum(counts)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.thread.shutdown(wait=True)
