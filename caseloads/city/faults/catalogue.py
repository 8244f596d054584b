"""All scenarios, by code."""

from __future__ import annotations

from collections.abc import Mapping

from caseloads.city.faults.access import ACCESS
from caseloads.city.faults.calls import CALLS
from caseloads.city.faults.cap import CAP
from caseloads.city.faults.deliveries import DELIVERIES
from caseloads.city.faults.documents import DOCUMENTS
from caseloads.city.faults.due import DUE
from caseloads.city.faults.gates import GATES
from caseloads.city.faults.letters import LETTERS
from caseloads.city.faults.providers import PROVIDERS
from caseloads.city.faults.scenario import CODES, Scenario
from caseloads.city.faults.sec import SEC

PARTS = (DOCUMENTS, CAP, SEC, PROVIDERS, GATES, LETTERS, DUE, CALLS, DELIVERIES, ACCESS)
PLANTED: Mapping[str, list[Scenario]] = {code: [one for part in PARTS for one in part.planted[code]] for code in CODES}
NEAR: Mapping[str, list[Scenario]] = {code: [one for part in PARTS for one in part.near[code]] for code in CODES}
