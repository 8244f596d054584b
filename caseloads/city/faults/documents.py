"""Documents that did not reach CAP, and such as only have not yet."""

from __future__ import annotations

from caseloads.city.case import AFTERNOON
from caseloads.city.faults.scenario import Catalogue
from caseloads.city.faults.scene import Scene, Subject
from caseloads.city.records import Unit, Version
from caseloads.city.times import DOWNLOAD, MINUTES
from caseloads.kinds import IepKind, IepStatus, Transfer

DOCUMENTS = Catalogue()
PENDING_DAYS = 4


def recent(scene: Scene, transfer: Transfer, kind: IepKind = IepKind.ANNUAL, *, least: int = 2) -> Version:
    """Return an IEP of some days ago that went this way to CAP; it has a line or two that nobody serves yet."""
    day = scene.days_ago(least, 25)
    version = scene.case.version(
        day + 1, scene.times.on(day, AFTERNOON, scene.rng.randrange(60)), kind=kind, transfer=transfer
    )
    for _ in range(scene.rng.randrange(1, 3)):
        scene.unit(version)
    return version


def replacing(scene: Scene, transfer: Transfer, final: int | None = None) -> tuple[Version, Unit]:
    """Return an IEP that went this way and replaced one that CAP has; its service goes on as CAP knows it."""
    old = scene.case.settled()
    unit = scene.unit(old)
    moment = scene.times.on(scene.days_ago(3, 20), AFTERNOON) if final is None else final
    version = scene.case.version(scene.times.day_of(moment) + 1, moment, transfer=transfer)
    carried = scene.case.carried(unit, version)
    scene.lives.serve(carried, scene.case.somebody(carried, contracted=False))
    return version, carried


# Consent

MISSING = "CONSENT_MISSING"


@DOCUMENTS.open(MISSING, "first IEP of some days ago without consent", alone=True)
def no_consent(scene: Scene) -> Subject:
    """Wait for consent since days."""
    recent(scene, Transfer.NEVER, IepKind.INITIAL)
    return scene.document()


@DOCUMENTS.open(MISSING, "first IEP of the last evening before its night, without consent", alone=True)
def no_consent_since_last_night(scene: Scene) -> Subject:
    """Wait for consent since the last night."""
    final = scene.times.last_at(DOWNLOAD) - 90
    scene.unit(scene.case.version(scene.times.day, final, kind=IepKind.INITIAL, transfer=Transfer.NEVER))
    return scene.document()


@DOCUMENTS.waiting(MISSING, "first IEP since the last night, without consent", alone=True)
def no_consent_yet(scene: Scene) -> Subject:
    """Have a first IEP whose first night is still to come."""
    final = scene.since_last_night()
    scene.unit(scene.case.version(scene.times.day + 1, final, kind=IepKind.INITIAL, transfer=Transfer.NEVER))
    return scene.document()


@DOCUMENTS.agrees(MISSING, "first IEP whose consent was recorded, and which CAP has")
def consent_recorded(scene: Scene) -> Subject:
    """Have had consent in time."""
    scene.served(scene.unit(scene.case.settled(IepKind.INITIAL)))
    return scene.document()


@DOCUMENTS.agrees(MISSING, "annual IEP without consent, which needs none")
def no_consent_needed(scene: Scene) -> Subject:
    """Need no consent."""
    scene.served()
    return scene.document()


@DOCUMENTS.agrees(MISSING, "first IEP without consent of a student who has left", alone=True)
def no_consent_of_who_left(scene: Scene) -> Subject:
    """Have left before anybody consented."""
    recent(scene, Transfer.NEVER, IepKind.INITIAL, least=4)
    scene.pupil.enrolled[-1].ends = scene.times.day - 1
    return scene.document()


# Action needed, known issue


def stuck_codes(code: str, transfer: Transfer) -> None:
    """List the same scenarios for a transfer that ended in one of two troubles."""

    @DOCUMENTS.open(code, "first version that CAP never had", alone=True)
    def first_version(scene: Scene) -> Subject:
        recent(scene, transfer)
        return scene.document()

    @DOCUMENTS.open(code, "new version while CAP holds the one before", alone=True)
    def next_version(scene: Scene) -> Subject:
        replacing(scene, transfer)
        return scene.document()

    @DOCUMENTS.open(code, "new version of the last night", alone=True)
    def last_nights(scene: Scene) -> Subject:
        replacing(scene, transfer, scene.times.last_at(DOWNLOAD) - 300)
        return scene.document()

    @DOCUMENTS.agrees(code, "trouble with a version that is superseded")
    def older_version(scene: Scene) -> Subject:
        old = scene.case.settled()
        unit = scene.unit(old)
        new = scene.case.version(old.starts + 5, scene.times.on(old.starts + 1, AFTERNOON))
        scene.served(scene.case.carried(unit, new))
        old.transfer = transfer
        return scene.document()

    @DOCUMENTS.agrees(code, "trouble with the IEP of a student who has left", alone=True)
    def of_who_left(scene: Scene) -> Subject:
        recent(scene, transfer, least=4)
        scene.pupil.enrolled[-1].ends = scene.times.day - 1
        return scene.document()


stuck_codes("IEP_ACTION_NEEDED", Transfer.ACTION_NEEDED)
stuck_codes("IEP_KNOWN_ISSUE", Transfer.KNOWN_ISSUE)

# Not in CAP

ABSENT = "IEP_NOT_IN_CAP"


@DOCUMENTS.open(ABSENT, "final, never attempted since days", alone=True)
def never_attempted(scene: Scene) -> Subject:
    """Have been passed over by every night since."""
    recent(scene, Transfer.NEVER).passed_over = True
    return scene.document()


@DOCUMENTS.open(ABSENT, "new version, never attempted in the last night", alone=True)
def missed_last_night(scene: Scene) -> Subject:
    """Have been passed over by the last night, while CAP holds the version before."""
    version, _unit = replacing(scene, Transfer.NEVER, scene.times.last_at(DOWNLOAD) - 30)
    version.passed_over = True
    return scene.document()


@DOCUMENTS.open(ABSENT, "pending for five business days", alone=True)
def pending_too_long(scene: Scene) -> Subject:
    """Be pending for a day too long."""
    pending(scene, PENDING_DAYS + 1).passed_over = True
    return scene.document()


@DOCUMENTS.open(ABSENT, "successful, and CAP lacks a line of it")
def a_line_lost(scene: Scene) -> Subject:
    """Have come to CAP without one of its lines."""
    version = scene.case.settled()
    scene.unit(version)
    scene.served(scene.unit(version))
    return scene.document()


@DOCUMENTS.open(ABSENT, "successful two nights ago, and CAP has nothing of it", alone=True)
def all_lost(scene: Scene) -> Subject:
    """Be said to have come to CAP, which has nothing of it."""
    version = scene.case.fresh(scene.times.day - 1)
    scene.unit(version)
    return scene.document()


@DOCUMENTS.waiting(ABSENT, "final since the last night", alone=True)
def tonight(scene: Scene) -> Subject:
    """Go to CAP tonight; its changes and dropped services are explained by that."""
    replacing(scene, Transfer.NEVER, scene.since_last_night())
    return scene.document()


@DOCUMENTS.waiting(ABSENT, "first IEP whose consent was recorded since the last night", alone=True)
def consent_since_last_night(scene: Scene) -> Subject:
    """Go to CAP tonight, after consent."""
    recent(scene, Transfer.NEVER, IepKind.INITIAL)
    scene.pupil.consent = (scene.times.day - 1, scene.since_last_night())
    return scene.document()


@DOCUMENTS.waiting(ABSENT, "successful in the last night, and CAP lacks a line of it", alone=True)
def lost_last_night(scene: Scene) -> Subject:
    """Have come to CAP in the last night without its line."""
    version = scene.case.fresh(scene.times.day_of(scene.times.last_at(DOWNLOAD)))
    scene.unit(version)
    return scene.document()


@DOCUMENTS.agrees(ABSENT, "successful, and the line that CAP lacks has ended")
def lost_and_over(scene: Scene) -> Subject:
    """Lack in CAP what has ended in SESIS as well."""
    version = scene.case.settled()
    scene.unit(version).lines[0].ends = scene.times.day - 1
    scene.served(scene.unit(version))
    return scene.document()


@DOCUMENTS.agrees(ABSENT, "another version in the making, which goes nowhere yet")
def only_a_draft(scene: Scene) -> Subject:
    """Have a draft beside what CAP has."""
    scene.served()
    scene.unit(draft(scene))
    return scene.document()


def draft(scene: Scene) -> Version:
    """Return a version that is not final."""
    return scene.case.version(scene.times.day + 10, 0, status=IepStatus.DRAFT)


# Pending


def pending(scene: Scene, days: int) -> Version:
    """Return a new version that is pending since some business days."""
    night = scene.times.on(scene.times.business_days_back(days), DOWNLOAD)
    version, _unit = replacing(scene, Transfer.PENDING, night - MINUTES // 4)
    version.transfer_at = night
    return version


@DOCUMENTS.waiting("IEP_PENDING", "pending for four business days", alone=True)
def pending_long(scene: Scene) -> Subject:
    """Be pending for as long as that may take."""
    pending(scene, PENDING_DAYS)
    return scene.document()


@DOCUMENTS.waiting("IEP_PENDING", "pending since the last night", alone=True)
def pending_since_last_night(scene: Scene) -> Subject:
    """Be pending since a few hours."""
    version, _unit = replacing(scene, Transfer.PENDING, scene.times.last_at(DOWNLOAD) - 200)
    version.transfer_at = scene.times.last_at(DOWNLOAD)
    return scene.document()
