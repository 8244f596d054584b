"""Every code there is, in one place: what it says, who acts, and when it holds.

The order is the codes' own: hops in their order, and within one the order in which one code comes before another.
"""

from __future__ import annotations

from collections.abc import Mapping

from compliance.kinds import Code
from compliance.reconcile.entries.access import ACCESS
from compliance.reconcile.entries.calls import CALLS
from compliance.reconcile.entries.deliveries import DELIVERIES
from compliance.reconcile.entries.documents import DOCUMENTS
from compliance.reconcile.entries.gates import GATES
from compliance.reconcile.entries.providers import PROVIDERS
from compliance.reconcile.entries.systems import SYSTEMS
from compliance.reconcile.entry import Case, Entry
from compliance.reconcile.settings import as_set

ENTRIES = (*DOCUMENTS, *SYSTEMS, *PROVIDERS, *GATES, *CALLS, *DELIVERIES, *ACCESS)

CATALOGUE: Mapping[Code, Entry] = as_set({one.code: one for one in sorted(ENTRIES, key=lambda one: one.code)})

__all__ = ["CATALOGUE", "Case", "Entry"]
