"""Accounts of the city's coordinators, agencies and ORCS: rows need authors; nobody can sign in with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from providers.kinds import Borough
from providers.models import Agency, Contact, Grant, School
from providers.models.grant import Standing

NO_PASSWORD = "!synthetic"  # noqa: S105 - what Django stores where there is none begins so
MAIL = "city.example"


class Accounts:
    """The city's accounts, made where they are not there yet."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.orcs = self._accounts([("city.orcs", "Contracting office of the synthetic city")])["city.orcs"]
        self._grant(self.orcs, Standing.ORCS)
        self._contacts(borough_of=Borough)

    def of_schools(self, schools: Sequence[School]) -> dict[int, int]:
        """Return a coordinator, who is also the designee (R15) and the contact (R12), for each school by its id."""
        named = {f"city.{one.dbn.lower()}": one for one in schools}
        made = self._accounts([(name, f"Coordinator of {one.dbn}") for name, one in named.items()])
        known = set(Grant.objects.filter(user__in=made.values()).values_list("user", flat=True))
        starts = local_day(self.at)
        Grant.objects.bulk_create(
            [
                Grant(user_id=user, standing=Standing.COORDINATOR, school=named[name], designee=True, starts=starts)
                for name, user in made.items()
                if user not in known
            ]
        )
        self._contacts(schools=schools)
        return {named[name].pk: user for name, user in made.items()}

    def of_agencies(self, agencies: Iterable[Agency]) -> dict[int, int]:
        """Return a representative for each agency by its id."""
        named = {f"city.{one.code.lower()}": one for one in agencies}
        made = self._accounts([(name, f"Representative of {one.name}") for name, one in named.items()])
        for name, user in made.items():
            self._grant(user, Standing.AGENCY, agency=named[name])
        return {named[name].pk: user for name, user in made.items()}

    def _accounts(self, wanted: Sequence[tuple[str, str]]) -> dict[str, int]:
        User.objects.bulk_create(
            [User(username=name, full_name=full, password=NO_PASSWORD) for name, full in wanted], ignore_conflicts=True
        )
        names = [name for name, _full in wanted]
        return dict(User.objects.filter(username__in=names).values_list("username", "id"))

    def _grant(self, user: int, standing: Standing, *, agency: Agency | None = None) -> None:
        if not Grant.objects.filter(user=user).exists():
            Grant.objects.create(user_id=user, standing=standing, agency=agency, starts=local_day(self.at))

    def _contacts(self, *, schools: Sequence[School] = (), borough_of: Iterable[Borough] = ()) -> None:
        """Let there be somebody to write to for schools and boroughs that have nobody yet."""
        known: set[tuple[int | None, int | None]] = set(Contact.objects.values_list("school", "borough"))
        rows = [
            Contact(school=one, full_name=f"Coordinator of {one.dbn}", email=f"{one.dbn.lower()}@{MAIL}")
            for one in schools
            if (one.pk, None) not in known
        ]
        rows += [
            Contact(borough=one, full_name=f"Contracting office, {one.label}", email=f"orcs.{one.slug}@{MAIL}")
            for one in borough_of
            if (None, one.value) not in known
        ]
        for row in rows:
            row.set_by_id, row.set_at = self.orcs, self.at
        Contact.objects.bulk_create(rows)
