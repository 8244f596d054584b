"""A school, by its DBN."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models

from providers.kinds import Borough

DBN_PATTERN = r"^\d\d[MXKQR]\d{3}$"


class School(models.Model):
    """A school; its DBN, such as 15K321, is district, borough letter and number.

    ``category`` and ``grades`` are the city directory's words, such as ``Elementary`` and ``PK,0K,01,02``; empty where
    no directory was loaded.
    """

    dbn = models.CharField("DBN", max_length=6, unique=True)
    name = models.CharField(max_length=160)
    borough = models.SmallIntegerField(choices=Borough)
    category = models.CharField(max_length=40, blank=True, default="", db_default="")
    grades = models.CharField(max_length=80, blank=True, default="", db_default="")

    class Meta:
        ordering = ["dbn"]
        constraints = [
            models.CheckConstraint(condition=models.Q(dbn__regex=DBN_PATTERN), name="school_dbn_has_its_shape"),
            models.CheckConstraint(
                condition=reduce(or_, (models.Q(borough=one, dbn__regex=f"^..{one.letter}") for one in Borough)),
                name="school_stands_in_its_dbns_borough",
            ),
        ]

    def __str__(self) -> str:
        """Say DBN and name."""
        return f"{self.dbn}, {self.name}"
