"""Every kind of extract as data."""

from __future__ import annotations

from compliance.extracts.layouts.contracting import CONTRACTING
from compliance.extracts.layouts.people import PEOPLE, PLACES
from compliance.extracts.layouts.systems import CAP, IVR, SEC, SESIS

LAYOUTS = {one.kind: one for one in (*PLACES, *PEOPLE, *SESIS, *CAP, *SEC, *IVR, *CONTRACTING)}
