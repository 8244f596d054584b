"""CAP's codes, which nightly work translates; what CAP says with them is in its tables."""

from __future__ import annotations

from django.db import models


class CapStatus(models.IntegerChoices):
    """CAP's service status; APB and ACO are the field's codes, the others our reading of it."""

    APB = 1, "Awaiting provider by board"
    ACO = 2, "Awaiting contracting out"
    TRANSMITTED = 3, "Transmitted"
    RSA_APPROVED = 4, "RSA approved"
    ASSIGNED = 5, "Assigned"
    FIRST_ATTENDED = 6, "First attended"
    CLOSED = 7, "Closed"
