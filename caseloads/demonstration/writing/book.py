"""The rows written so far, by the names and numbers that the data modules use."""

from __future__ import annotations

from dataclasses import dataclass, field

from caseloads.models import Iep, Mandate, Student
from orcs_portal.accounts.models import User
from providers.kinds import Language, Service, Setting
from providers.models import Agency, Contract, Provider, School

ContractKey = tuple[str, Service, Language]
LineKey = tuple[int, int, Service, Language, Setting]


@dataclass(slots=True)
class Book:
    """Schools by DBN, people by number or user name, and a student's lines by OSIS, IEP version and line."""

    schools: dict[str, School] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    contracts: dict[ContractKey, Contract] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    providers: dict[int, Provider] = field(default_factory=dict)
    students: dict[int, Student] = field(default_factory=dict)
    ieps: dict[tuple[int, int], Iep] = field(default_factory=dict)
    mandates: dict[LineKey, Mandate] = field(default_factory=dict)
