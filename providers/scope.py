"""As whom a person uses the portal: which schools, which agency, which provider; asked on every request.

Scope is enforced in queries: whatever lists or opens a record starts from one of these, and a stranger's id is simply
not among the rows (404).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from providers.kinds import Affiliation, Role
from providers.models import Grant, Provider, School
from providers.models.grant import Standing as Kind
from providers.policy import rules
from providers.queries.hold import rsa_hold

SCHOOL_KINDS = frozenset({Kind.COORDINATOR, Kind.HEAD})
WIDE_KINDS = frozenset({Kind.ORCS, Kind.AUDITOR})
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's grants of today add up to.

    ``schools`` are the ids of the schools granted one by one, ``boroughs`` those granted whole, ``citywide`` all of
    them; the ones that ORCS and not only an auditor has are named again, since an auditor looks and never acts.
    ``designee_of`` and ``head_of`` are those of the schools whose vacancies (R15) and whose Galaxy (R6) are one's own.
    ``calls`` says whether one records first calls at all: not a nurse (R1), nor an RSA provider under the hold (R13).
    ``chosen`` narrows the schools granted one by one to the one picked in the switch.  Nothing in it grants
    anything by itself: queries turn it into conditions.
    """

    user: int = 0
    kinds: frozenset[Kind] = frozenset()
    schools: frozenset[int] = frozenset()
    designee_of: frozenset[int] = frozenset()
    head_of: frozenset[int] = frozenset()
    boroughs: frozenset[int] = frozenset()
    citywide: bool = False
    agencies: frozenset[int] = frozenset()
    provider: int | None = None
    calls: bool = False
    chosen: int | None = None
    orcs_boroughs: frozenset[int] = frozenset()
    orcs_citywide: bool = False
    labels: tuple[str, ...] = field(default=())

    @property
    def is_admin(self) -> bool:
        """An administrator, who alone opens the admin pages."""
        return Kind.ADMINISTRATOR in self.kinds

    @property
    def is_provider(self) -> bool:
        """Someone with a caseload of their own."""
        return self.provider is not None

    @property
    def oversees(self) -> bool:
        """Someone who looks over others' calls: school staff, ORCS, an auditor, an agency."""
        return bool(self.kinds & (SCHOOL_KINDS | WIDE_KINDS | {Kind.AGENCY}))

    @property
    def read_only(self) -> bool:
        """Someone who only ever looks: an auditor without another standing."""
        return self.kinds == {Kind.AUDITOR}

    @property
    def may_replay(self) -> bool:
        """Someone who may send a parked delivery again."""
        return bool(self.kinds & {Kind.COORDINATOR, Kind.HEAD, Kind.ORCS})

    @property
    def acting(self) -> Standing:
        """The part of it that acts: what an auditor or an agency opens is looked at only."""
        return replace(self, boroughs=self.orcs_boroughs, citywide=self.orcs_citywide, agencies=frozenset())

    @property
    def orcs(self) -> Standing:
        """The part of it that is ORCS's own, for what only ORCS does."""
        return replace(self.acting, schools=NONE, designee_of=NONE, head_of=NONE, provider=None, chosen=None)

    @property
    def staff(self) -> Standing:
        """The part of it that is a school's staff's, within the chosen school."""
        return self._at(self.active_schools)

    @property
    def head(self) -> Standing:
        """The part of it that is a head of school's, who alone changes Galaxy (R6)."""
        return self._at(self.head_of & self.active_schools)

    @property
    def designee(self) -> Standing:
        """The part of it that is a designee's, who reports the school's vacancies (R15)."""
        return self._at(self.designee_of & self.active_schools)

    def _at(self, schools: frozenset[int]) -> Standing:
        """Return a standing at these schools and nothing else."""
        return Standing(user=self.user, kinds=self.kinds, schools=schools, designee_of=self.designee_of & schools)

    @property
    def is_orcs(self) -> bool:
        """Somebody of ORCS."""
        return Kind.ORCS in self.kinds

    @property
    def active_schools(self) -> frozenset[int]:
        """The schools granted one by one, narrowed to the chosen one."""
        return frozenset({self.chosen}) if self.chosen in self.schools else self.schools

    def schools_condition(self, prefix: str = "") -> Q:
        """Return the condition on a school reached by ``prefix`` (such as ``school__``) for those overseen."""
        if self.citywide:
            return Q(**{f"{prefix}id__isnull": False})
        condition = Q(**{f"{prefix}id__in": self.active_schools})
        if self.boroughs:
            condition |= Q(**{f"{prefix}borough__in": self.boroughs})
        return condition


NOBODY = Standing()


def standing_of(user_id: int, *, on: date, chosen: int | None = None) -> Standing:
    """Return what a user's grants add up to on a day; one query, and one more for an RSA provider (R13)."""
    running = Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))
    grants = Grant.objects.filter(running, user=user_id).select_related("provider").order_by("standing", "id")
    return add_up(user_id, grants, chosen, on=on)


def add_up(user_id: int, grants: Iterable[Grant], chosen: int | None, *, on: date) -> Standing:
    """Return the standing that grants running on a day amount to."""
    grants = list(grants)
    wide = [grant for grant in grants if grant.standing in WIDE_KINDS]
    by_school = [grant for grant in grants if grant.standing in SCHOOL_KINDS]
    schools = frozenset(grant.school_id for grant in by_school if grant.school_id is not None)
    kinds = frozenset(Kind(grant.standing) for grant in grants)
    provider = next((grant.provider for grant in grants if grant.provider is not None), None)
    orcs = [grant.borough for grant in wide if grant.standing == Kind.ORCS]
    return Standing(
        user=user_id,
        kinds=kinds,
        schools=schools,
        designee_of=frozenset(grant.school_id for grant in by_school if grant.designee and grant.school_id is not None),
        head_of=frozenset(
            grant.school_id for grant in by_school if grant.standing == Kind.HEAD and grant.school_id is not None
        ),
        boroughs=frozenset(grant.borough for grant in wide if grant.borough is not None),
        citywide=any(grant.borough is None for grant in wide),
        agencies=frozenset(grant.agency_id for grant in grants if grant.agency_id is not None),
        provider=None if provider is None else provider.pk,
        calls=provider is not None and may_call(provider, on=on),
        chosen=chosen if chosen in schools else None,
        orcs_boroughs=frozenset(borough for borough in orcs if borough is not None),
        orcs_citywide=None in orcs,
        labels=tuple(dict.fromkeys(kind.label for kind in sorted(kinds))),
    )


def may_call(provider: Provider, *, on: date) -> bool:
    """Return whether a provider records first calls at all on a day (R1, R13); asks for the hold where it matters."""
    affiliation = Affiliation(provider.affiliation)
    if not rules.call_due(Role(provider.role)):
        return False
    return not rules.rsa_hold(affiliation, hold=True) or not rsa_hold(on)


def places(standing: Standing) -> list[School]:
    """Return the schools granted one by one, for the switch and the page's head."""
    return list(School.objects.filter(pk__in=standing.schools)) if standing.schools else []
