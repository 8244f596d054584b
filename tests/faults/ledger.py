"""What the database says, counted by statements of the campaign's own: nothing here is the portal's code.

A call's effects are looked for by student, service and provider, not by delivery, so that a second one would be seen
whatever key the receiver keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import psycopg2

from orcs_portal.embedded.place import Place
from tests.faults.stack import await_true

CAP, SEC, SESIS = 1, 2, 3
WAITING, SENDING, DELIVERED, PARKED = 1, 2, 3, 4

EFFECTS = """
    SELECT c.confirmation,
        (SELECT count(*) FROM caseloads_call k
         WHERE k.outcome = 1 AND (k.provider_id, k.student_id, k.service) = (c.provider_id, c.student_id, c.service)),
        (SELECT count(*) FROM caseloads_delivery d WHERE d.call_id = c.id AND d.system = 1 AND d.state = 3),
        (SELECT count(*) FROM caseloads_delivery d WHERE d.call_id = c.id AND d.system = 2 AND d.state = 3),
        (SELECT count(*) FROM caseloads_delivery d WHERE d.call_id = c.id AND d.system = 3 AND d.state = 3),
        (SELECT count(*) FROM caseloads_capnotice n
         WHERE (n.osis, n.service, n.provider_number) = (s.osis, c.service, p.number)),
        (SELECT sum(n.marked) FROM caseloads_capnotice n
         WHERE (n.osis, n.service, n.provider_number) = (s.osis, c.service, p.number)),
        (SELECT count(*) FROM caseloads_capmandate m
         WHERE (m.osis, m.service, m.provider_number, m.first_attend) = (s.osis, c.service, p.number, c.session_on)
           AND m.status = 6),
        (SELECT count(*) FROM caseloads_secnotice n
         WHERE (n.osis, n.service, n.provider_number) = (s.osis, c.service, p.number)),
        (SELECT count(*) FROM caseloads_secline l
         WHERE (l.osis, l.service, l.provider_number, l.first_attend) = (s.osis, c.service, p.number, c.session_on)),
        (SELECT count(*) FROM caseloads_sesisnotice n JOIN caseloads_call k ON k.id = n.call_id
         WHERE (k.provider_id, k.student_id, k.service) = (c.provider_id, c.student_id, c.service)),
        (SELECT count(*) FROM caseloads_entry e JOIN caseloads_mandate m ON m.id = e.mandate_id
         WHERE (e.provider_id, e.student_id, m.service, e.state) = (c.provider_id, c.student_id, c.service, 2))
    FROM caseloads_call c
    JOIN caseloads_student s ON s.id = c.student_id
    JOIN providers_provider p ON p.id = c.provider_id
    WHERE c.confirmation = ANY(%s)
"""
ONE_EACH = (
    "calls",
    "delivered to CAP",
    "delivered to SEC",
    "delivered to SESIS",
    "CAP notices",
    "CAP mandates that a notice says it marked",
    "CAP mandates marked",
    "SEC notices",
    "SEC lines with the first attend",
    "SESIS notices",
    "caseload entries open",
)


class Ledger:
    """Asks the stack's database, each statement in a transaction of its own; usable from any thread."""

    def __init__(self, place: Place) -> None:
        self._address = place.address
        self._lock = threading.Lock()
        self._connection = self._connect()

    def _connect(self) -> Any:  # noqa: ANN401 - the driver's connection
        a = self._address
        connection = psycopg2.connect(dbname=a["NAME"], user=a["USER"], host=a["HOST"], port=a["PORT"])
        connection.autocommit = True
        return connection

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def rows(self, sql: str, *params: object, **named: object) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, none where it returns none."""
        with self._lock, self._connection.cursor() as cursor:
            cursor.execute(sql, named or params)
            return list(cursor.fetchall()) if cursor.description else []

    def value(self, sql: str, *params: object) -> Any:  # noqa: ANN401 - whatever the statement says
        """Run a statement and return the first column of its first row."""
        return self.rows(sql, *params)[0][0]

    def waiting(self, *systems: int) -> int:
        """Return how many deliveries of the systems (none named: of all) are neither delivered nor parked."""
        return int(
            self.value(
                "SELECT count(*) FROM caseloads_delivery WHERE state IN (1, 2) AND system = ANY(%s)",
                list(systems or (CAP, SEC, SESIS)),
            )
        )

    def await_drained(self, *systems: int, within: float) -> float:
        """Wait until everything of the systems is delivered or parked, and return the seconds it took."""
        return await_true("every delivery taken", lambda: self.waiting(*systems) == 0, within=within)

    def states(self, confirmations: Sequence[str]) -> dict[int, int]:
        """Return how many deliveries of the calls stand in each state."""
        sql = """
            SELECT d.state, count(*) FROM caseloads_delivery d JOIN caseloads_call c ON c.id = d.call_id
            WHERE c.confirmation = ANY(%s) GROUP BY d.state
        """
        return dict(self.rows(sql, list(confirmations)))

    def deliveries(self, confirmations: Sequence[str], system: int) -> list[int]:
        """Return the ids of the calls' deliveries to a system, oldest first."""
        sql = """
            SELECT d.id FROM caseloads_delivery d JOIN caseloads_call c ON c.id = d.call_id
            WHERE c.confirmation = ANY(%s) AND d.system = %s ORDER BY d.id
        """
        return [one for (one,) in self.rows(sql, list(confirmations), system)]

    def not_once(self, confirmations: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return, by confirmation number, each effect that a call does not have exactly once."""
        rows = self.rows(EFFECTS, list(confirmations))
        wrong = {
            confirmation: {what: count for what, count in zip(ONE_EACH, counts, strict=True) if count != 1}
            for confirmation, *counts in rows
        }
        lost = {one: {"calls": 0} for one in confirmations if one not in wrong}
        return lost | {confirmation: effects for confirmation, effects in wrong.items() if effects}

    def move_clock(self, *, days: int, within: float = 60) -> None:
        """Ask that the world's clock move on, as the simulator page does, and wait until a worker has done it."""
        asked = self.value(
            "INSERT INTO caseloads_clockmove (minutes, asked) VALUES (%s, now()) RETURNING id", days * 24 * 60
        )
        done = "SELECT done IS NOT NULL FROM caseloads_clockmove WHERE id = %s"
        await_true("the world's clock moved on", lambda: self.value(done, asked), within=within)

    def set_fault(self, system: int, fault: int, *, rate: int = 100, slow: int = 5, seed: int = 1) -> None:
        """Turn a system's knob."""
        sql = "UPDATE caseloads_systemsetting SET fault = %s, rate = %s, slow_seconds = %s, seed = %s WHERE system = %s"
        self.rows(sql, fault, rate, slow, seed, system)
