"""A worker that could not tell the broker that a message is done asks for a new connection.

The client goes on counting such a message as under way.  With every place taken it neither reads from the connection
nor notices that it is gone: a worker whose broker was killed or frozen while it worked stood idle for ever after.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from celery.bootsteps import StartStopStep
from celery.worker import state

SECONDS = 2.0


def forgotten(under_way: Iterable[str], worked_on: Iterable[str], before: set[str]) -> tuple[set[str], bool]:
    """Return the messages that count as under way while nobody works on them, and whether one was so ``before``."""
    idle = set(under_way) - set(worked_on)
    return idle, bool(idle & before)


class Reconnect(StartStopStep):
    """Looks every two seconds, and breaks the connection off for a message found forgotten twice."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:  # noqa: ANN401 - Celery's own consumer has no type
        """Begin with nothing seen."""
        super().__init__(consumer, **options)
        self._before: set[str] = set()
        self._timer: Any = None

    def start(self, consumer: Any) -> None:  # noqa: ANN401 - as above
        """Begin to look, with each new connection anew."""
        self._before = set()
        self._timer = consumer.timer.call_repeatedly(SECONDS, self.look, (consumer,))

    def stop(self, consumer: Any) -> None:  # noqa: ANN401, ARG002 - as above; the signature is Celery's
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self, consumer: Any) -> None:  # noqa: ANN401 - as above
        """Raise ConnectionError, which makes the worker connect anew, for a message found forgotten twice."""
        window = consumer.task_consumer.channel.qos
        under_way = set(window._delivered) - window._dirty  # noqa: SLF001 - kombu shows the number only, not which
        worked_on = {request.message.delivery_tag for request in state.requests.values()}
        self._before, again = forgotten(under_way, worked_on, self._before)
        if again:
            raise ConnectionError("A message that is done could not be acknowledged")
