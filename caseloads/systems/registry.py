"""Which gateway stands for which system."""

from __future__ import annotations

from caseloads.kinds import System
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.contract import Gateway
from caseloads.systems.sec.gateway import SecGateway
from caseloads.systems.sesis.gateway import SesisGateway

GATEWAYS: dict[System, Gateway] = {
    System.CAP: CapGateway(),
    System.SEC: SecGateway(),
    System.SESIS: SesisGateway(),
}
