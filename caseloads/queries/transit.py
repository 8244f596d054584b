"""What keeps the IEP behind a call from CAP: until the document is there, CAP has nothing to mark (R11).

Asked of the documents alone, as SESIS knows how their download stands; what CAP says itself is not read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery

from caseloads.kinds import IepKind, IepStatus, Transfer
from caseloads.models import Consent, Mandate
from caseloads.systems.nights import DOWNLOAD, next_at

Key = tuple[int, int, int]
"""A student, a service and a language, by their numbers."""


@dataclass(frozen=True, slots=True)
class Transit:
    """Why CAP does not have the IEP yet, in words; ``on_time`` where the coming night brings it and nobody acts.

    ``state`` stands at the stop on the line, ``headline`` (without a full stop) and the sentences on pages.
    """

    state: str
    headline: str
    reason: str
    who_acts: str
    then: str = "The night after, the IEP comes down to CAP and the call is marked; SEC shows it a day later."
    on_time: bool = False

    @property
    def nobody_acts(self) -> bool:
        """Whether it comes by itself."""
        return self.who_acts == NOBODY

    @property
    def text(self) -> str:
        """All of it but the headline."""
        return f"{self.reason} {self.who_acts} {self.then}".rstrip()


NOBODY = "Nobody needs to act."
TONIGHT = Transit(
    "Waiting",
    "CAP gets the IEP tonight",
    "The IEP became final after the last download, so CAP does not know the mandate yet (R11).",
    NOBODY,
    "Tonight's download brings the IEP, and the call is marked an hour later.",
    on_time=True,
)
CONSENT = Transit(
    "Waits for consent",
    "The IEP waits for consent",
    "CAP takes a first IEP only once the parents' consent is recorded, and none is (R11).",
    "The school records the consent.",
)
SKIPPED = Transit(
    "Waits for the IEP",
    "CAP does not have the IEP",
    "The IEP is final, and the nightly download has not brought it to CAP (R11).",
    "The IEP team checks the document in SESIS.",
)
PENDING = Transit(
    "Waits for the IEP",
    "The IEP is on its way to CAP",
    "Its download has begun, and may take four business days (R11).",
    NOBODY,
    "When it has arrived, the call is marked the night after; SEC shows it a day later.",
)
CORRECTION = Transit(
    "Waits for the IEP team",
    "The IEP must be corrected",
    "CAP refused the IEP for a fault in the document (R11).",
    "The IEP team corrects it in SESIS and makes it final again.",
)
STUCK = Transit(
    "Waits for the IEP",
    "The IEP is stuck on its way to CAP",
    "The download of the IEP failed on the technical side (R11).",
    f"The coordinator opens a ticket with the SESIS Help Desk, {settings.HELP_DESK_NUMBER} (R7).",
)
UNDER_WAY = {Transfer.PENDING: PENDING, Transfer.ACTION_NEEDED: CORRECTION, Transfer.KNOWN_ISSUE: STUCK}


@dataclass(frozen=True, slots=True)
class _Document:
    """A final IEP as far as its download goes."""

    version: int
    kind: int
    transfer: int
    finalised: datetime
    consented: datetime | None
    lines: set[Key] = field(default_factory=set)

    def standing(self, now: datetime) -> Transit:
        """Return what a document that is not in CAP waits for at world time ``now``."""
        if self.transfer != Transfer.NEVER:
            return UNDER_WAY[Transfer(self.transfer)]
        if self.kind == IepKind.INITIAL and self.consented is None:
            return CONSENT
        ready = max(self.finalised, self.consented or self.finalised)
        return TONIGHT if next_at(ready, DOWNLOAD) > now else SKIPPED


def in_transit(keys: Collection[Key], *, now: datetime) -> dict[Key, Transit]:
    """Return, of these lines, those that CAP cannot know by world time ``now``, and why; one query, none for no lines.

    CAP knows a line that the last document it got names, whatever came after it.
    """
    if not keys:
        return {}
    documents = _documents({student for student, _, _ in keys}, now)
    known = (key for key in keys if key[0] in documents)
    return {key: found for key in known if (found := _of_line(key, documents[key[0]], now)) is not None}


def _of_line(key: Key, documents: Iterable[_Document], now: datetime) -> Transit | None:
    """Return what keeps one line from CAP; only the newest document comes down, an older one may have told of it."""
    newest, *older = sorted(documents, key=lambda one: one.version, reverse=True)
    if newest.transfer == Transfer.SUCCESSFUL or key not in newest.lines:
        return None
    arrived = next((one for one in older if one.transfer == Transfer.SUCCESSFUL), None)
    return None if arrived is not None and key in arrived.lines else newest.standing(now)


def _documents(students: Collection[int], now: datetime) -> Mapping[int, Iterable[_Document]]:
    """Return the final IEPs of students by student; one query."""
    found: dict[int, dict[int, _Document]] = defaultdict(dict)
    consented = Consent.objects.filter(student=OuterRef("student"), recorded__lte=now).values("recorded")
    named = Mandate.objects.filter(student__in=students, iep__status=IepStatus.FINAL, iep__finalised__lte=now)
    for row in named.select_related("iep").annotate(consented=Subquery(consented)):
        iep = row.iep
        document = _Document(iep.version, iep.kind, iep.transfer, iep.finalised or now, row.consented)
        found[row.student_id].setdefault(iep.pk, document).lines.add((row.student_id, row.service, row.language))
    return {student: list(documents.values()) for student, documents in found.items()}
