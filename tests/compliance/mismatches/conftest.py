"""A school with somebody to act there, on the builders' Tuesday."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from orcs_portal.accounts.models import User
from orcs_portal.shared.moment import Moment
from providers.models import School
from providers.models.grant import Standing as Kind
from providers.scope import Standing, standing_of
from tests import build


@dataclass(frozen=True)
class Place:
    """A school, its coordinator, and as whom that is."""

    school: School
    user: User

    @property
    def standing(self) -> Standing:
        """What the coordinator's grants add up to."""
        return standing_of(self.user.pk, on=build.TODAY)


@pytest.fixture
def at() -> Moment:
    """Return 7:41 on a Tuesday in November, by both clocks."""
    return Moment(build.NOW, build.NOW)


@pytest.fixture
def here(db: None) -> Place:
    """Return a school in a running year, and its coordinator."""
    build.school_year()
    school = build.school()
    return Place(school, staff(school))


def staff(*schools: School, kind: Kind = Kind.COORDINATOR, name: str = "") -> User:
    """Return somebody who works at some schools."""
    user = User.objects.create_user(f"person{next(build.numbers)}", full_name=name or "Dana Okonkwo")
    for school in schools:
        build.grant(user, kind, at=school)
    return user
