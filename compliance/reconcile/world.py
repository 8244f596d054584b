"""What a whole comparison shares: the moment, its day and nights, the school year, the hold, the policy, the scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from caseloads.kinds import EntryState, IepKind, IepStatus, Origin, Outcome, Transfer
from caseloads.models import Offer
from caseloads.propagation.nightly import SEC_WORDS
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.nights import CAP_NIGHT, DOWNLOAD, last_at
from compliance.kinds import UNFINISHED, Code, Condition, EventKind, Handling, Hop, Owner, State, Subject
from compliance.reconcile.settings import PLAIN, Numbers
from orcs_portal.shared.clock import at_local, local_day
from providers.kinds import Affiliation, Role, Route
from providers.models import CalendarDay, PolicySwitch, SchoolYear
from providers.policy.facts import Switch
from providers.policy.rules import PAPERS, access_owner, call_due, hold_on, route_into_sesis, rsa_hold
from providers.policy.verdict import AccessOwner, Paper

PAPER_NUMBERS = {paper: number for number, paper in enumerate(Paper)}
OWNERS = {AccessOwner.SCHOOL: Owner.SCHOOL, AccessOwner.AGENCY: Owner.AGENCY, AccessOwner.ORCS: Owner.ORCS}

KINDS: Mapping[str, object] = MappingProxyType(
    {
        "final": IepStatus.FINAL,
        "initial": IepKind.INITIAL,
        "never": Transfer.NEVER,
        "pending": Transfer.PENDING,
        "successful": Transfer.SUCCESSFUL,
        "action_needed": Transfer.ACTION_NEEDED,
        "known_issue": Transfer.KNOWN_ISSUE,
        "holiday": CalendarDay.Kind.HOLIDAY,
        "apb": CapStatus.APB,
        "aco": CapStatus.ACO,
        "closed": CapStatus.CLOSED,
        "open": EntryState.OPEN,
        "ended": EntryState.ENDED,
        "accepted": Outcome.ACCEPTED,
        "refused": Outcome.REFUSED,
        "unlinked": Outcome.UNLINKED,
        "log": Origin.EXTRACT,
        "declined": Offer.Answer.DECLINED,
        "galaxy": Route.GALAXY,
        "pets": Route.PETS,
        "no_paper": PAPER_NUMBERS[Paper.NONE],
        "transmittal": PAPER_NUMBERS[Paper.TRANSMITTAL],
        "letter": PAPER_NUMBERS[Paper.RSA_LETTER],
        "help_desk": Owner.HELP_DESK,
        "is_open": Condition.OPEN,
        "is_waiting": Condition.WAITING,
        "is_closed": Condition.CLOSED,
        "of_document": Subject.DOCUMENT,
        "of_line": Subject.LINE,
        "of_place": Subject.PLACE,
        "of_load": Subject.LOAD,
        "cap_hop": Hop.CAP,
        "sec_hop": Hop.SEC,
        "delivery_hop": Hop.DELIVERY,
        "access_hop": Hop.ACCESS,
        "agency_code": Code.AGENCY_NOT_STARTED,
        "wrong_list": Code.NON_DOE_IN_GALAXY,
        "settled": EventKind.SETTLED,
        "came_back": EventKind.CAME_BACK,
        "untouched": Handling.NONE,
        "state_open": State.OPEN,
        "state_waiting": State.WAITING,
        "unfinished": list(UNFINISHED),
        "sec_words": [SEC_WORDS[status] for status in sorted(CapStatus)],
    }
)
"""The kinds by the names that the pictures and the catalogue have for them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose pictures are compared: all (None), or some students by id and OSIS number, and providers by id.

    ``providers`` are all those who have to do with the students; ``asked`` were named themselves, and all places at
    which they may serve are looked at.
    """

    students: Collection[int] | None = None
    numbers: Collection[int] = ()
    providers: Collection[int] = ()
    asked: Collection[int] = ()

    @property
    def params(self) -> dict[str, object]:
        """The scope as the statements know it."""
        return {
            "all": self.students is None,
            "students": listed(self.students or ()),
            "numbers": listed(self.numbers),
            "providers": listed(self.providers),
            "asked": listed(self.asked),
        }


def listed(ids: Collection[int]) -> str:
    """Return ids as one value, which the database reads much faster than a list of thousands."""
    return f"{{{','.join(map(str, ids))}}}"


EVERYTHING = Scope()


def params(*, at: datetime, numbers: Numbers, scope: Scope = EVERYTHING) -> dict[str, object]:
    """Return the parameters of every statement of a comparison as of world time ``at``."""
    day = local_day(at)
    year = _school_year(day)
    hold, since = _hold(day)
    return {
        **KINDS,
        **_policy(),
        **{name: getattr(numbers, name) for name in PLAIN},
        **scope.params,
        "at": at,
        "day": day,
        "night": last_at(at, DOWNLOAD),
        "cap_night": last_at(at, CAP_NIGHT),
        "year": year,
        "eve": year - timedelta(days=1),
        "unknown": at_local(date(day.year + (day.month >= SEPTEMBER), SEPTEMBER, 1), 0),
        "hold": hold,
        "hold_since": since,
        "limited": list(numbers.limits),
        "limits": list(numbers.limits.values()),
    }


SEPTEMBER = 9


def _school_year(day: date) -> date:
    """Return the first day of the school year that a day falls into: the last one begun, else the first there is."""
    years = SchoolYear.objects.order_by("starts").values_list("starts", flat=True)
    begun = [starts for starts in years if starts <= day]
    return begun[-1] if begun else next(iter(years), day)


def _hold(day: date) -> tuple[bool, datetime | None]:
    """Return whether R13's hold is on, and since when, if it was ever off before."""
    rows = PolicySwitch.objects.filter(rule=PolicySwitch.Rule.RSA_HOLD, starts__lte=day)
    switches = [Switch(starts, state) for starts, state in rows.values_list("starts", "on")]
    since: date | None = None
    was_on = True
    for switch in switches:
        if switch.on and not was_on:
            since = switch.on_from
        was_on = switch.on
    return hold_on(day, switches), None if since is None else at_local(since, 0)


def _policy() -> dict[str, object]:
    """Return what the policy says of every affiliation and role, column by column (R1, R6, R8, R9, R13)."""
    return {
        "affiliations": list(Affiliation),
        "routes": [route_into_sesis(one) for one in Affiliation],
        "by_galaxy": [int(one) for one in Affiliation if route_into_sesis(one) == Route.GALAXY],
        "by_pets": [int(one) for one in Affiliation if route_into_sesis(one) == Route.PETS],
        "papers": [PAPER_NUMBERS[PAPERS[one]] for one in Affiliation],
        "holds": [rsa_hold(one, hold=True) for one in Affiliation],
        "owners": [OWNERS[access_owner(one)] for one in Affiliation],
        "roles": list(Role),
        "calling": [call_due(one) for one in Role],
    }
